import Testing

@testable import World

@Suite("Time-outs of a process")
struct TimeoutQueueTests {
    private var queue = TimeoutQueue()

    private mutating func insert(_ ordinal: UInt64, due time: UInt64) -> Bool {
        queue.insert(TimeoutQueue.Entry(timeNanoseconds: time, ordinal: ordinal, value: ordinal, port: 0, kind: 1))
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
}
