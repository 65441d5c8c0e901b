import Plan
import Planning
import Testing

@Suite("Presence by scheme")
struct PresenceSizingTests {
    @Test(
        "500 million online, 191 friends, sessions of 639 s",
        arguments: [
            (.naive, 2.99e8, 0.005e8), (.onlineOnly, 1.50e8, 0.006e8), (.batched, 9.5e7, 0.005e8),
            (.viewportPublish, 3.1e6, 0.05e6), (.viewportPoll, 1.7e6, 0.05e6),
        ] as [(PresenceScheme, Double, Double)])
    func schemes(scheme: PresenceScheme, messages: Double, distance: Double) throws {
        let presence = try Plans.sizing(Plans.classic).last.presence
        let cost = try #require(presence.schemes.first { $0.scheme == scheme })
        #expect(near(cost.messages.value, messages, within: distance))
    }

    @Test("the naive broadcast is 1294 times the chat itself, within what 191 / 639 leaves open")
    func timesChat() throws {
        let presence = try Plans.sizing(Plans.classic).last.presence
        #expect(near(presence.schemes[0].timesChat.value, 1294, relative: 0.003))
        #expect(near(presence.snapshots.value, 1.50e8, within: 0.006e8))
    }

    @Test(
        "a delay of 5 s keeps 99.2 % of the news with exponential sessions, and 88.2 % with a Weibull law of shape 0.5")
    func delay() throws {
        let presence = try Plans.sizing(Plans.classic).last.presence
        #expect(near(presence.keptIfExponential.value, 0.992, within: 0.0005))
        #expect(near(presence.keptByDelay.value, 0.882, within: 0.0005))
        let exponential = try Plans.sizing(Plans.classic, "demand.sessions.shape=1").last.presence
        #expect(near(exponential.keptByDelay.value, exponential.keptIfExponential.value, relative: 1e-12))
    }

    @Test("the plan's scheme is what chat servers are sized for")
    func chosen() throws {
        let naive = try Plans.sizing(Plans.classic, "policies.presence.scheme=naive").last
        let poll = try Plans.sizing(Plans.classic, "policies.presence.scheme=viewport_poll").last
        #expect(naive.presence.chosen.scheme == .naive && poll.presence.chosen.scheme == .viewportPoll)
        #expect(naive.chatLoad.busyCores.value > poll.chatLoad.busyCores.value + 8000)
    }
}
