import Testing

@testable import World

@Suite("Time-outs of a process")
struct TimeoutQueueTests {
    private var queue = TimeoutQueue()

    private mutating func insert(
        _ ordinal: UInt64, due time: UInt64, isStale: (TimeoutQueue.Entry) -> Bool = { _ in false }
    ) -> Bool {
        queue.insert(
            TimeoutQueue.Entry(timeNanoseconds: time, ordinal: ordinal, value: ordinal, port: 0, kind: 1),
            isStale: isStale)
    }

    @Test("only the first is an event; the next one becomes one once that has happened")
    mutating func oneAtATime() {
        let (first, second, third) = (insert(1, due: 10), insert(2, due: 20), insert(3, due: 20))
        #expect(first && !second && !third)
        let tooEarly = queue.advance { _ in false }
        #expect(tooEarly == nil, "the first is an event already")
        let happened = queue.remove(ordinal: 1)
        #expect(happened)
        #expect(queue.advance { _ in false }?.ordinal == 2)
        #expect(queue.advance { _ in false } == nil, "and so is the second now")
        let secondHappened = queue.remove(ordinal: 2)
        #expect(secondHappened && queue.advance { _ in false }?.ordinal == 3)
    }

    @Test("those that nobody awaits are dropped on the way")
    mutating func stale() {
        for ordinal: UInt64 in 1...4 { _ = insert(ordinal, due: ordinal * 10) }
        _ = queue.remove(ordinal: 1)
        #expect(queue.advance { $0.value < 4 }?.ordinal == 4)
        let dropped = queue.remove(ordinal: 3)
        #expect(!dropped, "it never becomes an event")
        let last = queue.remove(ordinal: 4)
        #expect(last && queue.advance { _ in false } == nil)
    }

    @Test("one that is due before the others is an event at once, and the one after it still happens")
    mutating func earlier() {
        let (late, early) = (insert(1, due: 30), insert(2, due: 10))
        #expect(late && early, "both are events")
        let last = insert(3, due: 40)
        #expect(!last)
        let happened = queue.remove(ordinal: 2)
        #expect(happened && queue.advance { _ in true } == nil, "the next is an event already, wanted or not")
        let lateHappened = queue.remove(ordinal: 1)
        #expect(lateHappened && queue.advance { _ in false }?.ordinal == 3)
    }

    @Test("other timers and time-outs of an earlier life are not its own")
    mutating func others() {
        _ = insert(5, due: 10)
        let other = queue.remove(ordinal: 4)
        queue.removeAll()
        let forgotten = queue.remove(ordinal: 5)
        #expect(!other && !forgotten)
    }

    @Test("those that nobody awaits are dropped before the queue grows, but for the first, which is an event")
    mutating func growth() {
        for ordinal: UInt64 in 1...20_000 {
            let isFirst = insert(ordinal, due: 1_000_000 + ordinal) { $0.value + 3 < ordinal }
            if isFirst != (ordinal == 1) { Issue.record("\(ordinal)") }
        }
        #expect(queue.count <= 16, "three are awaited")
        let happened = queue.remove(ordinal: 1)
        #expect(happened && queue.advance { $0.value < 19_998 }?.ordinal == 19_998)
    }

    @Test("a queue of time-outs that are all awaited grows, and looks for stale ones more rarely the longer it is")
    mutating func awaited() {
        var askedCount = 0
        for ordinal: UInt64 in 1...20_000 {
            _ = insert(ordinal, due: ordinal) { _ in
                askedCount += 1
                return false
            }
        }
        #expect(queue.count == 20_000 && askedCount < 40_000)
    }

    /// Something that asks for time-outs of three lengths and mostly gets what it waits for before they are over.
    private struct Workload {
        /// When it happens, its number, and up to when it is awaited.
        let timeouts: [(asked: UInt64, due: UInt64, awaitedUntil: UInt64)]

        init(seed: UInt64, count: Int) {
            var state = seed
            func draw(_ bound: UInt64) -> UInt64 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return (state >> 33) % bound
            }
            var (now, timeouts): (UInt64, [(asked: UInt64, due: UInt64, awaitedUntil: UInt64)]) = (0, [])
            for _ in 0..<count {
                now += draw(4)
                let due = now + [20, 100, 600][Int(draw(3))] + draw(2)
                timeouts.append((now, due, draw(10) == 0 ? .max : now + draw(30)))
            }
            self.timeouts = timeouts
        }

        /// Which time-outs happen to someone who awaits them, in their order, if each is an event.
        var effective: [UInt64] {
            timeouts.indices.filter { timeouts[$0].due < timeouts[$0].awaitedUntil }
                .sorted { (timeouts[$0].due, $0) < (timeouts[$1].due, $1) }.map(UInt64.init)
        }
    }

    @Test(
        "of time-outs of several lengths the same have an effect, in the same order, as if each were an event, and few others happen",
        arguments: 1...5 as ClosedRange<UInt64>)
    mutating func asEvents(seed: UInt64) {
        let workload = Workload(seed: seed, count: 1000)
        var (events, effective, eventCount): ([TimeoutQueue.Entry], [UInt64], Int) = ([], [], 0)
        var now: UInt64 = 0
        func isStale(_ entry: TimeoutQueue.Entry) -> Bool { now >= workload.timeouts[Int(entry.ordinal)].awaitedUntil }
        func happen(before limit: UInt64, _ queue: inout TimeoutQueue) {
            while let next = events.min(), next.timeNanoseconds < limit {
                events.removeAll { $0 == next }
                eventCount += 1
                now = next.timeNanoseconds
                let isTimeout = queue.remove(ordinal: next.ordinal)
                #expect(isTimeout)
                if !isStale(next) { effective.append(next.ordinal) }
                if let following = queue.advance(isStale: isStale) { events.append(following) }
            }
        }
        for (ordinal, timeout) in workload.timeouts.enumerated() {
            happen(before: timeout.asked, &queue)
            now = timeout.asked
            let entry = TimeoutQueue.Entry(
                timeNanoseconds: timeout.due, ordinal: UInt64(ordinal), value: 0, port: 0, kind: 1)
            if queue.insert(entry, isStale: isStale) { events.append(entry) }
        }
        happen(before: .max, &queue)
        #expect(effective == workload.effective && queue.count == 0)
        #expect(eventCount < workload.timeouts.count / 2)
    }
}
