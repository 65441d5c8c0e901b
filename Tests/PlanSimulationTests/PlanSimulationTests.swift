import Plan
import PlanSimulation
import Scenario
import Statistics
import Testing
import Trials

/// A plan of a town, run as it is and at parts of its size.
enum Town {
    static func plan(_ more: String = "") throws -> Plan {
        try Plan.load(
            text: """
                confab_plan: 1
                name: a town
                demand:
                  users: { now: 20_000 }
                  concurrent_share: 100%
                  messages_per_day: 200
                policies:
                  chat_servers: { connections_each: 1_000 }
                simulation: { connections: 5_000, duration: 20s, warm_up: 5s, replications: 4, confidence: 99.9% }
                \(more)
                """, file: "town.yaml")
    }
}

@Suite("A plan by simulation")
struct PlanSimulationTests {
    static let prediction = PlanSimulation.Prediction(
        year: "now", users: 20_000, chatServers: 28, storageServers: 8, latency: [])
    /// One simulation, which several tests look at.
    static let simulated = Result { try PlanSimulation(of: Town.plan(), predicted: prediction, jobs: 2) }

    @Test("a world is a part of the plan: servers with the same load each, and fewer of them")
    func scale() throws {
        let plan = try Town.plan()
        let world = PlanWorld(of: plan, users: 20_000, chatServers: 28, storageServers: 8)
        #expect(world.scale == 4)
        #expect(world.connectionCount == 5_000)
        #expect(world.chatServerCount == 7)
        #expect(world.storageServerCount == 2)
        // Deliveries of a message are messages of their own.
        #expect(abs(world.messagesPerSecond - 20_000 * 200 / 86_400 * 2.105 * 1.6 / 4) < 1e-9)
        let scenario = try world.scenario()
        #expect(scenario.system.chatServers.count == 7)
    }

    @Test("a plan that is small enough is run at its own size")
    func ownSize() throws {
        let world = PlanWorld(
            of: try Town.plan(), users: 500, chatServers: 1, storageServers: 1)
        #expect(world.scale == 1)
        #expect(world.connectionCount == 500)
        #expect(try world.scenario().system.chatServers.count == 1, "a single server is a world too")
    }

    @Test("formulas agree with runs; one chat server fewer than the smallest tier does not do")
    func agrees() throws {
        let simulation = try Self.simulated.get()
        for comparison in simulation.comparisons where !comparison.isApproximation {
            #expect(comparison.agrees, "\(comparison)")
        }
        for comparison in simulation.comparisons {
            #expect(abs(comparison.relativeDifference) < 0.2, "\(comparison)")
        }
        #expect(simulation.comparisons.count { $0.isApproximation } == 2)
        #expect(simulation.violated.isEmpty)
        #expect(simulation.messageCount > 1_000)
        #expect(simulation.latency.map(\.seconds.mean) == simulation.latency.map(\.seconds.mean).sorted())
        let tier = simulation.tier
        let count = try #require(tier.bySimulation.count)
        #expect(tier.byDivision == 5 && count > 5, "the spread of a hash takes more than division says")
        #expect(abs(count - tier.byFormula) <= 1)
        let fewer = try #require(tier.bySimulation.attempts.first { $0.count == count - 1 })
        #expect(fewer.result.connectionsPeak > 1_000)
        let enough = try #require(tier.bySimulation.attempts.first { $0.count == count })
        #expect(enough.result.connectionsPeak <= 1_000)
        #expect(enough.result.latencyP99Seconds <= (try Town.plan()).objectives.deliveryP99Seconds.value)
    }

    @Test("the same plan gives the same simulation, however many runs side by side")
    func repeats() throws {
        var steps: [PlanSimulation.Step] = []
        let (one, two) = (
            try Self.simulated.get(),
            try PlanSimulation(of: Town.plan(), predicted: Self.prediction, jobs: 3) { steps.append($0) }
        )
        #expect(steps == PlanSimulation.Step.allCases)
        #expect(one.digests == two.digests)
        #expect(one.comparisons == two.comparisons)
        #expect(one.latency == two.latency)
    }

    @Test("polls cost bytes that a push does not, copies cost requests, and common seeds sharpen the difference")
    func alternatives() throws {
        let simulation = try Self.simulated.get()
        #expect(
            simulation.alternatives.map(\.names.second) == ["long poll, held 30 s", "three copies"])
        let polls = try #require(simulation.alternatives[0].figures.first { $0.unit == "B/s" })
        #expect(polls.difference.isSignificant && polls.difference.interval.mean > 0)
        let copies = try #require(simulation.alternatives[1].figures.first { $0.unit == "requests/s" })
        #expect(copies.difference.isSignificant && copies.difference.interval.mean > 0, "\(copies)")
        #expect(try #require(copies.difference.varianceRatio) < 1)
    }
}
