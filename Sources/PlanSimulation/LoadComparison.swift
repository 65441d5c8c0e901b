internal import Capacity
internal import Plan
internal import Statistics
internal import Trials

/// The world of a plan at its peak: what it handles, how busy its machines are, and how long messages take.
struct LoadComparison {
    let comparisons: [FormulaComparison]
    /// The percentiles of the latency, each with its interval over the replications, in seconds.
    let percentiles: [PlanSimulation.Percentile]
    let digests: [String]
    let messageCount: Int
    let violated: [String]

    init(
        of world: PlanWorld, plan: Plan, seeds: [UInt64], jobs: Int, predicted: [PlanSimulation.PredictedPercentile]
    ) throws {
        let level = plan.simulation.confidence.value
        let trial = ScenarioTrial(try world.scenario(), warmUpNanoseconds: PlanSimulation.warmUpNanoseconds(of: plan))
        let runs = try trial.measurements(seeds: seeds, jobs: jobs)
        func interval(_ value: (TrialMeasurement) -> Double) -> ConfidenceInterval {
            ConfidenceInterval(of: runs.map(value), level: level)
        }
        // Users write until the world settles; what is counted lies between the warm-up and there.
        let writing = world.durationSeconds - plan.simulation.warmUpSeconds.value
        let share = writing / (writing + PlanWorld.settleSeconds)
        let servers = Double(world.chatServerCount)
        let costs = plan.costs
        let cpu =
            world.messagesPerSecond * share
            * (costs.cpuPerSend.value + costs.cpuPerDelivery.value * (1 - 1 / servers))
            / (servers * plan.hardware.chatServer.cores.value)
        let storage =
            world.messagesPerSecond * share * 2 * costs.storageWriteMeanSeconds.value
            / (Double(world.storageServerCount) * costs.storageHandlers.value)
        var comparisons = [
            FormulaComparison(
                name: "messages sent", formula: "users x messages a day x deliveries a message x peak / scale",
                unit: "messages/s",
                predicted: world.messagesPerSecond,
                simulated: .mean(interval { Double($0.latencySeconds.count) / writing })),
            FormulaComparison(
                name: "use of the chat servers' cores",
                formula: "rate x (CPU to take it + CPU to hand it on, if it goes to another server) / cores",
                unit: "ratio",
                predicted: cpu, simulated: .mean(interval { $0.tier("chat_server")?.utilisation ?? 0 })),
            FormulaComparison(
                name: "use of the storage servers' handlers",
                formula: "rate x 2 mailboxes x time of a write / handlers",
                unit: "ratio", predicted: storage,
                simulated: .mean(interval { $0.tier("storage")?.utilisation ?? 0 })),
        ]
        for predicted in predicted {
            comparisons.append(
                FormulaComparison(
                    name: "delivery latency, p\(predicted.percentile.text)", formula: predicted.formula, unit: "s",
                    predicted: predicted.seconds,
                    simulated: .mean(interval { $0.latencySeconds(percentile: predicted.percentile) ?? .nan }),
                    isApproximation: true))
        }
        self.comparisons = comparisons
        percentiles = [50, 75, 90, 95, 99, 99.9].map { percentile in
            PlanSimulation.Percentile(
                percentile: percentile, seconds: interval { $0.latencySeconds(percentile: percentile) ?? .nan })
        }
        digests = runs.map(\.digest)
        messageCount = runs.reduce(0) { $0 + $1.latencySeconds.count }
        violated = runs.violatedButCapacity
    }
}

extension Double {
    /// A percentile as people write it.
    var text: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
