internal import Capacity
public import Plan
public import Trials

/// How many chat servers a world needs so that none has more connections than it holds: by the formula for hashing, and by running the world.
public struct ConnectionTier: Sendable {
    /// What a world with some number of chat servers came to.
    public struct Outcome: Hashable, Sendable {
        /// The connections of the server that had the most.
        public let connectionsPeak: Int
        /// The latency that 99 of 100 messages did not exceed, in seconds: the worst of all runs.
        public let latencyP99Seconds: Double
        /// The invariants that were violated in any run, but for the limit of connections.
        public let violated: [String]
        /// The digest of the first run.
        public let digest: String
    }

    /// How many connections a server may have.
    public let connectionsMax: Int
    /// Which latency 99 of 100 messages must not exceed, in seconds.
    public let latencyP99SecondsMax: Double
    /// The fewest servers by the formula; if users are dealt out evenly, by division.
    public let byFormula: Int
    /// The fewest servers for which every server has room for all of its share, without the spread of a hash.
    public let byDivision: Int
    /// The search by running worlds.
    public let bySimulation: SmallestTier<Outcome>

    /// Searches for the smallest tier.
    ///
    /// - Parameters:
    ///   - seeds: The seeds of the runs with each number of servers; the same for all, so that they differ by nothing else.
    ///   - jobs: How many runs at a time.
    public init(of world: PlanWorld, plan: Plan, seeds: some Sequence<UInt64> & Sendable, jobs: Int) throws {
        let limit = max(1, Int(plan.policies.chatServers.connectionsEach.value))
        let latencyMax = plan.objectives.deliveryP99Seconds.value
        let byDivision = (world.connectionCount - 1) / limit + 1
        connectionsMax = limit
        latencyP99SecondsMax = latencyMax
        self.byDivision = byDivision
        if world.isHashed, let overload = plan.policies.chatServers.overloadProbability {
            byFormula = MaximumLoad.serversNeeded(
                users: world.connectionCount, capacity: limit, probabilityLimit: overload.value)
        } else {
            byFormula = byDivision
        }
        bySimulation = try SmallestTier(in: 1...byDivision * 2 + 8, guess: byFormula) { count in
            var world = world
            world.chatServerCount = count
            let trial = ScenarioTrial(
                try world.scenario(), warmUpNanoseconds: PlanSimulation.warmUpNanoseconds(of: plan))
            let runs = try trial.measurements(seeds: seeds, jobs: jobs)
            return Outcome(
                connectionsPeak: Int(runs.compactMap { $0.atEnd("balancing.connections_peak") }.max() ?? 0),
                latencyP99Seconds: runs.compactMap { $0.latencySeconds(percentile: 99) }.max() ?? .infinity,
                violated: runs.violatedButCapacity,
                digest: runs.first?.digest ?? "")
        } isMet: {
            $0.connectionsPeak <= limit && $0.latencyP99Seconds <= latencyMax && $0.violated.isEmpty
        }
    }
}

extension [TrialMeasurement] {
    /// The invariants that any run violated, in the order of the alphabet, but for the limit of connections: worlds of plans have no admission
    /// control, and how full their servers get is what is measured.
    var violatedButCapacity: [String] {
        Set(flatMap(\.violated)).subtracting(["capacity_respected"]).sorted()
    }
}
