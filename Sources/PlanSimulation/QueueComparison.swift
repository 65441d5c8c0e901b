internal import Capacity
internal import Plan
internal import Simulation
internal import Trials

/// The queues that the plan's formulas are made of, run on the kernel where they are hardest to foretell: with nine of ten servers busy. With
/// exponential services the formula is exact, with others it is an approximation.
enum QueueComparison {
    /// How many customers come in a run.
    private static let customerCount: UInt64 = 50_000
    /// The share of the servers that are busy.
    private static let use = 0.9

    static func comparisons(of plan: Plan, seeds: [UInt64], jobs: Int) throws -> [FormulaComparison] {
        let chat = plan.hardware.chatServer
        let stations: [(name: String, servers: Double, serviceSeconds: Double)] = [
            ("wait for a core of a chat server", chat.cores.value, plan.costs.cpuPerDelivery.value),
            (
                "wait for a handler of a storage server", plan.costs.storageHandlers.value,
                plan.costs.storageWriteMeanSeconds.value
            ),
        ]
        return try stations.flatMap { station in
            try [(1.0, "exponential times (M/M/c, Erlang C)"), (0.0, "equal times (M/D/c, Allen and Cunneen)")]
                .map {
                    variation, law in
                    let service = UInt64(max(1, (station.serviceSeconds * 1e9).rounded()))
                    let servers = Int(station.servers)
                    let gap = UInt64(max(1, (Double(service) / (Double(servers) * use)).rounded()))
                    let trial = QueueTrial(
                        servers: servers, meanGapNanoseconds: gap,
                        serviceNanoseconds: variation > 0 ? .exponential(mean: service) : .constant(service),
                        customerCount: customerCount)
                    let queue = MMcQueue(
                        servers: servers, arrivalRate: 1e9 / Double(gap), serviceRate: 1e9 / Double(service))
                    return FormulaComparison(
                        name: "\(station.name) with nine of ten busy, \(variation > 0 ? "exponential" : "equal") times",
                        formula: "\(servers) servers, \(law)", unit: "s",
                        predicted: GGcQueue(markovian: queue, arrivalVariation: 1, serviceVariation: variation)
                            .meanWait,
                        simulated: .mean(
                            try trial.meanWaitSeconds(seeds: seeds, level: plan.simulation.confidence.value, jobs: jobs)
                        ),
                        isApproximation: variation < 1)
                }
        }
    }
}
