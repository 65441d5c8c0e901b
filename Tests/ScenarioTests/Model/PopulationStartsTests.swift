import Testing

@testable import Scenario

@Suite("Populations that start connected")
struct PopulationStartsTests {
    private static func text(
        servers: String = "count: 2, connections_each: 60", heartbeat: String = "{ sent: off }", more: String = "",
        population: String = ""
    ) -> String {
        """
        confab: 1
        name: connected
        duration: 10s
        system:
          chat_servers: { \(servers) }
          heartbeat: \(heartbeat)\(more.isEmpty ? "" : "\n  " + more)
        populations:
          town: { users: 100, sends: 1/min, starts: connected\(population) }

        """
    }

    @Test("they may, where nothing happens to a device by itself")
    func valid() throws {
        let scenario = try Scenario.load(text: Self.text(), file: "f")
        #expect(scenario.populations[0].startsConnected && !scenario.system.sendsHeartbeats)
        #expect(try !Scenario.load(text: Texts.everything, file: "f").populations[0].startsConnected)
    }

    @Test("they may where users come and go, and where their statuses are counted")
    func sessions() throws {
        let come = ", friends: 5, sessions: { online: { constant: 5s }, offline: { constant: 5s } }"
        let text = Self.text(more: "presence: { scheme: naive, statuses: counted }", population: come)
        let scenario = try Scenario.load(text: text, file: "f")
        #expect(scenario.populations[0].sessions != nil && !scenario.system.presence.keepsStatuses)
    }

    @Test("they may where the users of a server that is lost go to others, if devices are told when they notice")
    func failover() throws {
        func text(_ faults: String) -> String {
            Self.text(servers: "count: 2, mailboxes_max: 64, balancing: fixed_modulo, failover: on")
                + "faults: [ \(faults) ]\n"
        }
        let crash = "{ at: 1s, crash: chat_server.1"
        #expect(
            try Scenario.load(text: text(crash + ", noticed: 50ms }"), file: "f").system.balancing.law == .fixedModulo)
        for fault in [crash + " }", "{ at: 1s, for: 1s, pause: chat_server.1 }"] {
            let errors = Texts.errors(in: text(fault))
            #expect(
                errors.count == 1 && errors[0].contains("devices must notice that their chat server is gone"),
                "\(errors)")
        }
    }

    /// What is refused, and a part of what is said about it.
    private static let refusals: [(text: String, message: String)] = [
        (text(heartbeat: "{ sent: on }"), "8:45 a population cannot start connected here: a heartbeat of each device"),
        (text(heartbeat: "{ sent: off, period: 5s }"), "6:27 `period` would have no effect: no heartbeat is sent"),
        (
            text(servers: "count: 2, connections_each: 49"),
            "50 connections come on each of 2 chat servers, which hold 49"
        ),
        (text(servers: "count: 2, balancing: consistent"), "nobody knows yet which server has whom"),
        (text(servers: "count: 2, balancing: modulo, failover: on"), "if a server is lost nearly all users move"),
        (
            text(servers: "count: 2, balancing: fixed_modulo"),
            "no user moves, and `fixed_modulo` is the same as `modulo`"
        ),
        (
            text(more: "presence: { scheme: naive }", population: ", friends: 5"),
            "9:45 a population cannot start connected here: a device that keeps whom it shows as online does not rest; write "
                + "`statuses: counted` in `system.presence`"
        ),
        (text(more: "connection: { model: long_poll }"), "no connection stays open"),
        (
            text(servers: "count: 2, mailboxes_max: 64, acknowledge: after_store"),
            "a mailbox may not be forgotten while"
        ),
    ]

    @Test("and else it is said why they cannot", arguments: refusals.indices)
    func refused(index: Int) {
        let (text, message) = Self.refusals[index]
        let errors = Texts.errors(in: text)
        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }
}
