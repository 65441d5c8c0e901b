import Simulation
import Testing

@Suite("Users who come and go")
struct AlternatingSessionsTests {
    private static let second: UInt64 = 1_000_000_000

    @Test("at the start, and ever after, the share of users who are online is that of the means")
    func share() throws {
        var draws = RandomStream(seed: 2, component: 0, purpose: 1)
        // Means of 40 and 20 seconds.
        var sessions = AlternatingSessions(
            userCount: 4000, onlineNanoseconds: .weibull(scale: 20 * Self.second, shape: 0.5),
            offlineNanoseconds: .exponential(mean: 20 * Self.second), drawing: &draws)
        func online() -> Double { Double((0..<4000 as Range<UInt32>).count { sessions.isOnline($0) }) / 4000 }
        for time in [0, 1, 10, 60, 200] as [UInt64] {
            while let next = sessions.nextNanoseconds, next < time * Self.second {
                _ = sessions.change(drawing: &draws)
            }
            // Four standard deviations of a share of 4000.
            #expect(abs(online() - 2.0 / 3) < 0.03, "after \(time) s: \(online())")
        }
    }

    @Test(
        "users who are where they are at the start come and go when that says, in order of time, and those without a change do not"
    )
    func starts() {
        let starts = StationarySessions(
            onlineNanoseconds: .weibull(scale: 20 * Self.second, shape: 0.5),
            offlineNanoseconds: .constant(5 * Self.second), seed: 1, purpose: 1, horizonNanoseconds: 4 * Self.second)
        var sessions = AlternatingSessions(users: 7000..<9000, starts: starts)
        #expect((7000..<9000).allSatisfy { sessions.isOnline($0 - 7000) == starts.isOnlineAtStart($0) })
        let expected = (7000..<9000 as Range<UInt32>).compactMap { user in
            starts.start(of: user).changeNanoseconds.map { (time: $0, user: user - 7000) }
        }.sorted { ($0.time, $0.user) < ($1.time, $1.user) }
        var draws = RandomStream(seed: 1, component: 0, purpose: 2)
        var seen: Set<UInt32> = []
        for (time, user) in expected where seen.insert(user).inserted {
            // Who has changed already may do so again before the next does for the first time.
            while let next = sessions.nextNanoseconds, next < time {
                #expect(seen.contains(sessions.change(drawing: &draws)))
            }
            #expect(sessions.nextNanoseconds == time)
            #expect(sessions.change(drawing: &draws) == user)
            #expect(sessions.isOnline(user) != starts.isOnlineAtStart(user + 7000))
        }
        #expect(expected.count > 200 && expected.count < 1800)
    }

    @Test("users of whom none comes or goes have no next change")
    func nobody() {
        let starts = StationarySessions(
            onlineNanoseconds: .constant(1000 * Self.second), offlineNanoseconds: .constant(Self.second), seed: 1,
            purpose: 1, horizonNanoseconds: 1)
        #expect(AlternatingSessions(users: 0..<10, starts: starts).nextNanoseconds == nil)
    }

    @Test("times online and offline alternate and are those of the laws; changes come in order of time")
    func alternate() throws {
        var draws = RandomStream(seed: 4, component: 0, purpose: 1)
        var sessions = AlternatingSessions(
            userCount: 50, onlineNanoseconds: .constant(3 * Self.second),
            offlineNanoseconds: .constant(2 * Self.second),
            drawing: &draws)
        var isOnline = (0..<50 as Range<UInt32>).map { sessions.isOnline($0) }
        var changed: [UInt64?] = Array(repeating: nil, count: 50)
        var latest: UInt64 = 0
        for _ in 0..<2000 {
            let now = try #require(sessions.nextNanoseconds)
            #expect(now >= latest)
            latest = now
            let user = Int(sessions.change(drawing: &draws))
            if let before = changed[user] { #expect(now - before == (isOnline[user] ? 3 : 2) * Self.second) }
            isOnline[user].toggle()
            #expect(sessions.isOnline(UInt32(user)) == isOnline[user])
            changed[user] = now
        }
    }
}
