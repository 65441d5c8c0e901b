internal import Capacity
public import Plan
public import Statistics
internal import Trials

/// A plan held against runs of the system that it plans: what the formulas say and what the components do, side by side.
public struct PlanSimulation: Sendable {
    /// A percentile of the latency by simulation.
    public struct Percentile: Hashable, Sendable {
        /// Which one, between 0 and 100.
        public let percentile: Double
        /// Its interval over the replications, in seconds.
        public let seconds: ConfidenceInterval
    }

    /// A percentile of the latency by formula.
    public struct PredictedPercentile: Hashable, Sendable {
        /// Which one, between 0 and 100.
        public let percentile: Double
        /// The latency, in seconds.
        public let seconds: Double
        /// The formula in words.
        public let formula: String

        /// Puts a prediction together.
        public init(percentile: Double, seconds: Double, formula: String) {
            self.percentile = percentile
            self.seconds = seconds
            self.formula = formula
        }
    }

    /// What a plan says of itself that runs are held against.
    public struct Prediction: Sendable {
        /// Which year it is: `now`, `year 5`.
        public var year: String
        /// How many users there are.
        public var users: Double
        /// How many chat servers it has.
        public var chatServers: Double
        /// How many storage servers it has.
        public var storageServers: Double
        /// The percentiles of the latency of a delivery.
        public var latency: [PredictedPercentile]

        /// Puts what a plan says together.
        public init(
            year: String, users: Double, chatServers: Double, storageServers: Double, latency: [PredictedPercentile]
        ) {
            self.year = year
            self.users = users
            self.chatServers = chatServers
            self.storageServers = storageServers
            self.latency = latency
        }
    }

    /// A step of the work, for a display.
    public enum Step: String, Sendable, CaseIterable {
        /// The world at its peak.
        case load = "the world at its peak"
        /// The smallest tier of chat servers.
        case tier = "the smallest tier of chat servers"
        /// Clients that come and go.
        case occupancy = "clients that come and go"
        /// Queues.
        case queues = "queues"
        /// Alternatives.
        case alternatives = "alternatives side by side"
    }

    /// The world.
    public let world: PlanWorld
    /// Which year of the plan it is: `now`, `year 5`.
    public let year: String
    /// Figures by formula and by simulation.
    public let comparisons: [FormulaComparison]
    /// The percentiles of the latency by simulation.
    public let latency: [Percentile]
    /// The smallest tier of chat servers.
    public let tier: ConnectionTier
    /// Designs that were run side by side.
    public let alternatives: [AlternativeComparison]
    /// The seeds of the replications.
    public let seeds: [UInt64]
    /// The digest of each replication of the world.
    public let digests: [String]
    /// How many messages were measured, over all replications.
    public let messageCount: Int
    /// The invariants that a run of the world violated, but for the limit of connections.
    public let violated: [String]
    /// The level of all intervals.
    public let confidence: Double

    /// Runs a plan.
    ///
    /// - Parameters:
    ///   - jobs: How many runs at a time; the result is the same for any number.
    ///   - step: Is told what comes next.
    /// - Throws: ``DocumentErrors`` if the plan asks for what no scenario can have, or what a run of it throws.
    public init(of plan: Plan, predicted: Prediction, jobs: Int, step: (Step) -> Void = { _ in }) throws {
        let replications = UInt64(plan.simulation.replications.value)
        let seeds = Array(1...replications)
        let world = PlanWorld(
            of: plan, users: predicted.users, chatServers: predicted.chatServers,
            storageServers: predicted.storageServers)
        step(.load)
        let load = try LoadComparison(of: world, plan: plan, seeds: seeds, jobs: jobs, predicted: predicted.latency)
        step(.tier)
        tier = try ConnectionTier(of: world, plan: plan, seeds: seeds.prefix(2), jobs: jobs)
        step(.occupancy)
        // Each replication is a single count of who is connected: it takes more of them to say something.
        let occupancy = try OccupancyComparison(of: plan, seeds: Array(1...max(20, replications)), jobs: jobs)
        step(.queues)
        let queues = try QueueComparison.comparisons(of: plan, seeds: Array(1...max(10, replications)), jobs: jobs)
        step(.alternatives)
        alternatives = try AlternativeComparison.all(of: plan, seeds: seeds, jobs: jobs)
        var comparisons = load.comparisons
        if let spread = Self.spread(of: tier, world: world, plan: plan) { comparisons.append(spread) }
        comparisons.append(occupancy.comparison)
        self.comparisons = comparisons + queues
        self.world = world
        year = predicted.year
        self.seeds = seeds
        latency = load.percentiles
        digests = load.digests
        messageCount = load.messageCount
        violated = load.violated
        confidence = plan.simulation.confidence.value
    }

    /// When what is measured of a world begins, in nanoseconds.
    static func warmUpNanoseconds(of plan: Plan) -> UInt64 {
        UInt64(plan.simulation.warmUpSeconds.value * 1e9)
    }

    /// The fullest server of a hash, drawn once: whoever has which number does not depend on the seed.
    private static func spread(of tier: ConnectionTier, world: PlanWorld, plan: Plan) -> FormulaComparison? {
        guard world.isHashed, let count = tier.bySimulation.count,
            let found = tier.bySimulation.attempts.first(where: { $0.count == count }), count > 1
        else { return nil }
        let law = MaximumLoad(users: world.connectionCount, servers: count)
        let tail = (1 - plan.simulation.confidence.value) / 2
        return FormulaComparison(
            name: "connections of the fullest of \(count) chat servers",
            formula: "the expected maximum of hashing \(world.connectionCount) users over \(count) servers",
            unit: "connections", predicted: law.expected,
            simulated: .observation(
                Double(found.result.connectionsPeak),
                expected: Double(law.quantile(tail))...Double(law.quantile(1 - tail))))
    }
}
