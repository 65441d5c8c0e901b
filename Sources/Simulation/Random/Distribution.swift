/// How a quantity varies: a time in nanoseconds, a size in bytes. Samples are whole numbers.
///
/// Samples come from IEEE basic operations only: by inversion from one draw each, exponential ones by the ziggurat method
/// (``ExponentialLaw``).
@frozen
public struct Distribution: Hashable, Sendable {
    /// Samples are cut at this value: 146 years in nanoseconds.
    public static let sampleMax: UInt64 = 1 << 62

    /// The form of the law; ``first`` and ``second`` are its parameters.
    @usableFromInline
    enum Law: UInt8, Sendable {
        case constant, uniform, exponential, lognormal, weibull
    }

    @usableFromInline let law: Law
    @usableFromInline let first: Double
    @usableFromInline let second: Double
    @usableFromInline let low: UInt64
    @usableFromInline let high: UInt64

    /// Always the same.
    public static func constant(_ value: UInt64) -> Distribution {
        Distribution(law: .constant, low: value, high: value)
    }

    /// Any whole number of a range, equally often.
    ///
    /// - Precondition: `from` is at most `to`.
    public static func uniform(from: UInt64, to: UInt64) -> Distribution {
        precondition(from <= to, "a range goes upwards")
        return Distribution(law: .uniform, low: from, high: to)
    }

    /// Memoryless, with a mean; samples below `floor` are raised to it.
    ///
    /// - Precondition: `mean` is not zero.
    public static func exponential(mean: UInt64, floor: UInt64 = 0) -> Distribution {
        precondition(mean > 0, "a mean of zero is a constant")
        return Distribution(law: .exponential, first: Double(mean), low: floor)
    }

    /// A lognormal law by its median and its 99th percentile; samples below `floor` are raised to it.
    ///
    /// The logarithm has the standard deviation log(`p99` / `median`) / z, z = 2.3263478740408408 being the 99th percentile
    /// of the standard normal law.
    ///
    /// - Precondition: `median` is positive and at most `p99`.
    public static func lognormal(median: UInt64, p99: UInt64, floor: UInt64 = 0) -> Distribution {
        precondition(median > 0 && p99 >= median, "a 99th percentile is not below the median")
        let sigma = DeterministicMath.logarithm(Double(p99) / Double(median)) / 2.3263478740408408
        return Distribution(law: .lognormal, first: Double(median), second: sigma, low: floor)
    }

    /// A Weibull law by its scale and shape; samples below `floor` are raised to it.
    ///
    /// - Precondition: `scale` and `shape` are positive.
    public static func weibull(scale: UInt64, shape: Double, floor: UInt64 = 0) -> Distribution {
        precondition(scale > 0 && shape > 0 && shape.isFinite, "a Weibull law has a positive scale and shape")
        return Distribution(law: .weibull, first: Double(scale), second: shape, low: floor)
    }

    /// The least sample that there can be: the lookahead that a latency offers.
    @inlinable
    public var minimum: UInt64 { low }

    /// Draws a sample. A constant takes no draw, every other law one (a uniform and an exponential one
    /// rarely more).
    public func sample(drawing stream: inout RandomStream) -> UInt64 {
        switch law {
        case .constant: low
        case .uniform: low + (high - low == .max ? stream.next() : stream.below(high - low + 1))
        case .exponential: whole(ExponentialLaw.sample(drawing: &stream) * first)
        case .lognormal:
            whole(
                first
                    * DeterministicMath.exponential(
                        second * DeterministicMath.normalQuantile(stream.unit())))
        case .weibull:
            whole(
                first
                    * DeterministicMath.exponential(
                        DeterministicMath.logarithm(-DeterministicMath.logarithm(stream.unit())) / second))
        }
    }

    private init(law: Law, first: Double = 0, second: Double = 0, low: UInt64, high: UInt64 = Self.sampleMax) {
        self.law = law
        self.first = first
        self.second = second
        self.low = low
        self.high = high
    }

    /// Rounds to the nearest whole number, ties upwards, inside the limits.
    func whole(_ sample: Double) -> UInt64 {
        guard sample < Double(Self.sampleMax) else { return Self.sampleMax }
        return max(low, UInt64(sample + 0.5))
    }
}
