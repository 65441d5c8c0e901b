internal import CGSL
internal import Foundation

/// Tests whether values follow a law.
public enum GoodnessOfFit {
    /// A continuous law by its distribution function.
    public enum Law: Sendable {
        /// Even between two values.
        case uniform(from: Double, to: Double)
        /// Memoryless with a mean.
        case exponential(mean: Double)
        /// Whose logarithm is normal with a mean and a standard deviation.
        case lognormal(logMean: Double, logDeviation: Double)
        /// Weibull with a scale and a shape.
        case weibull(scale: Double, shape: Double)

        /// The probability of a value at or below `value`.
        public func cumulative(_ value: Double) -> Double {
            switch self {
            case .uniform(let from, let to): gsl_cdf_flat_P(value, from, to)
            case .exponential(let mean): gsl_cdf_exponential_P(value, mean)
            case .lognormal(let mean, let deviation): gsl_cdf_lognormal_P(value, mean, deviation)
            case .weibull(let scale, let shape): gsl_cdf_weibull_P(value, scale, shape)
            }
        }
    }

    /// The probability of a distance from the law at least as large as that of the values, if they follow it
    /// (Kolmogorov–Smirnov, asymptotic with Stephens' correction, good from about ten values on).
    ///
    /// - Complexity: O(n log n).
    public static func kolmogorovSmirnov(_ values: [Double], law: Law) -> Double {
        precondition(values.count >= 10 && GSL.isReady, "the asymptotic test needs ten values")
        let count = Double(values.count)
        var distance = 0.0
        for (index, value) in values.sorted().enumerated() {
            let expected = law.cumulative(value)
            distance = max(distance, expected - Double(index) / count, Double(index + 1) / count - expected)
        }
        let root = count.squareRoot()
        let scaled = (root + 0.12 + 0.11 / root) * distance
        var sum = 0.0
        for term in 1...100 {
            let k = Double(term)
            sum += (term % 2 == 1 ? 2 : -2) * exp(-2 * k * k * scaled * scaled)
        }
        return min(1, max(0, sum))
    }
}
