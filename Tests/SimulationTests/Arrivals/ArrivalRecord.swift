import Simulation

/// When users acted, and who.
struct ArrivalRecord {
    private(set) var timesNanoseconds: [UInt64] = []
    private(set) var users: [UInt32] = []

    mutating func append(_ user: UInt32, atNanoseconds now: UInt64) {
        timesNanoseconds.append(now)
        users.append(user)
    }

    /// The times between one action of any user and the next.
    var gaps: [Double] { zip(timesNanoseconds, timesNanoseconds.dropFirst()).map { Double($1 - $0) } }

    /// The times between two actions of one user, for all users.
    var gapsOfUsers: [Double] {
        var last: [UInt32: UInt64] = [:]
        var gaps: [Double] = []
        for (user, time) in zip(users, timesNanoseconds) {
            if let before = last[user] { gaps.append(Double(time - before)) }
            last[user] = time
        }
        return gaps
    }

    /// How often each user acted.
    func counts(userCount: Int) -> [Int] {
        users.reduce(into: [Int](repeating: 0, count: userCount)) { $0[Int($1)] += 1 }
    }

    /// The first actions of memoryless users who are superposed.
    static func superposed(userCount: UInt32, meanNanoseconds: UInt64, actions: Int, seed: UInt64) -> ArrivalRecord {
        let arrivals = SuperposedArrivals(userCount: userCount, meanGapNanoseconds: meanNanoseconds)
        var times = RandomStream(seed: seed, component: 0, purpose: 1)
        var choices = RandomStream(seed: seed, component: 0, purpose: 2)
        var record = ArrivalRecord()
        var now: UInt64 = 0
        for _ in 0..<actions {
            now = arrivals.drawNextNanoseconds(after: now, drawing: &times)
            record.append(arrivals.drawUser(drawing: &choices), atNanoseconds: now)
        }
        return record
    }

    /// The first actions of users with deadlines.
    static func renewal(userCount: UInt32, gap: Distribution, actions: Int, seed: UInt64) -> ArrivalRecord {
        var draws = RandomStream(seed: seed, component: 0, purpose: 1)
        var arrivals = RenewalArrivals(userCount: userCount, gapNanoseconds: gap, drawing: &draws)
        var record = ArrivalRecord()
        while record.users.count < actions, let now = arrivals.nextNanoseconds {
            record.append(arrivals.act(drawing: &draws), atNanoseconds: now)
        }
        return record
    }

    /// The first actions of users each of whom has a timer and a random stream of its own, whose memoryless gaps come by inversion:
    /// what the others are compared with.
    static func perUserTimers(
        userCount: UInt32, meanNanoseconds: UInt64, actions: Int, seed: UInt64
    ) -> ArrivalRecord {
        var streams = (0..<userCount).map { RandomStream(seed: seed, component: $0, purpose: 3) }
        func gap(_ user: Int) -> UInt64 {
            UInt64(-DeterministicMath.logarithm(streams[user].unit()) * Double(meanNanoseconds) + 0.5)
        }
        var deadlines = (0..<Int(userCount)).map(gap)
        var record = ArrivalRecord()
        for _ in 0..<actions {
            guard let user = deadlines.indices.min(by: { deadlines[$0] < deadlines[$1] }) else { break }
            record.append(UInt32(user), atNanoseconds: deadlines[user])
            deadlines[user] += gap(user)
        }
        return record
    }
}
