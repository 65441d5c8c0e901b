import Testing

@testable import Simulation

@Suite("Where users are at the start who have come and gone for ever")
struct StationarySessionsTests {
    private static let second: UInt64 = 1_000_000_000
    private static let userCount: UInt32 = 200_000
    /// Weibull's law with shape 1/2 and a mean of 40 s.
    private static let weibull = Distribution.weibull(scale: 20 * second, shape: 0.5)

    private func sessions(
        online: Distribution = weibull, offline: Distribution = .exponential(mean: 20 * second),
        horizonSeconds: Double = 5, agesBelowSeconds: Double = 0
    ) -> StationarySessions {
        StationarySessions(
            onlineNanoseconds: online, offlineNanoseconds: offline, seed: 3, purpose: 1,
            horizonNanoseconds: UInt64(horizonSeconds * 1e9), agesBelowNanoseconds: UInt64(agesBelowSeconds * 1e9))
    }

    private func starts(_ sessions: StationarySessions) -> [StationarySessions.Start] {
        (0..<Self.userCount).map(sessions.start)
    }

    /// The share of `all` of which something is true, and whether it is that expected, give or take four standard deviations.
    private func share(
        of all: [StationarySessions.Start], is expected: Double, _ isTrue: (StationarySessions.Start) -> Bool
    ) -> Bool {
        let share = Double(all.count(where: isTrue)) / Double(all.count)
        return abs(share - expected) < 4 * (expected * (1 - expected) / Double(all.count)).squareRoot()
    }

    /// The probability that what remains of a time of ``weibull`` at a random moment is below some seconds, in closed form: with u the root of the seconds
    /// over the scale, 1 - (1 + u) e^-u.
    private static func restIsBelow(seconds: Double) -> Double {
        let root = (seconds / 20).squareRoot()
        return 1 - (1 + root) * DeterministicMath.exponential(-root)
    }

    @Test("the share of users who are online is that of the means, and whoever asks for that only is told the same")
    func online() {
        let sessions = sessions()
        let all = starts(sessions)
        #expect(share(of: all, is: 40.0 / 60) { $0.isOnline })
        #expect((0..<Self.userCount).allSatisfy { sessions.isOnlineAtStart($0) == all[Int($0)].isOnline })
    }

    @Test(
        "what remains of a time online follows its stationary law, whether the horizon is near or beyond the mean",
        arguments: [1, 5, 39, 300])
    func rest(horizonSeconds: Double) {
        let online = starts(sessions(horizonSeconds: horizonSeconds)).filter(\.isOnline)
        for fraction in [0.1, 0.5, 1] {
            let limit = fraction * horizonSeconds
            #expect(
                share(of: online, is: Self.restIsBelow(seconds: limit)) {
                    $0.changeNanoseconds.map { Double($0) < limit * 1e9 } ?? false
                }, "\(limit) s of \(horizonSeconds)")
        }
    }

    @Test("nothing changes at the start, and what changes does before the horizon")
    func horizon() {
        let changes = starts(sessions(horizonSeconds: 2)).compactMap(\.changeNanoseconds)
        #expect(!changes.isEmpty && changes.allSatisfy { (1..<2 * Self.second).contains($0) })
    }

    @Test("users who are offline for a constant time come evenly over it")
    func constant() {
        let offline = starts(
            sessions(online: .constant(20 * Self.second), offline: .constant(20 * Self.second), horizonSeconds: 10)
        ).filter { !$0.isOnline }
        for seconds in [1, 5, 10] as [Double] {
            #expect(
                share(of: offline, is: seconds / 20) {
                    $0.changeNanoseconds.map { Double($0) < seconds * 1e9 } ?? false
                })
        }
    }

    @Test(
        "how old a time online is has the same law as what remains, and both together that of a time into which a moment falls"
    )
    func ages() {
        let limits = (horizon: 6.0, ages: 3.0)
        let online = starts(sessions(horizonSeconds: limits.horizon, agesBelowSeconds: limits.ages)).filter(\.isOnline)
        #expect(share(of: online, is: Self.restIsBelow(seconds: limits.ages)) { $0.ageNanoseconds != nil })
        #expect(share(of: online, is: Self.restIsBelow(seconds: limits.horizon)) { $0.changeNanoseconds != nil })
        // Both are below their limits as often as if the whole time had been drawn, and a moment in it.
        var draws = RandomStream(seed: 5, component: 0, purpose: 2)
        let both = (0..<Self.userCount).count { _ in
            let (age, rest) = Self.weibull.sampleAgeAndRest(drawing: &draws)
            return age < limits.ages * 1e9 && rest < limits.horizon * 1e9
        }
        let expected = Double(both) / Double(Self.userCount)
        let found =
            Double(online.count { $0.ageNanoseconds != nil && $0.changeNanoseconds != nil }) / Double(online.count)
        #expect(abs(found - expected) < 0.004 && found > 0.01, "\(found) against \(expected)")
        #expect(starts(sessions(agesBelowSeconds: 3)).allSatisfy { $0.isOnline || $0.ageNanoseconds == nil })
    }

    @Test("another seed, another start; the same seed, the same")
    func seeds() {
        func changes(seed: UInt64) -> [UInt64?] {
            let sessions = StationarySessions(
                onlineNanoseconds: Self.weibull, offlineNanoseconds: Self.weibull, seed: seed, purpose: 1,
                horizonNanoseconds: 9 * Self.second)
            return (0..<100).map { sessions.start(of: $0).changeNanoseconds }
        }
        #expect(changes(seed: 1) == changes(seed: 1) && changes(seed: 1) != changes(seed: 2))
    }
}
