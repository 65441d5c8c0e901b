import Scenario
import Statistics
import Testing
import Trials

@Suite("Trials of scenarios")
struct ScenarioTrialTests {
    static func trial(_ more: String = "", warmUpSeconds: UInt64 = 5) throws -> ScenarioTrial {
        let text = """
            confab: 1
            name: a town
            duration: 25s
            settle: 5s
            system:
              chat_servers: { count: 2, connections_each: 5_000, mailboxes_max: 64 }
              sequencing: { mode: per_user_sequence }
              heartbeat: { sent: off }
            populations:
              town: { users: 5_000, sends: 400/day, starts: connected }
            \(more)
            """
        return ScenarioTrial(
            try Scenario.load(text: text, file: "town.yaml"), warmUpNanoseconds: warmUpSeconds * 1_000_000_000)
    }

    @Test("the same seed gives the same measurement, however many run side by side")
    func repeats() throws {
        let trial = try Self.trial()
        let one = try trial.measurements(seeds: 1...4, jobs: 1)
        let two = try trial.measurements(seeds: 1...4, jobs: 2)
        #expect(one.map(\.digest) == two.map(\.digest))
        #expect(one.map(\.latencySeconds) == two.map(\.latencySeconds))
        #expect(Set(one.map(\.digest)).count == 4, "other seeds, other runs")
        #expect(one.map(\.seed) == [1, 2, 3, 4])
    }

    @Test("the digest is that of a run that is not read on the way")
    func digest() throws {
        let (early, late) = (try Self.trial(warmUpSeconds: 1), try Self.trial(warmUpSeconds: 19))
        #expect(try early.measurement(seed: 3).digest == late.measurement(seed: 3).digest)
    }

    @Test("messages come at the rate of the population, and only those after the warm-up count")
    func rates() throws {
        let measurements = try Self.trial().measurements(seeds: 1...12, jobs: 2)
        // Fifteen of the twenty measured seconds are before the users stop.
        let sent = ConfidenceInterval(of: measurements.map { Double($0.latencySeconds.count) }, level: 0.999)
        #expect(sent.contains(5_000 * 400 / 86_400.0 * 15), "\(sent)")
        #expect(measurements.allSatisfy { $0.violated.isEmpty && $0.connectionCount == 5_000 && $0.seconds == 20 })
        let rate = ConfidenceInterval(
            of: measurements.map { $0.perSecond("traffic.chat.last_mile.messages")! }, level: 0.999)
        #expect(rate.mean > sent.mean / 20 * 3, "each message is at least submitted, accepted and pushed: \(rate)")
    }

    @Test("percentiles are ranks of the messages, from the fastest to the slowest")
    func percentiles() throws {
        let measurement = try Self.trial().measurement(seed: 1)
        #expect(measurement.latencySeconds(percentile: 100) == measurement.latencySeconds.last)
        #expect(measurement.latencySeconds(percentile: 0.0001) == measurement.latencySeconds.first)
        #expect(measurement.latencySeconds(percentile: 50)! < measurement.latencySeconds(percentile: 99)!)
    }

    @Test("tiers are those of the system, and report what they did")
    func tiers() throws {
        let measurement = try Self.trial().measurement(seed: 1)
        #expect(measurement.tiers.map(\.name) == ["load_balancer", "chat_server", "storage"])
        let chat = try #require(measurement.tier("chat_server"))
        // Two servers with eight cores each: 64 microseconds for each message of a device at least; handlers of timers cost nothing.
        let requests = try #require(measurement.perSecond("connection.requests"))
        #expect(chat.utilisation > requests * 64e-6 / 16)
        #expect(chat.utilisation < chat.handledPerSecond * 64e-6 / 16)
        #expect(measurement.tier("cache") == nil)
        #expect(measurement.atEnd("balancing.connections_peak") == 2_500)
    }
}
