internal import CProcessor

/// Keys of events that are to be sorted: the offset of the event's time in a span in the upper half of a word, the event's place
/// in the arena in the lower half. The events themselves stay where they are.
@usableFromInline
enum EventKeys {
    /// Up to this many keys are sorted by counting, for each key, those before it.
    static var rankSortMax: Int { 32 }

    @inlinable
    static func key(offset: UInt64, index: UInt32) -> UInt64 { offset << 32 | UInt64(index) }

    @inlinable
    static func offset(of key: UInt64) -> UInt64 { key >> 32 }

    @inlinable
    static func index(of key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key) }

    /// So many words behind the keys may be read, and written behind the result.
    static var sortSlack: Int { 16 }

    /// Sorts keys in the total order of their events.
    ///
    /// - Parameters:
    ///   - source: The keys, with offsets below 2^31, and ``sortSlack`` words behind them, with anything in them.
    ///   - target: Where the result goes, with room for ``sortSlack`` words more. It may not overlap with the source.
    static func sort(
        _ source: UnsafePointer<UInt64>, count: Int, into target: UnsafeMutablePointer<UInt64>,
        arena: borrowing EventArena
    ) {
        if count == 1 {
            target[0] = source[0]
            return
        }
        if count <= rankSortMax, sortByRank(source, Int32(count), into: target) { return }
        target.update(from: source, count: count)
        var all = UnsafeMutableBufferPointer(start: target, count: count)
        all.sort()
        orderEqualTimes(target, count: count, arena: arena)
    }

    /// Counts, for each key, how many come before it: that is its place. No branch depends on a key, and hardly one on how many
    /// there are, so that the processor rarely waits for a branch that it guessed wrong.
    ///
    /// - Returns: False if two offsets are equal: the result is of no use then.
    @inline(__always)
    private static func sortByRank(
        _ source: UnsafePointer<UInt64>, _ count: Int32, into target: UnsafeMutablePointer<UInt64>
    ) -> Bool {
        if count <= 8 { return confab_sort_8(source, count, target) }
        if count <= 16 { return confab_sort_16(source, count, target) }
        return count <= 24 ? confab_sort_24(source, count, target) : confab_sort_32(source, count, target)
    }

    /// Keys with the same offset stand in the order of their places; the total order says otherwise.
    private static func orderEqualTimes(
        _ keys: UnsafeMutablePointer<UInt64>, count: Int, arena: borrowing EventArena
    ) {
        var first = 0
        while first + 1 < count {
            guard keys[first] >> 32 == keys[first + 1] >> 32 else {
                first += 1
                continue
            }
            var end = first + 2
            while end < count, keys[end] >> 32 == keys[first] >> 32 { end += 1 }
            let chunks = arena.chunks
            var equals = UnsafeMutableBufferPointer(start: keys + first, count: end - first)
            equals.sort { left, right in
                EventArena.address(of: index(of: left), chunks: chunks).pointee
                    .precedes(EventArena.address(of: index(of: right), chunks: chunks).pointee)
            }
            first = end
        }
    }
}
