internal import CGSL

/// An interval that holds the true mean with a given probability, if the values are independent replications.
public struct ConfidenceInterval: Hashable, Sendable {
    /// The mean of the values.
    public let mean: Double
    /// How far the interval reaches to either side.
    public let halfWidth: Double

    /// The interval of Student's t for the mean of independent values.
    ///
    /// - Parameters:
    ///   - values: At least two.
    ///   - level: The probability, strictly between zero and one.
    public init(of values: [Double], level: Double) {
        precondition(values.count >= 2, "an interval needs two replications")
        mean = gsl_stats_mean(values, 1, values.count)
        let deviation = gsl_stats_sd_m(values, 1, values.count, mean)
        let quantile = StudentT.quantile(0.5 + level / 2, degreesOfFreedom: Double(values.count - 1))
        halfWidth = quantile * deviation / Double(values.count).squareRoot()
    }

    /// Whether a value is inside.
    public func contains(_ value: Double) -> Bool {
        abs(value - mean) <= halfWidth
    }
}
