internal import Plan
internal import Scenario
internal import Statistics
public import Trials

/// Two designs run under the same seeds, so that they see the same users and messages, and how they differ.
public struct AlternativeComparison: Sendable {
    /// A figure of both.
    public struct Figure: Sendable {
        /// What it is.
        public let name: String
        /// What it is counted in.
        public let unit: String
        /// Its mean over the replications of the first design.
        public let first: Double
        /// Its mean over those of the second.
        public let second: Double
        /// How the second differs from the first.
        public let difference: PairedDifference
    }

    /// How many users the town has in which designs are compared.
    static let userCount = 1_000

    /// What the designs are called.
    public let names: (first: String, second: String)
    /// The figures.
    public let figures: [Figure]

    /// A figure of a run: its name, unit and value.
    private typealias Reading = (name: String, unit: String, value: @Sendable (TrialMeasurement) -> Double?)

    /// The alternatives that a planner asks about first: push against long poll, one copy against three. Users of
    /// populations read nothing of the past, so that a cache has nothing to show here.
    static func all(of plan: Plan, seeds: [UInt64], jobs: Int) throws -> [AlternativeComparison] {
        let lastMile: [Reading] = [
            ("messages to and from devices", "messages/s", { $0.perSecond("traffic.chat.last_mile.messages") }),
            ("bytes to and from devices", "B/s", { $0.perSecond("traffic.chat.last_mile.bytes") }), latency,
        ]
        let storage: [Reading] = [
            ("requests that storage servers handle", "requests/s", { $0.tier("storage")?.handledPerSecond }), latency,
        ]
        return [
            try AlternativeComparison(
                ("websocket, a heartbeat in 30 s", "long poll, held 30 s"), of: plan, lastMile,
                "  heartbeat: { period: 30s, timeout: 90s }",
                "  connection: { model: long_poll, hold: 30s }", seeds: seeds, jobs: jobs),
            try AlternativeComparison(
                ("one copy", "three copies"), of: plan, storage,
                "  storage: { servers: 3 }", "  storage: { servers: 3, replication: { copies: 3 } }", seeds: seeds,
                jobs: jobs),
        ]
    }

    private static let latency: Reading = ("delivery latency, mean", "s", { $0.meanLatencySeconds })

    private init(
        _ names: (String, String), of plan: Plan, _ readings: [Reading], _ first: String, _ second: String,
        seeds: [UInt64], jobs: Int
    ) throws {
        let runs = try [first, second].map { section in
            try ScenarioTrial(
                Scenario.load(text: Self.text(plan, section), file: "an alternative of \(plan.file)"),
                warmUpNanoseconds: 8_000_000_000
            ).measurements(seeds: seeds, jobs: jobs)
        }
        self.names = names
        figures = readings.compactMap { reading in
            let values = runs.map { $0.compactMap(reading.value) }
            guard values.allSatisfy({ $0.count == seeds.count }) else { return nil }
            let means = values.map { $0.reduce(0, +) / Double($0.count) }
            return Figure(
                name: reading.name, unit: reading.unit, first: means[0], second: means[1],
                difference: PairedDifference(
                    first: values[0], second: values[1], level: plan.simulation.confidence.value))
        }
    }

    /// A town that is small enough to be run often, whose users write once a minute each, so that designs can be told apart.
    private static func text(_ plan: Plan, _ section: String) -> String {
        let costs = plan.costs
        return """
            confab: 1
            name: an alternative
            duration: 38s
            settle: 8s
            system:
              chat_servers: { count: 2, cores: 64, connections_each: 10_000, acknowledge: after_receive }
              sequencing: { mode: per_user_sequence }
            \(section)
            network:
              last_mile: { latency: \(PlanWorld.halfOf(costs.mobileRoundTripSeconds.value, sigma: costs.mobileSigma.value)) }
              data_center: { latency: \(PlanWorld.halfOf(costs.dataCenterRoundTripSeconds.value, sigma: costs.dataCenterSigma.value)) }
            populations:
              town: { users: \(userCount), sends: 1/min }

            """
    }
}
