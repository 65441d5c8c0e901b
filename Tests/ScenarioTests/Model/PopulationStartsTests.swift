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

    /// What is refused, and a part of what is said about it.
    private static let refusals: [(text: String, message: String)] = [
        (text(heartbeat: "{ sent: on }"), "8:45 a population cannot start connected here: a heartbeat of each device"),
        (text(heartbeat: "{ sent: off, period: 5s }"), "6:27 `period` would have no effect: no heartbeat is sent"),
        (
            text(servers: "count: 2, connections_each: 49"),
            "50 connections come on each of 2 chat servers, which hold 49"
        ),
        (text(servers: "count: 2, balancing: consistent"), "nobody knows yet which server has whom"),
        (
            text(population: ", sessions: { online: { constant: 5s }, offline: { constant: 5s } }"),
            "its users come and go"
        ),
        (text(more: "connection: { model: long_poll }"), "no connection stays open"),
        (
            text(servers: "count: 2, mailboxes_max: 64, acknowledge: after_store"),
            "a mailbox may not be forgotten while"
        ),
        (text(servers: "count: 2, mailboxes_max: 64, failover: on"), "mailboxes are forgotten only where users stay"),
    ]

    @Test("and else it is said why they cannot", arguments: refusals.indices)
    func refused(index: Int) {
        let (text, message) = Self.refusals[index]
        let errors = Texts.errors(in: text)
        #expect(errors.contains { $0.contains(message) }, "\(errors)")
    }
}
