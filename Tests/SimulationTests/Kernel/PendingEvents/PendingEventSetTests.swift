import Testing

@testable import Simulation

/// The pending-event set against the plain heap: whatever is put in, and whenever, the same comes out.
@Suite("Pending events")
struct PendingEventSetTests {
    /// How far ahead events are put in, in nanoseconds: near, at equal times, and years ahead.
    private static let laws: [Distribution] = [
        .constant(0), .uniform(from: 0, to: 3), .uniform(from: 0, to: 5_000_000), .exponential(mean: 1_000_000_000),
        .weibull(scale: 1_000_000, shape: 0.3), .constant(90_000_000_000_000_000),
    ]

    private func event(_ time: UInt64, _ stream: inout RandomStream, _ ordinal: UInt64) -> Event {
        Event(
            timeNanoseconds: time, target: UInt32(stream.below(3)), source: UInt32(stream.below(3)), ordinal: ordinal,
            kind: 1)
    }

    @Test("it gives back what the heap gives back", arguments: 1...60)
    func oracle(seed: UInt64) {
        var stream = RandomStream(seed: seed, component: 0, purpose: 0)
        var pending = PendingEventSet(shift: [0, 6, 20, 31][Int(stream.below(4))])
        var heap = EventHeap(capacity: 1)
        var now: UInt64 = 0
        var ordinal: UInt64 = 0
        let law = Self.laws[Int(stream.below(UInt64(Self.laws.count)))]
        let other = Self.laws[Int(stream.below(UInt64(Self.laws.count)))]
        for round in 0..<3000 {
            let isGrowing = round / 700 % 2 == 0
            for _ in 0..<stream.below(isGrowing ? 4 : 2) {
                let delay = (stream.below(5) == 0 ? other : law).sample(drawing: &stream)
                let new = event(now + delay, &stream, ordinal)
                ordinal += 1
                pending.insert(new)
                heap.insert(new)
            }
            #expect(pending.firstTimeNanoseconds == heap.firstTimeNanoseconds, "seed \(seed), round \(round)")
            let limit = stream.below(3) == 0 ? UInt64.max : now + law.sample(drawing: &stream)
            let got = pending.removeFirst(before: limit)
            let expected = heap.removeFirst(before: limit)
            #expect(got?.ordinal == expected?.ordinal, "seed \(seed), round \(round)")
            if let expected { now = expected.timeNanoseconds }
            if got?.ordinal != expected?.ordinal { return }
        }
        while let expected = heap.removeFirst(before: .max) {
            #expect(pending.removeFirst(before: .max)?.ordinal == expected.ordinal, "seed \(seed)")
        }
        #expect(pending.firstTimeNanoseconds == nil && pending.count == 0)
    }

    @Test("the width of the spans follows the density of events, and nothing comes out of order meanwhile")
    func tuning() {
        for mean: UInt64 in [1000, 1_000_000, 1_000_000_000] {
            var stream = RandomStream(seed: mean, component: 0, purpose: 0)
            var pending = PendingEventSet()
            let law = Distribution.exponential(mean: mean)
            for ordinal: UInt64 in 0..<20_000 {
                pending.insert(event(law.sample(drawing: &stream), &stream, ordinal))
            }
            var last: Event?
            for ordinal: UInt64 in 20_000..<400_000 {
                guard let next = pending.removeFirst(before: .max) else { return }
                if let last { #expect(last.precedes(next) || last.ordinal < next.ordinal) }
                last = next
                pending.insert(event(next.timeNanoseconds + law.sample(drawing: &stream), &stream, ordinal))
            }
            // 20,000 events in a mean of 2^b nanoseconds: a span of 128 events is 2^(b - 7) wide.
            let wanted = 63 - mean.leadingZeroBitCount - 7
            #expect(abs(Int(pending.near.shift) - max(0, wanted)) <= 2, "mean \(mean), shift \(pending.near.shift)")
            #expect(pending.count == 20_000)
        }
    }

    /// How a crowd of events comes: many within a span that was chosen for few.
    private struct Crowd: CustomTestStringConvertible {
        let name: String
        let shift: UInt64
        let pendingCount: UInt64
        let delay: Distribution
        var testDescription: String { name }
    }

    private static let crowds: [Crowd] = [
        Crowd(
            name: "two events that follow each other in one wide slot", shift: 31, pendingCount: 2,
            delay: .uniform(from: 1, to: 50)),
        Crowd(
            name: "a thousand events in one wide slot", shift: 31, pendingCount: 1000,
            delay: .uniform(from: 0, to: 5000)),
        Crowd(name: "events that come back at once", shift: 20, pendingCount: 300, delay: .uniform(from: 0, to: 2)),
        Crowd(
            name: "one of years ahead among many of now", shift: 0, pendingCount: 500,
            delay: .weibull(scale: 1000, shape: 0.2)),
    ]

    @Test("a crowd comes out in order, and does not hold memory for long", arguments: crowds)
    private func crowd(_ crowd: Crowd) {
        var stream = RandomStream(seed: 1, component: 0, purpose: 0)
        var pending = PendingEventSet(shift: crowd.shift)
        var heap = EventHeap(capacity: 1)
        func put(_ time: UInt64, _ ordinal: UInt64) {
            let new = event(time, &stream, ordinal)
            pending.insert(new)
            heap.insert(new)
        }
        for ordinal in 0..<crowd.pendingCount { put(crowd.delay.sample(drawing: &stream), ordinal) }
        for ordinal in crowd.pendingCount..<200_000 {
            let got = pending.removeFirst(before: .max)
            let expected = heap.removeFirst(before: .max)
            #expect(got?.ordinal == expected?.ordinal)
            guard let expected, got?.ordinal == expected.ordinal else { return }
            put(expected.timeNanoseconds + crowd.delay.sample(drawing: &stream), ordinal)
        }
        #expect(pending.arena.byteCount < 4 << 20, "events that happened long ago keep memory")
    }

    @Test("a set that is dropped with events in it frees them")
    func dropped() {
        for _ in 0..<10 {
            var pending = PendingEventSet()
            var stream = RandomStream(seed: 1, component: 0, purpose: 0)
            for ordinal: UInt64 in 0..<1000 { pending.insert(event(stream.below(1 << 40), &stream, ordinal)) }
            #expect(pending.count == 1000)
        }
    }
}
