import Simulation
import Statistics
import Testing

/// Each law is tested against its distribution function with 20,000 samples of a fixed seed. A right sampler would be refused
/// once in 10,000 seeds.
@Suite("Distributions")
struct DistributionTests {
    private static let significance = 1e-4

    private func samples(_ distribution: Distribution, seed: UInt64 = 1) -> [Double] {
        var stream = RandomStream(seed: seed, component: 0, purpose: 0)
        return (0..<20_000).map { _ in Double(distribution.sample(drawing: &stream)) }
    }

    @Test("an exponential law has the distribution function that it should")
    func exponential() {
        let values = samples(.exponential(mean: 1_000_000_000))
        #expect(
            GoodnessOfFit.kolmogorovSmirnov(values, law: .exponential(mean: 1e9)) > Self.significance, "seed 1")
    }

    @Test("a lognormal law has the median and the 99th percentile that it should")
    func lognormal() {
        let values = samples(.lognormal(median: 30_000_000, p99: 180_000_000))
        let deviation = 1.791759469228055 / 2.3263478740408408
        #expect(
            GoodnessOfFit.kolmogorovSmirnov(
                values, law: .lognormal(logMean: 17.21670796100999, logDeviation: deviation)) > Self.significance,
            "seed 1")
    }

    @Test("a Weibull law has the distribution function that it should")
    func weibull() {
        let values = samples(.weibull(scale: 1_000_000_000, shape: 0.5))
        #expect(
            GoodnessOfFit.kolmogorovSmirnov(values, law: .weibull(scale: 1e9, shape: 0.5)) > Self.significance, "seed 1"
        )
    }

    @Test("a uniform law has the distribution function that it should")
    func uniform() {
        let values = samples(.uniform(from: 1_000_000, to: 9_000_000))
        #expect(
            GoodnessOfFit.kolmogorovSmirnov(values, law: .uniform(from: 1e6, to: 9e6)) > Self.significance, "seed 1")
    }

    @Test("the test refuses a law that is a little off")
    func powerOfTheTest() {
        let values = samples(.exponential(mean: 1_050_000_000))
        #expect(GoodnessOfFit.kolmogorovSmirnov(values, law: .exponential(mean: 1e9)) < Self.significance)
    }

    @Test("no sample is below the floor, and the floor is the lookahead")
    func floors() {
        for law in [
            Distribution.exponential(mean: 1000, floor: 400), .lognormal(median: 1000, p99: 5000, floor: 400),
            .weibull(scale: 1000, shape: 0.5, floor: 400), .uniform(from: 400, to: 500), .constant(400),
        ] {
            #expect(law.minimum == 400)
            #expect(samples(law).allSatisfy { $0 >= 400 })
        }
    }

    @Test("a constant takes no draw")
    func constant() {
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        var untouched = stream
        #expect(Distribution.constant(5).sample(drawing: &stream) == 5)
        #expect(stream.next() == untouched.next())
    }
}
