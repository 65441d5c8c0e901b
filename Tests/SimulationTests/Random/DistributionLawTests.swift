import Foundation
import Simulation
import Testing

@Suite("Distributions: quantiles and means")
struct DistributionLawTests {
    static let laws: [(name: String, law: Distribution, median: Double, mean: Double)] = [
        ("constant", .constant(7), 7, 7), ("uniform", .uniform(from: 1000, to: 3000), 2000, 2000),
        ("exponential", .exponential(mean: 1_000_000), 693_147, 1_000_000),
        // exp(sigma^2 / 2) with sigma = log(3) / 2.3263.
        ("lognormal", .lognormal(median: 1_000_000, p99: 3_000_000), 1_000_000, 1_117_963.71),
        ("bursty Weibull", .weibull(scale: 1_000_000, shape: 0.5), 480_453, 2_000_000),
        ("regular Weibull", .weibull(scale: 1_000_000, shape: 2), 832_555, 886_227),
    ]

    @Test("medians and means are those of the laws", arguments: laws.indices)
    func closedForms(index: Int) {
        let (name, law, median, mean) = Self.laws[index]
        #expect(abs(Double(law.quantile(0.5)) - median) <= 1, "\(name)")
        #expect(abs(law.mean - mean) <= mean * 1e-6, "\(name): \(law.mean)")
    }

    @Test("quantiles never fall, and a share of samples like the probability is below them", arguments: laws.indices)
    func quantiles(index: Int) {
        let (name, law, _, _) = Self.laws[index]
        let values = (1..<100).map { law.quantile(Double($0) / 100) }
        #expect(values == values.sorted())
        guard name != "constant" else { return }
        var draws = RandomStream(seed: 3, component: 1, purpose: 1)
        let samples = (0..<20_000).map { _ in law.sample(drawing: &draws) }
        for percent in [10, 50, 90] {
            let share = Double(samples.count { $0 < values[percent - 1] }) / 20_000
            // Four standard deviations of a share of 20,000.
            #expect(abs(share - Double(percent) / 100) < 0.0142, "\(name), \(percent) %: \(share)")
        }
    }

    @Test("the means of a law are those of its samples", arguments: [1, 2, 3, 5])
    func sampleMeans(index: Int) {
        let (name, law, _, mean) = Self.laws[index]
        var draws = RandomStream(seed: 5, component: 1, purpose: 1)
        let sum = (0..<40_000).reduce(0.0) { sum, _ in sum + Double(law.sample(drawing: &draws)) }
        // Their deviations are at most 1.01 times the mean: four of those of the mean of 40,000 are 2 %.
        #expect(abs(sum / 40_000 / mean - 1) < 0.021, "\(name)")
    }

    @Test(
        "the logarithm of the gamma function agrees with the system's",
        arguments: [1, 1.05, 1.5, 2, 3, 7.9, 8, 11, 21, 100.5, 5000])
    func gamma(value: Double) {
        let expected: Double = lgamma(value)
        #expect(abs(DeterministicMath.logarithmOfGamma(value) - expected) <= 1e-10 * max(1, abs(expected)))
    }
}
