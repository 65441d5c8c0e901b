import Simulation
import Statistics
import Workloads

/// Independent replications of a network, and what their results say.
struct Replications {
    /// How often a right engine fails a comparison, over sets of seeds. The seeds are fixed.
    static let errorProbability = 0.001
    /// The seeds.
    static let seeds: ClosedRange<UInt64> = 1...20

    /// The interval of the mean of a result over the replications.
    static func interval(
        durationNanoseconds: UInt64, network: (_ seed: UInt64) -> QueueNetwork.Configuration,
        result: (QueueNetwork) -> Double
    ) throws -> ConfidenceInterval {
        let values = try seeds.map { seed in
            result(try QueueNetwork.run(network(seed), durationNanoseconds: durationNanoseconds).network)
        }
        return ConfidenceInterval(of: values, level: 1 - errorProbability)
    }
}

extension StationState {
    /// The mean wait, the warm-up removed by MSER-5.
    var steadyWaitSeconds: Double { WarmUp.steadyMean(ofBatchMeans: batchMeanWaitSeconds) }
}

extension Distribution {
    /// An exponential law with a mean in seconds.
    static func exponential(seconds: Double) -> Distribution { .exponential(mean: UInt64(seconds * 1e9)) }
    /// Always as many seconds.
    static func constant(seconds: Double) -> Distribution { .constant(UInt64(seconds * 1e9)) }
}
