import Experiment
import Reporting
import Scenario
import Testing

@Suite("What handling costs in a run")
struct CostTests {
    /// The busy time of a tier over the whole run, in nanoseconds.
    private func busyNanoseconds(_ tier: String, costs: String) throws -> Double {
        let text = """
            confab: 1
            name: costs
            duration: 10s
            system:
              load_balancers: { cpu_per_request: 0us }
              chat_servers: { cores: 4, cpu_per_message: 0us, cpu_per_connection: 0us }
              storage: { cores: 2, cpu_per_request: 0us }
              costs: \(costs)
            users:
              alice: { devices: [phone, laptop] }
              bob: { devices: [phone] }
            script:
              - { at: 1s, alice: { send: M1, to: bob } }
              - { at: 2s, bob: { send: M2, to: alice } }
              - { at: 3s, alice: { send: M3, to: bob } }

            """
        var experiment = try Experiment(try Scenario.load(text: text, file: "costs.yaml"))
        experiment.run()
        let summary = experiment.summary(
            labels: Experiment.Labels(scenarioPath: "costs.yaml", version: "", replay: ""), wallSeconds: 0,
            peakMemoryBytes: 0)
        #expect(summary.messages.delivered == 3)
        let host = try #require(summary.hosts.first { $0.tier == tier })
        let cores = try #require(["load_balancer": 2.0, "chat_server": 4, "storage": 2][tier])
        return host.utilisation * cores * Double(host.count) * 10e9
    }

    @Test("a tier is busy for as long as what it handled costs, and nothing else costs anything")
    func exact() throws {
        func about(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) < 1 }
        #expect(about(try busyNanoseconds("chat_server", costs: "{}"), 0))
        #expect(about(try busyNanoseconds("chat_server", costs: "{ chat_server: { submit: 1ms } }"), 3e6))
        #expect(about(try busyNanoseconds("storage", costs: "{ chat_server: { submit: 1ms } }"), 0))
        #expect(about(try busyNanoseconds("chat_server", costs: "{ chat_server: { open: 250us } }"), 3 * 250e3))
        // Each message is put into the mailbox of both users, whose devices open connections, for which each mailbox is loaded once.
        #expect(about(try busyNanoseconds("storage", costs: "{ storage: { put: 3us } }"), 6 * 3e3))
        #expect(about(try busyNanoseconds("storage", costs: "{ storage: { put: 3us, load: 7us } }"), 6 * 3e3 + 2 * 7e3))
        #expect(about(try busyNanoseconds("load_balancer", costs: "{ load_balancer: { resolve: 30ns } }"), 3 * 30))
        #expect(try busyNanoseconds("chat_server", costs: "{ chat_server: { timer: 1us } }") > 1)
    }
}
