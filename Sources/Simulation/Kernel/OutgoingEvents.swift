/// Events of one partition for one other, between two exchanges: an array over memory of its own, which is written by one thread
/// and read by another and so asks for no check of who owns it.
@frozen
@usableFromInline
struct OutgoingEvents: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Event>
    @usableFromInline var count = 0
    @usableFromInline var capacity: Int
    private var memory: LargeMemory

    init() {
        capacity = 16
        memory = LargeMemory(byteCount: capacity * MemoryLayout<Event>.stride)
        base = memory.base.bindMemory(to: Event.self, capacity: capacity)
    }

    /// Makes room for another event.
    ///
    /// - Returns: Where it is to be written.
    @inlinable @inline(__always)
    mutating func makeRoom() -> UnsafeMutablePointer<Event> {
        if count == capacity { grow() }
        count &+= 1
        return base + (count &- 1)
    }

    @usableFromInline
    mutating func grow() {
        let larger = LargeMemory(byteCount: 2 * capacity * MemoryLayout<Event>.stride)
        let moved = larger.base.bindMemory(to: Event.self, capacity: 2 * capacity)
        moved.moveInitialize(from: base, count: count)
        memory = larger
        base = moved
        capacity *= 2
    }
}
