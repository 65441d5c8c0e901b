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
        kolmogorovSmirnov(values, cumulative: law.cumulative)
    }

    /// The same for a continuous law by its distribution function.
    public static func kolmogorovSmirnov(_ values: [Double], cumulative: (Double) -> Double) -> Double {
        precondition(values.count >= 10 && GSL.isReady, "the asymptotic test needs ten values")
        let count = Double(values.count)
        var distance = 0.0
        for (index, value) in values.sorted().enumerated() {
            let expected = cumulative(value)
            distance = max(distance, expected - Double(index) / count, Double(index + 1) / count - expected)
        }
        return probability(ofDistance: distance, count: count)
    }

    /// The probability of a distance between two samples at least as large as theirs, if both follow one continuous law
    /// (Kolmogorov–Smirnov for two samples).
    ///
    /// - Complexity: O(n log n).
    public static func kolmogorovSmirnov(_ values: [Double], and others: [Double]) -> Double {
        precondition(values.count >= 10 && others.count >= 10, "the asymptotic test needs ten values")
        let (first, second) = (values.sorted(), others.sorted())
        var (index, otherIndex) = (0, 0)
        var distance = 0.0
        while index < first.count, otherIndex < second.count {
            let value = min(first[index], second[otherIndex])
            while index < first.count, first[index] == value { index += 1 }
            while otherIndex < second.count, second[otherIndex] == value { otherIndex += 1 }
            distance = max(
                distance, abs(Double(index) / Double(first.count) - Double(otherIndex) / Double(second.count)))
        }
        let product = Double(first.count) * Double(second.count)
        return probability(ofDistance: distance, count: product / Double(first.count + second.count))
    }

    /// The probability of counts at least as far from those that are expected, if each is expected (Pearson's chi-square; at least
    /// five should be expected in each cell).
    ///
    /// - Parameter degreesOfFreedom: The number of cells less the number of sums that are known; one less than the cells by default.
    public static func chiSquare(observed: [Int], expected: [Double], degreesOfFreedom: Int? = nil) -> Double {
        precondition(observed.count == expected.count && observed.count >= 2 && GSL.isReady, "two cells or more")
        let sum = zip(observed, expected).reduce(0.0) { sum, cell in
            let difference = Double(cell.0) - cell.1
            return sum + difference * difference / cell.1
        }
        return gsl_cdf_chisq_Q(sum, Double(degreesOfFreedom ?? observed.count - 1))
    }

    /// The tail of Kolmogorov's law, with Stephens' correction for a finite count.
    private static func probability(ofDistance distance: Double, count: Double) -> Double {
        let root = count.squareRoot()
        let scaled = (root + 0.12 + 0.11 / root) * distance
        // Below this the tail is 1 to the last digit, but the sum does not get there.
        guard scaled > 0.18 else { return 1 }
        var sum = 0.0
        for term in 1...100 {
            let k = Double(term)
            sum += (term % 2 == 1 ? 2 : -2) * exp(-2 * k * k * scaled * scaled)
        }
        return min(1, max(0, sum))
    }
}
