/// The events of the span of time whose turn it is, ready to come out in order.
///
/// The span is cut into slots of equal width. Keys of the events are sorted into their slots at once, and the keys of one slot,
/// the active one, are brought into order when its turn comes. An event that is put in meanwhile is linked to its slot, or
/// sorted in among the keys of the active one.
@frozen
@usableFromInline
struct EventWindow: ~Copyable {
    /// A key that was put in while the window was active.
    @frozen
    @usableFromInline
    struct Link {
        @usableFromInline let key: UInt64
        /// The next of the same slot.
        @usableFromInline let next: UInt32

        @inlinable
        init(key: UInt64, next: UInt32) {
            self.key = key
            self.next = next
        }
    }

    @usableFromInline var isActive = false
    /// The number of the span.
    @usableFromInline var span: UInt64 = 0
    @usableFromInline var startNanoseconds: UInt64 = 0
    /// All events of the span, those that have happened too.
    @usableFromInline var chain = EventChain()

    /// Where the keys of each slot end among ``slotKeys``; they begin where those of the slot before end.
    @usableFromInline var slotEnds = GrowingMemory<UInt32>()
    /// The last key that came later for each slot, as its place among ``links``.
    @usableFromInline var slotLinks = GrowingMemory<UInt32>()
    @usableFromInline var slotCount = 0
    /// The base-2 logarithm of the width of a slot in nanoseconds.
    @usableFromInline var slotShift: UInt64 = 0
    /// The first of the active slots.
    @usableFromInline var firstActiveSlot = 0
    /// The slot after the active ones: all before have been active.
    @usableFromInline var nextSlot = 0
    @usableFromInline var slotKeys = GrowingMemory<UInt64>()
    @usableFromInline var slotKeyCount = 0
    /// Which of ``slotKeys`` is asked for next, ahead of its use.
    @usableFromInline var upcomingPosition = 0
    /// Where the keys of the next slot begin.
    @usableFromInline var slotStart: UInt32 = 0
    @usableFromInline var unsortedKeys = GrowingMemory<UInt64>()
    @usableFromInline var links = GrowingMemory<Link>()
    @usableFromInline var linkCount = 0

    /// The keys of the active slot, in order.
    @usableFromInline var keys = GrowingMemory<UInt64>()
    @usableFromInline var keyCount = 0
    /// How many of them are used up.
    @usableFromInline var keyPosition = 0
    /// The first of the keys whose event has not been looked at ahead, and has not been looked at a second time.
    @usableFromInline var lookPositions = (0, 0, 0)
    /// How many keys were moved to make room for others.
    @usableFromInline var keyMoves = 0

    /// How many events a slot should have on average.
    private static var eventsPerSlot: Int { 5 }
    private static var slotCountMax: Int { 1 << 16 }
    /// How many events are brought into order at a time, where there are so many.
    private static var activeEventCountMin: Int { 64 }

    /// A window without events.
    @usableFromInline
    init() {}

    /// Makes the window that of a span.
    ///
    /// - Parameters:
    ///   - chain: The events of the span.
    ///   - span: The number of the span.
    ///   - shift: The base-2 logarithm of the width of the span in nanoseconds, at most 31.
    ///   - expectedCount: How many events the window may have before it is used up.
    mutating func activate(
        _ chain: EventChain, span: UInt64, shift: UInt64, expectedCount: Int, arena: borrowing EventArena
    ) {
        self.chain = chain
        self.span = span
        startNanoseconds = span << shift
        isActive = true
        firstActiveSlot = 0
        nextSlot = 0
        linkCount = 0
        keyCount = 0
        keyPosition = 0
        let wanted = min(max(chain.count, expectedCount) / Self.eventsPerSlot, Self.slotCountMax)
        let isSmall = wanted * Self.eventsPerSlot <= EventKeys.rankSortMax
        let slotBits = isSmall ? 0 : min(shift, UInt64(Int.bitWidth - 1 - wanted.leadingZeroBitCount))
        slotShift = shift - slotBits
        slotCount = 1 << Int(slotBits)
        slotStart = 0
        upcomingPosition = 0
        slotKeyCount = chain.count
        slotEnds.reserve(slotCount, keeping: 0)
        slotLinks.reserve(slotCount, keeping: 0)
        slotKeys.reserve(slotKeyCount + EventKeys.sortSlack, keeping: 0)
        slotLinks.base.update(repeating: .max, count: slotCount)
        if slotCount > 1 {
            distribute(arena: arena)
        } else {
            listAll(arena: arena)
        }
    }

    /// Makes the keys of all events those of the only slot.
    private mutating func listAll(arena: borrowing EventArena) {
        let keys = slotKeys.base
        let start = startNanoseconds
        var position = 0
        chain.forEach(in: arena) { event, index in
            keys[position] = EventKeys.key(offset: event.pointee.timeNanoseconds &- start, index: index)
            position &+= 1
        }
        slotEnds.base[0] = UInt32(slotKeyCount)
    }

    /// Sorts the keys of all events into their slots: counts them, and then puts each in its place.
    private mutating func distribute(arena: borrowing EventArena) {
        let total = slotKeyCount
        unsortedKeys.reserve(total, keeping: 0)
        let unsorted = unsortedKeys.base
        let ends = slotEnds.base
        let slotCount = slotCount
        ends.update(repeating: 0, count: slotCount)
        let start = startNanoseconds
        let slotBits = 32 + slotShift
        var position = 0
        chain.forEach(in: arena) { event, index in
            let key = EventKeys.key(offset: event.pointee.timeNanoseconds &- start, index: index)
            unsorted[position] = key
            position &+= 1
            ends[Int(truncatingIfNeeded: key &>> slotBits)] &+= 1
        }
        var sum: UInt32 = 0
        for slot in 0..<slotCount {
            let count = ends[slot]
            ends[slot] = sum
            sum &+= count
        }
        let placed = slotKeys.base
        for position in 0..<total {
            let key = unsorted[position]
            let slot = Int(truncatingIfNeeded: key &>> slotBits)
            let place = ends[slot]
            placed[Int(place)] = key
            ends[slot] = place &+ 1
        }
    }

    /// Makes the next slots that have events the active ones: so many that the processor, once it is at their events, is not
    /// called away soon.
    ///
    /// - Returns: False if the window is used up.
    mutating func activateNextSlots(arena: borrowing EventArena) -> Bool {
        keyPosition = 0
        keyCount = 0
        lookPositions = (0, 0, 0)
        firstActiveSlot = nextSlot
        while nextSlot < slotCount, keyCount < Self.activeEventCountMin {
            let end = slotEnds.base[nextSlot]
            let count = Int(end &- slotStart)
            let link = slotLinks.base[nextSlot]
            if count > 0 || link != .max { activate(first: Int(slotStart), count: count, link: link, arena: arena) }
            slotStart = end
            nextSlot &+= 1
        }
        upcomingPosition = max(upcomingPosition, Int(slotStart))
        return keyCount > 0
    }

    /// Sorts the keys of a slot in behind those that are active.
    private mutating func activate(first: Int, count placedCount: Int, link: UInt32, arena: borrowing EventArena) {
        var source = UnsafePointer(slotKeys.base + first)
        var count = placedCount
        if link != .max {
            unsortedKeys.reserve(count + linkCount + EventKeys.sortSlack, keeping: 0)
            unsortedKeys.base.update(from: source, count: count)
            var link = link
            while link != .max {
                unsortedKeys.base[count] = links.base[Int(link)].key
                count += 1
                link = links.base[Int(link)].next
            }
            source = UnsafePointer(unsortedKeys.base)
        }
        keys.reserve(keyCount + count + EventKeys.sortSlack, keeping: keyCount)
        EventKeys.sort(source, count: count, into: keys.base + keyCount, arena: arena)
        keyCount &+= count
    }

    /// Puts an event in.
    ///
    /// - Precondition: It is in the span, and does not happen before an event that came out.
    @inlinable
    mutating func insert(_ event: Event, arena: inout EventArena) {
        let address = chain.makeRoom(arena: &arena)
        address.initialize(to: event)
        let place = EventChain.place(of: UInt(bitPattern: address))
        let index = chain.lastChunk &* EventArena.chunkEventCount &+ place
        let offset = event.timeNanoseconds - startNanoseconds
        let key = EventKeys.key(offset: offset, index: index)
        let slot = Int(truncatingIfNeeded: offset &>> slotShift)
        if slot >= nextSlot {
            link(key, slot: slot)
        } else if slot >= firstActiveSlot {
            insertIntoActive(key, event, arena: arena)
        } else {
            stepBack(to: slot)
            link(key, slot: slot)
        }
    }

    @inlinable
    mutating func link(_ key: UInt64, slot: Int) {
        links.reserve(linkCount + 1, keeping: linkCount)
        links.base[linkCount] = Link(key: key, next: slotLinks.base[slot])
        slotLinks.base[slot] = UInt32(truncatingIfNeeded: linkCount)
        linkCount += 1
    }

    /// An event has come for a slot before the active ones, of which none has come out: gives the keys of those back to them.
    @usableFromInline
    mutating func stepBack(to slot: Int) {
        assert(keyPosition == 0 || keyPosition == keyCount, "an event is put in before one that came out")
        // What was put in place is linked from now on.
        for used in slot..<nextSlot {
            slotEnds.base[used] = slotStart
            slotLinks.base[used] = .max
        }
        for position in keyPosition..<keyCount {
            let key = keys.base[position]
            link(key, slot: Int(truncatingIfNeeded: EventKeys.offset(of: key) >> slotShift))
        }
        keyCount = 0
        keyPosition = 0
        firstActiveSlot = slot
        nextSlot = slot
    }

    /// Sorts a key in among those of the active slot that are left.
    @inlinable
    mutating func insertIntoActive(_ key: UInt64, _ event: Event, arena: borrowing EventArena) {
        if keyCount == keys.capacity { makeRoom() }
        let keys = keys.base
        let offset = EventKeys.offset(of: key)
        var position = keyCount
        while position > keyPosition {
            let before = keys[position - 1]
            if EventKeys.offset(of: before) < offset { break }
            if EventKeys.offset(of: before) == offset,
                !event.precedes(arena.address(of: EventKeys.index(of: before)).pointee)
            {
                break
            }
            keys[position] = before
            position -= 1
        }
        keys[position] = key
        keyMoves += keyCount - position
        keyCount += 1
    }

    /// Makes room for another key: where keys were used up, if they are many.
    @usableFromInline
    mutating func makeRoom() {
        guard keyPosition > keyCount / 2, keyPosition > 1 else {
            keys.reserve(keyCount + 1, keeping: keyCount)
            return
        }
        // A position of 0 would say that no event of the slot has come out yet.
        let left = keyCount - keyPosition
        (keys.base + 1).update(from: keys.base + keyPosition, count: left)
        keyPosition = 1
        keyCount = 1 + left
        lookPositions = (1, 1, 1)
    }

    /// Calls `body` with each event that has not come out.
    func forEachLeft(in arena: borrowing EventArena, _ body: (Event) -> Void) {
        for position in keyPosition..<keyCount {
            body(arena.address(of: EventKeys.index(of: keys.base[position])).pointee)
        }
        var start = slotStart
        for slot in nextSlot..<max(nextSlot, slotCount) {
            let end = slotEnds.base[slot]
            for position in start..<end {
                body(arena.address(of: EventKeys.index(of: slotKeys.base[Int(position)])).pointee)
            }
            start = end
            var link = slotLinks.base[slot]
            while link != .max {
                body(arena.address(of: EventKeys.index(of: links.base[Int(link)].key)).pointee)
                link = links.base[Int(link)].next
            }
        }
    }

    /// How many bytes of memory the keys have.
    var byteCount: Int {
        keys.byteCount + slotKeys.byteCount + unsortedKeys.byteCount + slotEnds.byteCount + slotLinks.byteCount
            + links.byteCount
    }

    /// The window is that of no span any more.
    mutating func deactivate() {
        isActive = false
        chain = EventChain()
        slotCount = 0
        slotKeyCount = 0
        firstActiveSlot = 0
        nextSlot = 0
        keyCount = 0
        keyPosition = 0
    }
}
