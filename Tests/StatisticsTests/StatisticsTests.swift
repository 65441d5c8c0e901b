import Statistics
import Testing

@Suite("Statistics")
struct StatisticsTests {
    @Test(
        "Student's t has the published quantiles",
        arguments: [(4, 2.776445105), (9, 2.262157163), (19, 2.093024054), (29, 2.045229642)] as [(Double, Double)])
    func studentT(degrees: Double, quantile: Double) {
        #expect(abs(StudentT.quantile(0.975, degreesOfFreedom: degrees) - quantile) < 1e-9)
    }

    @Test("the interval of five replications is the one worked out by hand")
    func confidenceInterval() {
        // Mean 3, standard deviation sqrt(2.5); 2.776445105 * 1.58113883 / sqrt(5) = 1.963243161.
        let interval = ConfidenceInterval(of: [1, 2, 3, 4, 5], level: 0.95)
        #expect(interval.mean == 3)
        #expect(abs(interval.halfWidth - 1.963243161) < 1e-8)
        #expect(interval.contains(4.9) && !interval.contains(5))
    }

    @Test("the test of fit accepts the middle of a law and refuses another")
    func goodnessOfFit() {
        let quantiles = (0..<1000).map { (Double($0) + 0.5) / 1000 }
        #expect(GoodnessOfFit.kolmogorovSmirnov(quantiles, law: .uniform(from: 0, to: 1)) > 0.99)
        #expect(GoodnessOfFit.kolmogorovSmirnov(quantiles, law: .uniform(from: 0, to: 1.1)) < 1e-4)
    }

    @Test("two samples of one law are near one another, those of two laws are not; equal values count once")
    func twoSamples() {
        let quantiles = (0..<1000).map { (Double($0) + 0.5) / 1000 }
        #expect(GoodnessOfFit.kolmogorovSmirnov(quantiles, and: quantiles.map { $0 + 0.0001 }) > 0.99)
        #expect(GoodnessOfFit.kolmogorovSmirnov(quantiles, and: quantiles.map { $0 * 1.2 }) < 1e-4)
        let equal = [Double](repeating: 1, count: 50)
        #expect(GoodnessOfFit.kolmogorovSmirnov(equal, and: equal) == 1)
    }

    @Test("chi-square of counts is the one worked out by hand")
    func chiSquare() {
        // (10 - 15)^2 / 15 + (20 - 15)^2 / 15 = 10/3 with one degree of freedom; with two the tail is exp(-5/3).
        let observed = [10, 20]
        #expect(abs(GoodnessOfFit.chiSquare(observed: observed, expected: [15, 15]) - 0.0678891549) < 1e-9)
        #expect(
            abs(
                GoodnessOfFit.chiSquare(observed: observed, expected: [15, 15], degreesOfFreedom: 2) - 0.1888756028)
                < 1e-9)
    }

    @Test("a percentile is within the three digits that are kept, and the largest value is exact")
    func histogram() {
        var histogram = LatencyHistogram()
        #expect(histogram.percentile(50) == nil)
        for value: UInt64 in 1...10_000 { histogram.record(value * 1000) }
        #expect(histogram.count == 10_000 && histogram.maxNanoseconds == 10_000_000)
        for percentile in [50.0, 90, 99, 99.9] {
            let expected = percentile * 100_000
            #expect(abs(Double(histogram.percentile(percentile) ?? 0) - expected) <= expected * 0.001 + 1000)
        }
        #expect(histogram.percentile(100) == 10_000_000)
        let day: UInt64 = 86_400_000_000_000
        histogram.record(day)
        #expect(histogram.count == 10_001 && histogram.percentile(100) == day)
    }
}
