/// Events in a heap with four children a node, over memory of its own: the part of the pending-event set that holds the far
/// future, and a plain implementation to test the whole set against.
///
/// - Complexity: O(log n) to insert and to remove the first.
@frozen
@usableFromInline
struct EventHeap: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Event>
    @usableFromInline var capacity: Int
    @usableFromInline private(set) var count = 0

    /// An empty set with room for `capacity` events; it grows as needed.
    @inlinable
    init(capacity: Int = 64) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    @inlinable
    deinit {
        base.deallocate()
    }

    /// The time of the first event; nothing if the set is empty.
    @inlinable
    var firstTimeNanoseconds: UInt64? {
        count > 0 ? base[0].timeNanoseconds : nil
    }

    /// Inserts an event.
    @inlinable
    mutating func insert(_ event: Event) {
        if count == capacity { grow() }
        var index = count
        count += 1
        while index > 0 {
            let parent = (index - 1) / 4
            guard event.precedes(base[parent]) else { break }
            (base + index).initialize(to: base[parent])
            index = parent
        }
        (base + index).initialize(to: event)
    }

    /// Removes the first event if it happens before a time.
    @inlinable
    mutating func removeFirst(before limitNanoseconds: UInt64) -> Event? {
        guard count > 0, base[0].timeNanoseconds < limitNanoseconds else { return nil }
        let first = base[0]
        count -= 1
        if count > 0 { sink(base[count]) }
        return first
    }

    /// Puts an event in the hole at the root.
    @inlinable
    mutating func sink(_ event: Event) {
        var index = 0
        while true {
            let firstChild = index * 4 + 1
            guard firstChild < count else { break }
            var least = firstChild
            var child = firstChild + 1
            while child < min(firstChild + 4, count) {
                if base[child].precedes(base[least]) { least = child }
                child += 1
            }
            guard base[least].precedes(event) else { break }
            base[index] = base[least]
            index = least
        }
        base[index] = event
    }

    @usableFromInline
    mutating func grow() {
        let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
