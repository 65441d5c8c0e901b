internal import Foundation

/// One part of the time that a message takes, by its law.
enum LatencyLaw {
    /// Always the same, in seconds.
    case fixed(Double)
    /// Lognormal, with a median in seconds and the standard deviation of the logarithm.
    case lognormal(median: Double, sigma: Double)
    /// A wait that there is with a probability, and then exponential; the mean is that of all, in seconds.
    case wait(probability: Double, mean: Double)
    /// Anything up to a limit, in seconds.
    case uniform(Double)

    /// Lognormal, with a mean in seconds and the squared coefficient of variation.
    static func lognormal(mean: Double, variation: Double) -> LatencyLaw {
        variation > 0
            ? .lognormal(median: mean / (1 + variation).squareRoot(), sigma: log1p(variation).squareRoot())
            : .fixed(mean)
    }

    /// Lognormal, with a mean and a 99th percentile in seconds, which is up to 14.9 times the mean.
    static func lognormal(mean: Double, p99: Double) -> LatencyLaw {
        let quantile = 2.326_347_874_040_841
        let sigma = quantile - max(0, quantile * quantile - 2 * log(p99 / mean)).squareRoot()
        return sigma > 0 ? .lognormal(median: mean * exp(-sigma * sigma / 2), sigma: sigma) : .fixed(mean)
    }

    /// The mean, in seconds.
    var mean: Double {
        switch self {
        case .fixed(let time): time
        case .lognormal(let median, let sigma): median * exp(sigma * sigma / 2)
        case .wait(_, let mean): mean
        case .uniform(let limit): limit / 2
        }
    }

    /// The squared coefficient of variation of a lognormal law; zero for a fixed time.
    var variation: Double { if case .lognormal(_, let sigma) = self { expm1(sigma * sigma) } else { 0 } }

    /// A time that is hardly ever exceeded, in seconds.
    fileprivate var nearlyMost: Double {
        switch self {
        case .fixed(let time): time
        case .lognormal(let median, let sigma): median * exp(4 * sigma)
        case .wait(let probability, let mean): probability > 0 ? 12 * mean / probability : 0
        case .uniform(let limit): limit
        }
    }

    /// The probability of a time of at most so many seconds.
    fileprivate func probability(upTo seconds: Double) -> Double {
        guard seconds >= 0 else { return 0 }
        switch self {
        case .fixed(let time): return seconds >= time ? 1 : 0
        case .lognormal(let median, let sigma):
            return seconds > 0 ? erfc(-log(seconds / median) / sigma / 2.0.squareRoot()) / 2 : 0
        case .wait(let probability, let mean):
            return mean > 0 ? 1 - probability * exp(-seconds * probability / mean) : 1
        case .uniform(let limit): return limit > 0 ? min(1, seconds / limit) : 1
        }
    }
}

/// The law of a time that has several independent parts, on a grid of 512 steps. What is lost of its mean by the grid is added again to every
/// percentile.
struct LatencyDistribution {
    private static let stepCount = 512

    /// The mean, in seconds.
    let mean: Double
    private let step: Double
    private let shift: Double
    private let probabilities: [Double]

    /// The law of the sum of some parts.
    ///
    /// - Complexity: O(the product of the steps over which the two widest parts spread), at most a quarter of a million.
    init(sumOf parts: [LatencyLaw]) {
        mean = parts.reduce(0) { $0 + $1.mean }
        let step = max(1e-9, parts.reduce(0) { $0 + $1.nearlyMost } / Double(Self.stepCount))
        var sum = [1.0]
        for part in parts { sum = Self.convolved(sum, Self.discretised(part, step: step)) }
        let onGrid = sum.enumerated().reduce(0.0) { $0 + Double($1.offset) * step * $1.element }
        self.step = step
        shift = mean - onGrid
        probabilities = sum
    }

    /// The time that a share of all do not exceed, in seconds.
    ///
    /// - Parameter percentile: From 0 up to but not 100.
    func percentile(_ percentile: Double) -> Double {
        let share = percentile / 100
        var sum = 0.0
        for (index, probability) in probabilities.enumerated() where probability > 0 {
            if sum + probability >= share {
                // Within a step the probability is taken to be even.
                let part = (share - sum) / probability
                return max(0, (Double(index) - 0.5 + part) * step + shift)
            }
            sum += probability
        }
        return Double(probabilities.count) * step + shift
    }

    /// The probabilities of a part, each of the step around a point of the grid; empty at the end where there is none.
    private static func discretised(_ law: LatencyLaw, step: Double) -> [Double] {
        var found: [Double] = []
        var before = 0.0
        for index in 0..<stepCount {
            let upTo = index == stepCount - 1 ? 1 : law.probability(upTo: (Double(index) + 0.5) * step)
            found.append(upTo - before)
            before = upTo
            if 1 - before < 1e-13 { break }
        }
        return found
    }

    private static func convolved(_ left: [Double], _ right: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: min(stepCount, left.count + right.count - 1))
        for (place, probability) in left.enumerated() where probability > 0 {
            for (offset, other) in right.enumerated() { sum[min(place + offset, sum.count - 1)] += probability * other }
        }
        return sum
    }
}
