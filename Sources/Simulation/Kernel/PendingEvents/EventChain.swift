/// Events in no order, in a chain of chunks of an ``EventArena``.
@frozen
@usableFromInline
struct EventChain {
    /// Where the next event goes. At the beginning of a chunk there is no room: chunks lie at multiples of their length.
    @usableFromInline var end: UInt = 0
    @usableFromInline var firstChunk = EventArena.none
    @usableFromInline var lastChunk = EventArena.none
    @usableFromInline var chunkCount: UInt32 = 0

    @inlinable
    init() {}

    /// How many events there are.
    @inlinable var count: Int {
        guard chunkCount > 0 else { return 0 }
        return (Int(chunkCount) - 1) * Int(EventArena.chunkEventCount) + Int(Self.place(of: end &- 1)) + 1
    }

    /// The place in its chunk of the event at an address.
    @inlinable @inline(__always)
    static func place(of address: UInt) -> UInt32 {
        UInt32(truncatingIfNeeded: address % EventArena.chunkByteCount) / UInt32(MemoryLayout<Event>.stride)
    }

    /// Makes room for another event, which is to be written before anything is read.
    ///
    /// - Returns: Where it goes.
    @inlinable @inline(__always)
    mutating func makeRoom(arena: inout EventArena) -> UnsafeMutablePointer<Event> {
        if end % EventArena.chunkByteCount == 0 { addChunk(arena: &arena) }
        return takeRoom()
    }

    /// The room at the end, which is there.
    @inlinable @inline(__always)
    mutating func takeRoom() -> UnsafeMutablePointer<Event> {
        let address = end
        end = address &+ UInt(MemoryLayout<Event>.stride)
        return UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
    }

    /// Appends an event.
    mutating func append(_ event: Event, arena: inout EventArena) {
        makeRoom(arena: &arena).initialize(to: event)
    }

    @usableFromInline
    mutating func addChunk(arena: inout EventArena) {
        let chunk = arena.allocate()
        if firstChunk == EventArena.none {
            firstChunk = chunk
        } else {
            arena.next[Int(lastChunk)] = chunk
        }
        lastChunk = chunk
        chunkCount += 1
        end = UInt(bitPattern: arena.chunks[Int(chunk)])
    }

    /// Calls `body` with the place of each event, in the order in which they were appended.
    @inlinable @inline(__always)
    func forEach(in arena: borrowing EventArena, _ body: (UnsafeMutablePointer<Event>, _ index: UInt32) -> Void) {
        var chunk = firstChunk
        var left = count
        while left > 0 {
            let base = arena.chunks[Int(chunk)]
            let following = arena.next[Int(chunk)]
            if following != EventArena.none {
                Prefetch.bytes(4 * MemoryLayout<Event>.stride, from: arena.chunks[Int(following)])
            }
            let here = UInt32(truncatingIfNeeded: min(left, Int(EventArena.chunkEventCount)))
            let first = chunk &* EventArena.chunkEventCount
            for place in 0..<here { body(base + Int(place), first &+ place) }
            left &-= Int(here)
            chunk = following
        }
    }

    /// Gives the memory back and forgets the events.
    @inlinable
    mutating func removeAll(arena: inout EventArena) {
        if firstChunk != EventArena.none { arena.release(first: firstChunk, last: lastChunk) }
        self = EventChain()
    }
}
