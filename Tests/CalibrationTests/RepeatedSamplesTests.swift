import Testing

@testable import Calibration
@testable import World

@Suite("Times of several runs")
struct RepeatedSamplesTests {
    private func samples(_ kinds: [String], _ nanoseconds: [UInt32]) throws -> [HandlerSample] {
        try zip(kinds, nanoseconds).map {
            HandlerSample(
                tier: .chatServer, kindNumber: try #require(HandledKind(name: $0)).number, nanoseconds: $1)
        }
    }

    private func times(_ kinds: [String], runs: [[UInt32]], of kind: String) throws -> HandledTimes {
        var repeated = RepeatedSamples(try samples(kinds, runs[0]))
        for run in runs.dropFirst() { repeated.add(try samples(kinds, run)) }
        #expect(repeated.runCount == runs.count)
        let number = try #require(HandledKind(name: kind)).number
        return try #require(repeated.grouped()[HandledGroup(tier: .chatServer, kindNumber: number)])
    }

    @Test("what takes long in every run is work, what takes long in one is an interruption")
    func median() throws {
        let times = try times(
            ["submit", "submit", "submit", "close"],
            runs: [[100, 9_000, 100, 50], [110, 9_300, 70_000, 50], [90, 9_600, 120, 50]], of: "submit")
        #expect(times.medians == [100, 9_300, 120])
        #expect(times.interruptionCount == 1)
        #expect(times.sums == [9_200, 9_530, 9_810])
        let mean = 9_520.0 / 3 - 20
        #expect(times.meanNanoseconds(clock: 20) == mean)
        #expect(times.quantileNanoseconds(0.5, clock: 20) == 100)
        #expect(times.quantileNanoseconds(0.99, clock: 20) == 9_280)
    }

    @Test("the spread is half of what is between the least and the greatest mean of a run, over the mean")
    func spread() throws {
        let times = try times(["put"], runs: [[120], [140], [110]], of: "put")
        #expect(times.meanNanoseconds(clock: 20) == 100)
        #expect(times.spread(clock: 20) == 0.15)
        let same = try self.times(["put"], runs: [[120], [120]], of: "put")
        #expect(same.spread(clock: 20) == 0)
    }

    @Test("what takes no longer than reading the clock takes nothing")
    func nothing() throws {
        let times = try times(["row"], runs: [[18], [19], [20]], of: "row")
        #expect(times.meanNanoseconds(clock: 20) == 0)
        #expect(times.quantileNanoseconds(0.99, clock: 20) == 0)
        #expect(times.spread(clock: 20) == 0)
    }

    @Test("the times of two worlds are put together")
    func merge() throws {
        var times = try times(["put"], runs: [[100], [100], [9_000]], of: "put")
        times.merge(try self.times(["put", "put"], runs: [[200, 10], [210, 10], [220, 10]], of: "put"))
        #expect(times.medians == [100, 210, 10])
        #expect(times.sums == [310, 320, 330])
        #expect(times.interruptionCount == 1)
    }
}
