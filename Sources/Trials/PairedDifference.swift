public import Statistics

/// How two alternatives differ that were run under the same seeds (common random numbers). What both have in common cancels out of the
/// differences, so that fewer runs tell them apart.
///
/// Source: A. M. Law, "Simulation Modeling and Analysis" (5th edition 2015), section 11.2.
public struct PairedDifference: Hashable, Sendable {
    /// The interval of the mean difference, second less first.
    public let interval: ConfidenceInterval
    /// The variance of the differences over the sum of the variances of both: below one where the common seeds help, one for independent runs;
    /// nothing if neither varies.
    public let varianceRatio: Double?

    /// Compares results that belong together pair by pair.
    ///
    /// - Parameters:
    ///   - first: The results of one alternative, at least two.
    ///   - second: Those of the other, under the same seeds in the same order.
    ///   - level: The probability that the interval holds the true difference, strictly between zero and one.
    public init(first: [Double], second: [Double], level: Double) {
        precondition(first.count == second.count, "results must come in pairs")
        let differences = zip(first, second).map { $1 - $0 }
        interval = ConfidenceInterval(of: differences, level: level)
        let independent = Self.variance(first) + Self.variance(second)
        varianceRatio = independent > 0 ? Self.variance(differences) / independent : nil
    }

    /// Whether the alternatives differ beyond what chance explains at the level of the interval.
    public var isSignificant: Bool { !interval.contains(0) }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
}
