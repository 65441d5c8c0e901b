public import Simulation
public import Statistics
internal import Workloads

/// One station with several servers and a common queue, run on the kernel to be held against the formula: customers come at random moments.
public struct QueueTrial: Hashable, Sendable {
    /// How many servers the station has.
    public let servers: Int
    /// The mean time between two customers, in nanoseconds.
    public let meanGapNanoseconds: UInt64
    /// The time that a customer is served, in nanoseconds.
    public let serviceNanoseconds: Distribution
    /// About how many customers come in a run.
    public let customerCount: UInt64

    /// A station that is not overloaded; all are above zero.
    public init(servers: Int, meanGapNanoseconds: UInt64, serviceNanoseconds: Distribution, customerCount: UInt64) {
        precondition(servers >= 1 && meanGapNanoseconds >= 1 && customerCount >= 1, "no such station")
        self.servers = servers
        self.meanGapNanoseconds = meanGapNanoseconds
        self.serviceNanoseconds = serviceNanoseconds
        self.customerCount = customerCount
    }

    /// The interval of the mean wait for a server, in seconds: independent runs, the warm-up of each left out by MSER-5.
    ///
    /// - Parameters:
    ///   - seeds: A seed for each run, two or more.
    ///   - level: The probability that the interval holds the true mean, strictly between zero and one.
    ///   - jobs: How many runs at a time.
    /// - Complexity: O(runs times customers).
    public func meanWaitSeconds(seeds: some Sequence<UInt64>, level: Double, jobs: Int) throws -> ConfidenceInterval {
        let waits = try Replications.results(seeds: seeds, jobs: jobs) { seed in
            let configuration = QueueNetwork.Configuration(
                seed: seed,
                stations: [QueueNetwork.Station(serverCount: servers, serviceNanoseconds: serviceNanoseconds)],
                gapNanoseconds: .exponential(mean: meanGapNanoseconds))
            let run = try QueueNetwork.run(configuration, durationNanoseconds: meanGapNanoseconds * customerCount)
            return WarmUp.steadyMean(ofBatchMeans: run.network.stations[0].batchMeanWaitSeconds)
        }
        return ConfidenceInterval(of: waits, level: level)
    }
}
