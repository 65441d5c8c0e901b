/// A ring of chains of events, one for each span of 2^``shift`` nanoseconds (a timing wheel). Which spans the ring holds at a time
/// is up to its owner; there are never more than ``spanCount``.
@frozen
@usableFromInline
struct EventRing: ~Copyable {
    /// How many spans, a power of two, at least 64.
    @usableFromInline let spanCount: Int
    @usableFromInline let shift: UInt64
    @usableFromInline var chains: UnsafeMutablePointer<EventChain>
    /// One bit for each chain that has events.
    @usableFromInline var occupied: UnsafeMutablePointer<UInt64>

    init(spanCount: Int, shift: UInt64) {
        precondition(spanCount >= 64 && spanCount & (spanCount - 1) == 0, "a power of two")
        self.spanCount = spanCount
        self.shift = shift
        chains = .allocate(capacity: spanCount)
        chains.initialize(repeating: EventChain(), count: spanCount)
        occupied = .allocate(capacity: spanCount / 64)
        occupied.initialize(repeating: 0, count: spanCount / 64)
    }

    @inlinable
    deinit {
        chains.deallocate()
        occupied.deallocate()
    }

    @inlinable @inline(__always)
    func index(of span: UInt64) -> Int {
        Int(truncatingIfNeeded: span) & (spanCount &- 1)
    }

    /// Makes room for an event at a time.
    ///
    /// - Returns: Where the event is to be written.
    @inlinable @inline(__always)
    mutating func makeRoom(timeNanoseconds: UInt64, arena: inout EventArena) -> UnsafeMutablePointer<Event> {
        let index = index(of: timeNanoseconds &>> shift)
        if chains[index].end % EventArena.chunkByteCount == 0 { addChunk(index, arena: &arena) }
        return chains[index].takeRoom()
    }

    /// The chunk of a chain is full, or there is none yet.
    @usableFromInline
    @inline(never)
    mutating func addChunk(_ index: Int, arena: inout EventArena) {
        chains[index].addChunk(arena: &arena)
        occupied[index >> 6] |= 1 << UInt64(truncatingIfNeeded: index & 63)
    }

    /// Takes the chain of a span out.
    mutating func take(_ span: UInt64) -> EventChain {
        let index = index(of: span)
        let chain = chains[index]
        chains[index] = EventChain()
        occupied[index &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: index))
        return chain
    }

    /// Puts a chain back that was taken out. There is none of that span.
    mutating func putBack(_ chain: EventChain, span: UInt64) {
        let index = index(of: span)
        chains[index] = chain
        occupied[index &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: index)
    }

    /// The first span with events, not before `start`; nothing if there is none. It is found by words of 64 bits around the ring.
    func firstSpan(from start: UInt64) -> UInt64? {
        let begin = index(of: start)
        let wordCount = spanCount / 64
        var word = begin >> 6
        var bits = occupied[word] & (UInt64.max << UInt64(begin & 63))
        for step in 0...wordCount {
            // The word of the start comes again at the end, for the spans before the start.
            if step == wordCount { bits = occupied[word] & ~(UInt64.max << UInt64(begin & 63)) }
            if bits != 0 {
                let index = word << 6 + bits.trailingZeroBitCount
                return start + UInt64((index - begin) & (spanCount - 1))
            }
            word = (word + 1) & (wordCount - 1)
            bits = occupied[word]
        }
        return nil
    }

    /// Calls `body` with each event, in no order.
    func forEach(in arena: borrowing EventArena, _ body: (Event) -> Void) {
        for index in 0..<spanCount {
            chains[index].forEach(in: arena) { event, _ in body(event.pointee) }
        }
    }
}
