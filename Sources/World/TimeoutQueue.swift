internal import DequeModule
import Simulation

/// The time-outs of a process, the first first: timers that nobody awaits any more when they are due, but for a few.
///
/// Only the first is an event. When that has happened, those behind it that are stale are dropped, and the next one becomes an event. Each has
/// the number that it was given when it was asked for, so that those that happen do so when and in the order in which they would if each had
/// been an event from the start.
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
        /// Whether it is an event by now.
        var isScheduled = false
    }

    private var entries: Deque<Entry> = []

    /// Puts a time-out where it belongs.
    ///
    /// - Returns: Whether it is the first, so that it must be scheduled; it is taken to be.
    /// - Complexity: O(1) if it is the last, as it is where all have the same length; else O(those that come after it).
    mutating func insert(_ entry: Entry) -> Bool {
        var place = entries.count
        while place > 0, entries[place - 1].timeNanoseconds > entry.timeNanoseconds { place -= 1 }
        entries.insert(entry, at: place)
        if place == 0 { entries[0].isScheduled = true }
        return place == 0
    }

    /// Takes out a time-out whose event happens.
    ///
    /// - Returns: Whether the event is one of a time-out.
    mutating func remove(ordinal: UInt64) -> Bool {
        // Those before the first one that was scheduled were scheduled too.
        guard let first = entries.first, first.ordinal == ordinal else { return false }
        entries.removeFirst()
        return true
    }

    /// Drops those at the front that are stale.
    ///
    /// - Returns: The first that is left, if it must be scheduled; it is taken to be.
    mutating func advance(isStale: (Entry) -> Bool) -> Entry? {
        while let first = entries.first, !first.isScheduled {
            if !isStale(first) {
                entries[0].isScheduled = true
                return first
            }
            entries.removeFirst()
        }
        return nil
    }

    /// Forgets all of them.
    mutating func removeAll() {
        entries.removeAll()
    }
}
