import Testing

@testable import Experiment

@Suite("Slices of a run")
struct RunSlicesTests {
    private func limits(isBusy: Bool, eventsPerSecond: UInt64) -> [UInt64] {
        var slices = RunSlices(durationNanoseconds: 4_000_000_000, isBusy: isBusy)
        var limits: [UInt64] = []
        while let limit = slices.next {
            limits.append(limit)
            slices.reached(limit, eventCount: limit / 1000 * eventsPerSecond / 1_000_000)
        }
        return limits
    }

    @Test("a busy run is watched from its first hundredth of a second on, and each slice comes to about as many events")
    func busy() {
        let busy = limits(isBusy: true, eventsPerSecond: 4_000_000)
        #expect(busy.first == 10_000_000 && busy.last == 4_000_000_000)
        #expect(zip(busy, busy.dropFirst()).allSatisfy { $0 < $1 && $1 - $0 <= 50_000_000 })
        #expect(limits(isBusy: false, eventsPerSecond: 4_000_000).first == 1_000_000_000)
    }

    @Test("where little happens slices grow until the end is reached")
    func quiet() {
        #expect(limits(isBusy: false, eventsPerSecond: 10) == [1_000_000_000, 3_000_000_000, 4_000_000_000])
    }

    /// The lengths of the slices of a run in which so many events happen in a second, in nanoseconds.
    private func lengths(
        seconds: UInt64, connectionCount: UInt64 = 0, eventsPerSecond: (UInt64) -> UInt64
    ) -> [UInt64] {
        var slices = RunSlices(durationNanoseconds: seconds * 1_000_000_000, connectionCount: connectionCount)
        var (lengths, reached, events): ([UInt64], UInt64, UInt64) = ([], 0, 0)
        while let limit = slices.next {
            lengths.append(limit - reached)
            events += eventsPerSecond(reached) * (limit - reached) / 1_000_000_000
            reached = limit
            slices.reached(limit, eventCount: events)
        }
        return lengths
    }

    @Test("slices cover the run, and are longer in quiet times and shorter in a storm")
    func lengths() throws {
        let all = lengths(seconds: 300) { $0 < 60_000_000_000 ? 10 : 10_000_000 }
        #expect(all.reduce(0, +) == 300_000_000_000)
        #expect(all[0] == 1_000_000_000 && all.max() == 64_000_000_000)
        #expect(try #require(all.dropLast().last) < 20_000_000)
    }

    @Test("the more connections there are, the shorter is the longest slice", arguments: [2, 500] as [UInt64])
    func large(millions: UInt64) {
        let all = lengths(seconds: 10, connectionCount: millions * 1_000_000) { _ in 0 }
        #expect(all.reduce(0, +) == 10_000_000_000 && all.max() == 4_000_000_000 / millions)
    }
}
