import Testing

@testable import Scenario

@Suite("Reading groups")
struct GroupModelTests {
    private static let group = Texts.least.replacing(
        "script:",
        with: """
            groups: { team: { members: [alice] } }
            script:
              - { at: 1s, alice: { send: G1, to_group: team } }
            """)

    @Test(
        "each mistake is found where it is",
        arguments: [
            ("members: [alice]", "members: [alice, alice]", "7:36 `team` has the member `alice` twice"),
            ("members: [alice]", "members: [alcie]", "7:29 there is no user `alcie`; did you mean `alice`?"),
            ("to_group: team", "to_group: taem", "9:44 there is no group `taem`; did you mean `team`?"),
            (
                "to_group: team", "to_group: team, to: bob",
                "9:50 unknown key `to`; valid are `send`, `to_group`, `size`"
            ),
            (
                "send: G1, to_group: team", "add: alice, to_group: team",
                "9:15 `alice` is a member of the group already; the step would have no effect"
            ),
            (
                "send: G1, to_group: team", "remove: bob, from_group: team",
                "9:15 `bob` is no member of the group; the step would have no effect"
            ),
            (
                "- { at: 1s, alice: { send: G1, to_group: team } }", "",
                "7:11 nobody writes to the group `team`"
            ),
            (
                "{ send: G1, to_group: team } }",
                "{ send: G1, to_group: team } }\n  - { at: 2s, alice: { leave: team, as: G1 } }",
                "10:41 the message `G1` is sent twice"
            ),
            ("groups: { team", "groups: { Team", "7:11 `Team` cannot name a group"),
        ])
    func mistakes(old: String, new: String, error: String) {
        let errors = Texts.errors(in: Self.group.replacing(old, with: new))
        #expect(errors.contains { $0.hasPrefix(error) }, "\(errors)")
    }

    @Test("how groups work is not asked for where there are none")
    func inert() {
        let errors = Texts.errors(in: Texts.least + "system: { groups: { order: none } }\n")
        #expect(errors == ["9:19 `groups` would have no effect: the scenario has no groups"])
    }

    @Test("cache servers keep messages between two users only")
    func cached() {
        let errors = Texts.errors(in: Self.group + "system: { cache: { servers: 1 } }\n")
        #expect(
            errors == ["7:11 cache servers keep messages between two users only; leave out `groups` or `system.cache`"])
    }

    @Test("threads do not move between chat servers, so that groups are refused where users do")
    func failover() {
        let text = Self.group + "system: { chat_servers: { count: 2, failover: on } }\n"
        #expect(Texts.errors(in: text).contains { $0.hasPrefix("7:11 groups cannot be used with `failover: on`") })
    }

    @Test("a user who was added can leave, and then be added again")
    func comesAndGoes() {
        let steps = """
            - { at: 1s, alice: { send: G1, to_group: team } }
              - { at: 2s, alice: { add: bob, to_group: team } }
              - { at: 4s, alice: { add: bob, to_group: team, as: again } }
              - { at: 3s, bob: { leave: team } }
            """
        #expect(
            Texts.errors(
                in: Self.group.replacing("- { at: 1s, alice: { send: G1, to_group: team } }", with: steps)) == [])
    }
}
