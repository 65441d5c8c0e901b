import Foundation
import Simulation
import Statistics
import Testing

/// Statistical checks take fixed seeds; each would refuse a right process once in 10,000 seeds.
@Suite("Users with deadlines")
struct RenewalArrivalsTests {
    private static let significance = 1e-4

    /// A law with its mean and standard deviation in seconds, its distribution function, and that of the time from a random moment
    /// to the next action: the integral of the tail over the mean.
    struct Sample: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let gap: Distribution
        let mean: Double
        let deviation: Double
        let law: GoodnessOfFit.Law
        let residual: @Sendable (Double) -> Double
    }

    static let samples: [Sample] = {
        let sigma = 1.0986122886681098 / 2.3263478740408408
        let lognormal = GoodnessOfFit.Law.lognormal(logMean: 0, logDeviation: sigma)
        let biased = GoodnessOfFit.Law.lognormal(logMean: sigma * sigma, logDeviation: sigma)
        let lognormalMean = exp(sigma * sigma / 2)
        return [
            Sample(
                testDescription: "uniform", gap: .uniform(from: 500_000_000, to: 1_500_000_000), mean: 1,
                deviation: 1 / 12.0.squareRoot(), law: .uniform(from: 0.5, to: 1.5),
                residual: { $0 < 0.5 ? $0 : $0 - ($0 - 0.5) * ($0 - 0.5) / 2 }),
            Sample(
                testDescription: "exponential", gap: .exponential(mean: 1_000_000_000), mean: 1, deviation: 1,
                law: .exponential(mean: 1), residual: { 1 - exp(-$0) }),
            Sample(
                testDescription: "lognormal", gap: .lognormal(median: 1_000_000_000, p99: 3_000_000_000),
                mean: lognormalMean, deviation: lognormalMean * (exp(sigma * sigma) - 1).squareRoot(), law: lognormal,
                residual: { biased.cumulative($0) + $0 * (1 - lognormal.cumulative($0)) / lognormalMean }),
            // Gamma(1/2) and Gamma(2): the regularised incomplete functions are erf of a root and 1 - (1 + y) e^-y.
            Sample(
                testDescription: "regular Weibull", gap: .weibull(scale: 1_000_000_000, shape: 2),
                mean: 0.8862269254527580, deviation: 0.4632513751, law: .weibull(scale: 1, shape: 2),
                residual: { erf($0) }),
            Sample(
                testDescription: "bursty Weibull", gap: .weibull(scale: 1_000_000_000, shape: 0.5), mean: 2,
                deviation: 20.0.squareRoot(), law: .weibull(scale: 1, shape: 0.5),
                residual: { 1 - (1 + $0.squareRoot()) * exp(-$0.squareRoot()) }),
        ]
    }()

    @Test("the first deadlines follow the stationary law", arguments: samples)
    func firstDeadlines(sample: Sample) {
        var draws = RandomStream(seed: 1, component: 0, purpose: 1)
        let first = (0..<20_000).map { _ in Double(sample.gap.sampleResidual(drawing: &draws)) / 1e9 }
        #expect(GoodnessOfFit.kolmogorovSmirnov(first, cumulative: sample.residual) > Self.significance)
        // That of a gap itself would be refused, but for the law without memory.
        let isOfGaps = GoodnessOfFit.kolmogorovSmirnov(first, law: sample.law) > Self.significance
        #expect(isOfGaps == (sample.testDescription == "exponential"))
    }

    @Test("users with a constant gap are spread evenly over it")
    func firstDeadlinesOfConstantGaps() {
        let record = ArrivalRecord.renewal(userCount: 4000, gap: .constant(1_000_000_000), actions: 4000, seed: 1)
        let times = record.timesNanoseconds.map { Double($0) / 1e9 }
        #expect(GoodnessOfFit.kolmogorovSmirnov(times, law: .uniform(from: 0, to: 1)) > Self.significance)
    }

    @Test("the gaps of users follow the law", arguments: samples)
    func gapsOfUsers(sample: Sample) {
        // A user's number of gaps in a given time depends on their lengths; the first hundred of each do not.
        let record = ArrivalRecord.renewal(userCount: 100, gap: sample.gap, actions: 60_000, seed: 3)
        var last: [UInt32: UInt64] = [:]
        var gaps: [UInt32: [Double]] = [:]
        for (user, time) in zip(record.users, record.timesNanoseconds) {
            if let before = last[user] { gaps[user, default: []].append(Double(time - before) / 1e9) }
            last[user] = time
        }
        let first = (0..<UInt32(100)).flatMap { (gaps[$0] ?? []).prefix(100) }
        #expect(first.count == 10_000)
        #expect(GoodnessOfFit.kolmogorovSmirnov(first, law: sample.law) > Self.significance)
    }

    @Test("users act at the rate of the law, from the start on", arguments: samples)
    func rate(sample: Sample) {
        // In a stationary process the mean number is exactly the time over the mean gap; over many gaps its variance is the time times
        // deviation^2 / mean^3. Four deviations are left to chance (6 in 100,000).
        let record = ArrivalRecord.renewal(userCount: 1000, gap: sample.gap, actions: 40_000, seed: 4)
        let seconds = Double(record.timesNanoseconds.last ?? 0) / 1e9
        let variance = 1000 * seconds * sample.deviation * sample.deviation / pow(sample.mean, 3)
        #expect(abs(40_000 - 1000 * seconds / sample.mean) < 4 * variance.squareRoot())
        // And so in the first tenth of it, in which few have acted twice: each acts or not, nearly, or in bursts.
        let early = record.timesNanoseconds.count { Double($0) / 1e9 < seconds / 10 }
        let expected = 100 * seconds / sample.mean
        let bursts = max(1, sample.deviation * sample.deviation / (sample.mean * sample.mean))
        #expect(abs(Double(early) - expected) < 4 * (expected * bursts).squareRoot())
    }

    @Test("memoryless users with deadlines act as superposed ones do")
    func equalToSuperposed() {
        let deadlines = ArrivalRecord.renewal(
            userCount: 40, gap: .exponential(mean: 1_000_000_000), actions: 20_000, seed: 5)
        let superposed = ArrivalRecord.superposed(
            userCount: 40, meanNanoseconds: 1_000_000_000, actions: 20_000, seed: 6)
        let law = GoodnessOfFit.Law.exponential(mean: 1e9 / 40)
        #expect(GoodnessOfFit.kolmogorovSmirnov(deadlines.gaps, law: law) > Self.significance)
        #expect(GoodnessOfFit.kolmogorovSmirnov(deadlines.gaps, and: superposed.gaps) > Self.significance)
        #expect(GoodnessOfFit.kolmogorovSmirnov(deadlines.gapsOfUsers, and: superposed.gapsOfUsers) > Self.significance)
        let (counts, others) = (deadlines.counts(userCount: 40), superposed.counts(userCount: 40))
        let halves = zip(counts, others).map { Double($0 + $1) / 2 }
        let probability = GoodnessOfFit.chiSquare(
            observed: counts + others, expected: halves + halves, degreesOfFreedom: 39)
        #expect(probability > Self.significance)
    }

    @Test("users with a constant gap act in the same order, again and again", arguments: [1, 2, 4, 5, 6, 17, 21, 4096])
    func constant(userCount: Int) {
        let record = ArrivalRecord.renewal(
            userCount: UInt32(userCount), gap: .constant(1_000_000_000), actions: userCount * 4, seed: 7)
        #expect(record.timesNanoseconds == record.timesNanoseconds.sorted())
        #expect((record.timesNanoseconds.first ?? 0) > 0)
        #expect(Set(record.users.prefix(userCount)).count == userCount, "each acts once before any acts again")
        for index in userCount..<userCount * 4 {
            #expect(record.users[index] == record.users[index - userCount])
            #expect(record.timesNanoseconds[index] == record.timesNanoseconds[index - userCount] + 1_000_000_000)
        }
    }

    @Test("users who act at the same time act in the order of their numbers, and none stands still")
    func ties() {
        // All first deadlines, and all gaps, are raised to one nanosecond.
        let record = ArrivalRecord.renewal(userCount: 9, gap: .constant(0), actions: 27, seed: 8)
        #expect(record.users == Array(0..<9) + Array(0..<9) + Array(0..<9))
        #expect(record.timesNanoseconds == [1, 2, 3].flatMap { [UInt64](repeating: $0, count: 9) })
    }

    @Test("a deadline that is too far away never comes")
    func never() {
        #expect(ArrivalRecord.renewal(userCount: 3, gap: .constant(1 << 61), actions: 5, seed: 9).users.isEmpty)
        let once = ArrivalRecord.renewal(userCount: 3, gap: .constant(1 << 52), actions: 5, seed: 10)
        #expect(once.users.sorted() == [0, 1, 2], "each acts once in 52 days")
    }
}
