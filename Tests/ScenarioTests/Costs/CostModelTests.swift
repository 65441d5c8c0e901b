import Language
import Testing

@testable import Scenario

@Suite("The section system.costs")
struct CostModelTests {
    private func text(_ costs: String, system: String = "") -> String {
        Texts.least + "system:\n  costs: \(costs)\n\(system)"
    }

    private func costs(_ section: String) throws -> [String] {
        try Scenario.load(text: text(section), file: "f").system.costs.costs.map {
            "\($0.tier.rawValue).\($0.kind) \($0.nanoseconds)"
        }
    }

    @Test("no kind has a cost of its own by default; those that are given arrive where they belong")
    func keys() throws {
        #expect(try costs("{}") == [])
        #expect(
            try costs("{ storage: { put: 3us, log_synced: 5us }, chat_server: { submit: 2.1us, open: 0ns } }")
                == ["chat_server.open 0", "chat_server.submit 2100", "storage.put 3000", "storage.log_synced 5000"])
    }

    @Test(
        "what is no tier, no kind or no time is refused with the place, and what was probably meant",
        arguments: [
            ("{ chat_sever: { submit: 1us } }", "10:12 unknown key `chat_sever`; did you mean `chat_server`?"),
            ("{ chat_server: { sumbit: 1us } }", "10:27 unknown key `sumbit`; did you mean `submit`?"),
            ("{ load_balancer: { submit: 1us } }", "10:29 unknown key `submit`; valid are `resolve`"),
            ("{ chat_server: { submit: 12 } }", "10:35 `12` has no unit"),
            ("{ chat_server: { submit: 11s } }", "10:35 `11s` is out of range: at most 10s"),
            ("{ chat_server: { submit: 0.5ns } }", "10:35 `0.5ns` is finer than the smallest unit, 1ns"),
        ])
    func refused(section: String, message: String) {
        let errors = Texts.errors(in: text(section))
        #expect(errors.count == 1 && errors[0].hasPrefix(message), "\(errors)")
    }

    @Test(
        "a cost of what never happens in the scenario is refused with the reason",
        arguments: [
            ("{ data_node: { replication_store: 1us } }", "", "the system has no data node"),
            ("{ cache: { put: 1us } }", "", "the system has no cache"),
            ("{ chat_server: { forward: 1us } }", "", "there is one chat server"),
            ("{ chat_server: { poll: 1us } }", "", "only with `connection.model: long_poll` or `poll`"),
            ("{ chat_server: { heartbeat: 1us } }", "  heartbeat: { sent: off }\n", "devices send no heartbeats"),
            ("{ chat_server: { pages_request: 1us } }", "", "no step fetches pages"),
            ("{ chat_server: { presence_pull: 1us } }", "", "`presence.scheme` is off"),
            ("{ chat_server: { log_synced: 1us } }", "", "the chat servers keep no log"),
            ("{ storage: { groups_put: 1us } }", "", "there are no groups"),
            ("{ storage: { sharding_copy: 1us } }", "", "logical shards stay where they are"),
            ("{ storage: { balancing_claim: 1us } }", "", "`chat_servers.failover` is off"),
            (
                "{ storage: { load: 1us } }", "  chat_servers: { count: 2, failover: on }\n",
                "with `chat_servers.failover: on` mailboxes are claimed"
            ),
        ])
    func withoutEffect(section: String, system: String, reason: String) {
        let errors = Texts.errors(in: text(section, system: system))
        #expect(
            errors.count == 1 && errors[0].hasPrefix("10:") && errors[0].contains("would have no effect"), "\(errors)")
        #expect(errors.first?.contains(reason) == true, "\(errors)")
    }

    @Test("every name stands in the schema, with its meaning, and only under the tiers that handle it")
    func schema() {
        let schema = Scenario.jsonSchema()
        for tier in TierName.allCases {
            for name in HandledName.all(of: tier) { #expect(schema.contains("\"\(name.name)\": {"), "\(name.name)") }
        }
        #expect(schema.contains("What handling a message `put_done` costs on one core."))
        #expect(schema.contains("What it costs when a timer fires, on one core; nothing unless given."))
    }
}
