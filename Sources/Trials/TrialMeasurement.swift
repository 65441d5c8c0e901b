internal import Chat
internal import Experiment
internal import Statistics

/// What a run of a world came to between the end of its warm-up and its end.
public struct TrialMeasurement: Sendable {
    /// A tier of servers in that time.
    public struct Tier: Hashable, Sendable {
        /// The name, as in scenario files.
        public let name: String
        /// How many servers it has.
        public let serverCount: Int
        /// The share of the time that its cores worked, from zero to one; above one if more work was taken on than the time has room for.
        public let utilisation: Double
        /// How long handlers waited for a core on average, in seconds.
        public let meanWaitSeconds: Double
        /// How many messages it handled per second.
        public let handledPerSecond: Double
    }

    /// The seed.
    public let seed: UInt64
    /// The digest of the whole run: 16 hexadecimal digits.
    public let digest: String
    /// How long the time is, in seconds.
    public let seconds: Double
    /// The tiers.
    public let tiers: [Tier]
    /// How long messages that were sent in that time took to their recipient's first device, in seconds, from the shortest to the longest.
    public let latencySeconds: [Double]
    /// Their mean without those at the start that depend on how the run began, by MSER-5; nothing if there are fewer than ten.
    public let meanLatencySeconds: Double?
    /// How many connections chat servers held in the end.
    public let connectionCount: Int
    /// The invariants that were violated.
    public let violated: [String]

    private let grown: [String: UInt64]
    private let last: [String: UInt64]

    init(
        seed: UInt64, digest: String, first: Experiment.Reading, last: Experiment.Reading,
        deliveryNanoseconds: [UInt64],
        violated: [String]
    ) {
        self.seed = seed
        self.digest = digest
        self.violated = violated
        let nanoseconds = Double(last.timeNanoseconds - first.timeNanoseconds)
        seconds = nanoseconds / 1e9
        tiers = zip(first.tiers, last.tiers).map { first, last in
            let handled = Double(last.handledCount - first.handledCount)
            return Tier(
                name: last.name, serverCount: last.serverCount,
                utilisation: Double(last.busyNanoseconds - first.busyNanoseconds)
                    / (Double(last.coreCount) * nanoseconds),
                meanWaitSeconds: handled > 0
                    ? Double(last.waitedNanoseconds - first.waitedNanoseconds) / handled / 1e9 : 0,
                handledPerSecond: handled * 1e9 / nanoseconds)
        }
        let latencies = deliveryNanoseconds.map { Double($0) / 1e9 }
        let batches = stride(from: 0, to: latencies.count - 4, by: 5).map { latencies[$0..<$0 + 5].reduce(0, +) / 5 }
        meanLatencySeconds = batches.count >= 2 ? WarmUp.steadyMean(ofBatchMeans: batches) : nil
        latencySeconds = latencies.sorted()
        connectionCount = last.connectionCount
        var (grown, values) = ([String: UInt64](), [String: UInt64]())
        for entry in last.metrics.entries {
            values[entry.definition.name] = entry.value
            guard entry.definition.combination == .sum else { continue }
            let before = first.metrics[entry.definition.name] ?? 0
            grown[entry.definition.name] = entry.value >= before ? entry.value - before : 0
        }
        self.grown = grown
        self.last = values
    }

    /// A tier by its name; nothing if the world has none.
    public func tier(_ name: String) -> Tier? { tiers.first { $0.name == name } }

    /// By how much a sum that the components report grew per second; nothing if it is no sum of this world.
    public func perSecond(_ metric: String) -> Double? { grown[metric].map { Double($0) / seconds } }

    /// A figure at the end of the run, as the components report it over the whole run; nothing if there is none of the name.
    public func atEnd(_ metric: String) -> UInt64? { last[metric] }

    /// The latency that a share of the messages, in percent, did not exceed (the nearest rank); nothing without messages.
    ///
    /// - Parameter percentile: Above 0, up to 100.
    public func latencySeconds(percentile: Double) -> Double? {
        guard !latencySeconds.isEmpty else { return nil }
        let rank = (percentile / 100 * Double(latencySeconds.count)).rounded(.up)
        return latencySeconds[min(latencySeconds.count, max(1, Int(rank))) - 1]
    }
}
