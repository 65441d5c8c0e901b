internal import HeapModule
import Simulation

/// The time-outs of a process, the first first: timers that nobody awaits any more when they are due, but for a few.
///
/// Only the first is an event. When that has happened, those behind it that are stale are dropped, and the next one becomes an event. Each has
/// the number that it was given when it was asked for, so that those that happen do so when and in the order in which they would if each had
/// been an event from the start. Time-outs of different lengths may be mixed. Whenever their number has doubled, those that are stale are
/// dropped wherever they are, so that the queue takes memory for those that are awaited, not for those that were asked for.
struct TimeoutQueue {
    /// A time-out.
    struct Entry {
        let timeNanoseconds: UInt64
        /// The number of its event.
        let ordinal: UInt64
        /// What the component wrote on it.
        let value: UInt64
        /// The endpoint that it is for.
        let port: UInt32
        let kind: UInt16
        /// Whether it is an event by now. Those before one that is are events too.
        var isScheduled = false
    }

    private var entries = Heap<Entry>()
    /// How many there may be before stale ones are looked for.
    private var countMax = Self.countMaxLeast
    private static let countMaxLeast: UInt32 = 8

    /// How many there are, with those that are stale.
    var count: Int { entries.count }

    /// Puts a time-out where it belongs, and drops those that are stale if there are twice as many as were left when that was done last. Which
    /// ones are events does not depend on it.
    ///
    /// - Returns: Whether it is the first, so that it must be scheduled; it is taken to be.
    /// - Complexity: O(log count) at the most, O(1) if it is the last, as it is where all have the same length; with the looking for stale ones
    ///   on average.
    mutating func insert(_ entry: Entry, isStale: (Entry) -> Bool) -> Bool {
        if entries.count >= countMax {
            entries.removeAll { !$0.isScheduled && isStale($0) }
            countMax = max(Self.countMaxLeast, UInt32(entries.count) * 2)
        }
        guard let first = entries.min, first < entry else {
            var scheduled = entry
            scheduled.isScheduled = true
            entries.insert(scheduled)
            return true
        }
        entries.insert(entry)
        return false
    }

    /// Takes out a time-out whose event happens.
    ///
    /// - Returns: Whether the event is one of a time-out.
    /// - Complexity: O(log count).
    mutating func remove(ordinal: UInt64) -> Bool {
        guard entries.min?.ordinal == ordinal else { return false }
        entries.removeMin()
        return true
    }

    /// Drops those at the front that are stale.
    ///
    /// - Returns: The first that is left, if it must be scheduled; it is taken to be.
    /// - Complexity: O(log count) for each that is dropped.
    mutating func advance(isStale: (Entry) -> Bool) -> Entry? {
        while var first = entries.min, !first.isScheduled {
            if !isStale(first) {
                first.isScheduled = true
                entries.replaceMin(with: first)
                return first
            }
            entries.removeMin()
        }
        return nil
    }

    /// Forgets all of them.
    mutating func removeAll() {
        self = TimeoutQueue()
    }
}

extension TimeoutQueue.Entry: Comparable {
    /// Whether it happens earlier.
    static func < (first: Self, second: Self) -> Bool {
        (first.timeNanoseconds, first.ordinal) < (second.timeNanoseconds, second.ordinal)
    }

    static func == (first: Self, second: Self) -> Bool { first.ordinal == second.ordinal }
}
