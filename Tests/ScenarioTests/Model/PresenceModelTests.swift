import Testing

@testable import Scenario

@Suite("The keys of presence")
struct PresenceModelTests {
    /// A scenario with a section `presence`, and what follows the users.
    private static func text(
        _ presence: String, offline: String = "notify", friends: String = ", friends: [bob]"
    ) -> String {
        """
        confab: 1
        name: presence
        duration: 10s
        system:
          offline: { policy: \(offline) }
          presence: \(presence)
        users:
          alice: { devices: [phone]\(friends) }
          bob: { devices: [phone] }

        """
    }

    @Test("by default nobody's status is shown, and all optimisations are on once the scheme is")
    func defaults() throws {
        #expect(try Scenario.load(text: Texts.least, file: "f").system.presence.scheme == .off)
        let model = try Scenario.load(text: Self.text("{ scheme: optimised }"), file: "f").system.presence
        #expect(model.pullsOnStart && model.marksOfflineOnFailure && model.delaysBroadcast)
        #expect(model.pullsViewport && model.pullsOnNewChat)
        #expect(model.broadcastDelayNanoseconds == 5_000_000_000)
        #expect(model.viewportSize == 20 && model.viewportPeriodNanoseconds == 30_000_000_000)
    }

    @Test("each optimisation is a switch")
    func switches() throws {
        func model(_ key: String) throws -> PresenceModel {
            try Scenario.load(text: Self.text("{ scheme: optimised, \(key): off }"), file: "f").system.presence
        }
        #expect(try !model("pull_on_start").pullsOnStart)
        #expect(try !model("mark_offline_on_failure").marksOfflineOnFailure)
        #expect(try !model("delayed_broadcast").delaysBroadcast)
        #expect(try !model("viewport_pull").pullsViewport)
        #expect(try !model("pull_on_new_chat").pullsOnNewChat)
    }

    @Test("without word of failures nobody is marked offline by one")
    func storeAndRedeliver() throws {
        let text = Self.text("{ scheme: optimised }", offline: "store_and_redeliver")
        #expect(try !Scenario.load(text: text, file: "f").system.presence.marksOfflineOnFailure)
    }

    /// What is refused, and a part of what is said about it.
    private static let refusals: [(text: String, message: String)] = {
        var refusals: [(text: String, message: String)] = []
        func refuse(
            _ presence: String, offline: String = "notify", friends: String = ", friends: [bob]", and more: String = "",
            _ message: String
        ) {
            refusals.append((text(presence, offline: offline, friends: friends) + more, message))
        }
        let nobody = ""
        let naive = "{ scheme: naive }"
        refuse("{ scheme: naive, pull_on_start: on }", "6:30 `pull_on_start` would have no effect")
        refuse("{ scheme: naive, viewport: { size: 5 } }", "with `scheme: naive` nothing is optimised")
        refuse(
            "{ delayed_broadcast: off }", friends: nobody,
            "`delayed_broadcast` would have no effect: the `scheme` is off")
        refuse(
            "{ scheme: optimised, delayed_broadcast: off, broadcast_delay: 1s }",
            "`broadcast_delay` would have no effect: `delayed_broadcast` is off")
        refuse(
            "{ scheme: optimised, viewport_pull: off, viewport: { period: 1s } }",
            "`period` would have no effect: `viewport_pull` is off")
        refuse(
            "{ scheme: optimised, mark_offline_on_failure: on }", offline: "store_and_redeliver",
            "only with `offline: { policy: notify }`")
        refuse("{}", "8:39 `friends` would have no effect")
        refuse("{ scheme: off, statuses: counted }", "`statuses` would have no effect: the `scheme` is off")
        refuse(
            "{ scheme: naive, statuses: counted }",
            "6:40 statuses are counted only where all devices rest: in populations with `starts: connected`, without listed users; else "
                + "write `statuses: kept`")
        refuse(
            "{ scheme: optimised, statuses: counted, mark_offline_on_failure: on }",
            "with `statuses: counted` a device does not keep whom it shows")
        for verdict in ["held", "violated", "any"] {
            refuse(
                "{ scheme: naive, statuses: counted }", and: "expect: { presence_settles: \(verdict) }\n",
                "10:29 with `statuses: counted` no device keeps whom it shows, so that `presence_settles` is `not_exercised`; expect that, "
                    + "or write `statuses: kept`")
        }
        refusals.append(
            (
                text(naive).replacing("  offline:", with: "  heartbeat: { sent: off }\n  offline:"),
                "without heartbeats nobody knows who is online but of those who say that they go"
            ))
        refuse(naive, friends: nobody, "nobody's status would be shown")
        refuse(naive, friends: ", friends: [bbo]", "there is no user `bbo`; did you mean `bob`?")
        refuse(naive, friends: ", friends: [alice]", "nobody is a friend of oneself")
        refuse(naive, friends: ", friends: [bob, bob]", "`alice` lists `bob` twice")
        refuse(
            naive, and: "script: [{ at: 1s, alice: { open_chat: alice } }]\n", "nobody opens a chat with oneself")
        refuse(
            naive, and: "script: [{ at: 1s, bob: disconnect }, { at: 2s, bob: { open_chat: alice } }]\n",
            "`bob` is offline then; the step would have no effect")
        refuse(naive, and: "script: [{ at: 1s, alice: { open_chat: bob, to: bob } }]\n", "unknown key `to`")
        refuse(
            "{}", friends: nobody, and: "populations: { town: { users: 9, sends: 1/s, friends: 5001 } }\n",
            "out of range")
        refuse(
            "{}", friends: nobody,
            and: "populations: { town: { users: 9, sends: 1/s, sessions: { online: 1s } } }\n",
            "the key `offline` is missing")
        let polled = text(naive).replacing("  offline:", with: "  connection: { model: poll }\n  offline:")
        refusals.append((polled, "statuses are pushed to devices"))
        let mapped = text(naive).replacing(
            "  offline:", with: "  chat_servers: { balancing: least_loaded_of_two, failover: on }\n  offline:")
        refusals.append((mapped, "known to the chat server that the mapping gives"))
        let off = Texts.least.replacing("{ send: M1, to: bob }", with: "{ open_chat: bob }")
        refusals.append((off, "`open_chat` would have no effect"))
        return refusals
    }()

    @Test("a key that would have no effect is refused", arguments: refusals)
    func refused(text: String, message: String) {
        let errors = Texts.errors(in: text)
        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }

    @Test("a population with friends is enough for presence")
    func population() throws {
        let text =
            Self.text("{ scheme: naive }", friends: "")
            + "populations: { town: { users: 9, sends: 1/s, friends: 4 } }\n"
        #expect(try Scenario.load(text: text, file: "f").populations[0].friendCount == .constant(4))
    }

    @Test("friends are those whom a user lists, then those who list the user")
    func friends() throws {
        let text = Self.text("{ scheme: naive }").replacing(
            "  bob: { devices: [phone] }",
            with:
                "  bob: { devices: [phone], friends: [carol, alice] }\n  carol: { devices: [phone], friends: [alice] }")
        #expect(try Scenario.load(text: text, file: "f").users.map(\.friends) == [[1, 2], [2, 0], [0, 1]])
    }
}
