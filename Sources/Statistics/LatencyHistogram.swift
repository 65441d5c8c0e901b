internal import Histogram

/// How often which latencies occurred, in nanoseconds, each kept to three significant digits.
public struct LatencyHistogram {
    private var histogram: Histogram<UInt64>
    /// The largest latency, exactly.
    public private(set) var maxNanoseconds: UInt64 = 0

    /// A histogram of nothing, with room for latencies up to an hour: to make more takes long, and longer ones are rare.
    public init() {
        histogram = Histogram(
            lowestDiscernibleValue: 1, highestTrackableValue: 3_600_000_000_000, numberOfSignificantValueDigits: .three)
        histogram.autoResize = true
    }

    /// Counts a latency.
    public mutating func record(_ nanoseconds: UInt64) {
        histogram.record(nanoseconds)
        maxNanoseconds = max(maxNanoseconds, nanoseconds)
    }

    /// How many latencies were counted.
    public var count: UInt64 { histogram.totalCount }

    /// The latency at or below which a share of all lies; nothing if none was counted.
    ///
    /// - Parameter percentile: From 0 to 100.
    public func percentile(_ percentile: Double) -> UInt64? {
        count > 0 ? min(histogram.valueAtPercentile(percentile), maxNanoseconds) : nil
    }
}
