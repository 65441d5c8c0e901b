internal import Scenario

/// How large a scenario is, and what is done in it under a seed.
package struct ScenarioSize: Hashable, Sendable {
    /// The users, those of populations included.
    package let users: UInt64
    /// Messages that are sent.
    package let messages: Int
    /// What goes wrong.
    package let faults: Int
    /// Load balancers, chat servers and storage servers.
    package let servers: UInt64
    /// How long it runs, in nanoseconds of virtual time.
    package let durationNanoseconds: UInt64

    init(_ scenario: Scenario, messages: Int) {
        users = scenario.populations.reduce(UInt64(scenario.users.count)) { $0 + $1.userCount }
        self.messages = messages
        faults = scenario.faults.count
        let system = scenario.system
        servers = system.loadBalancers.count + system.chatServers.count + system.storage.count
        durationNanoseconds = scenario.durationNanoseconds
    }

    /// The size in words.
    package var text: String {
        func count(_ number: some BinaryInteger, _ noun: String) -> String {
            "\(number) \(noun)\(number == 1 ? "" : "s")"
        }
        return "\(count(messages, "message")), \(count(faults, "fault")), \(count(users, "user")), "
            + "\(count(servers, "server")), \(DurationText.text(durationNanoseconds))"
    }
}
