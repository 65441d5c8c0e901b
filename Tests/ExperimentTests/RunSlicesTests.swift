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
}
