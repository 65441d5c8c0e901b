/// The events of a partition that have not happened yet.
///
/// Time is cut into spans. A ring of chains holds the events of the spans to come, each chain in no order; what comes later waits
/// in a second ring of wider spans, and what comes later still in a heap. Only the span whose turn it is, the window, is brought into
/// order (``EventWindow``), by keys of one word, so that an event is written once, where it came, and read once, when it happens.
///
/// `PendingEventSet+Refill.swift` picks the next window. The width of the spans follows the run (`PendingEventSet+Tuning.swift`).
/// Neither changes the order in which events come out, which is total.
///
/// - Complexity: O(1) amortised to insert and to remove the first, while the tuning keeps the windows at their size.
@frozen
@usableFromInline
struct PendingEventSet: ~Copyable {
    @usableFromInline var arena = EventArena()
    @usableFromInline var window = EventWindow()
    /// Where the window ends; zero if there is none.
    @usableFromInline var windowEndNanoseconds: UInt64 = 0
    /// The spans to come.
    @usableFromInline var near: EventRing
    /// The near ring takes events of spans before this one.
    @usableFromInline var nearEndSpan: UInt64
    /// What comes later, in spans of 2^``farBits`` spans of the near ring.
    @usableFromInline var far: EventRing
    /// What comes later still.
    @usableFromInline var beyond = EventHeap()
    /// The time of the first event of `far` and `beyond`, as far as it is known.
    @usableFromInline var distantFirstNanoseconds: UInt64?
    /// The span of the last event that was removed before the window was refilled. Nothing happens before it.
    @usableFromInline var baseSpan: UInt64 = 0
    @usableFromInline var insertedCount: UInt64 = 0
    /// How many events were removed.
    @usableFromInline var removedCount: UInt64 = 0
    @usableFromInline var statistics = TuningStatistics()

    /// What the tuning goes by.
    @frozen
    @usableFromInline
    struct TuningStatistics {
        /// How many windows were used up.
        @usableFromInline var windows: UInt64 = 0
        /// How many events they had.
        @usableFromInline var removals: UInt64 = 0

        @inlinable
        init() {}
    }

    /// How many spans the near ring holds at most.
    static var nearSpanCount: Int { 1024 }
    /// How many spans the far ring holds at most.
    static var farSpanCount: Int { 256 }
    /// The near ring holds the rest of one span of the far ring, and the three that follow.
    static var farSpansInNear: UInt64 { 4 }
    /// The base-2 logarithm of the spans of the near ring in one of the far ring.
    static var farBits: UInt64 { 8 }

    /// An empty set.
    ///
    /// - Parameter shift: The base-2 logarithm of the width of a span in nanoseconds to begin with, at most 31.
    @usableFromInline
    init(shift: UInt64 = 20) {
        near = EventRing(spanCount: Self.nearSpanCount, shift: shift)
        far = EventRing(spanCount: Self.farSpanCount, shift: shift + Self.farBits)
        nearEndSpan = Self.farSpansInNear << Self.farBits
    }

    /// How many events there are.
    @inlinable var count: Int { Int(insertedCount - removedCount) }

    /// Inserts an event.
    ///
    /// - Precondition: It does not happen before the last event that was removed.
    @inlinable @inline(__always)
    mutating func insert(_ event: Event) {
        insert(
            timeNanoseconds: event.timeNanoseconds, target: event.target, source: event.source,
            ordinalAndKind: event.ordinalAndKind, targetPort: event.targetPort, sourcePort: event.sourcePort,
            payload: event.payload)
    }

    /// Inserts an event that is given in parts. In one piece it would have to be put together in memory and be copied.
    ///
    /// - Precondition: It does not happen before the last event that was removed.
    @inlinable @inline(__always)
    mutating func insert(
        timeNanoseconds: UInt64, target: UInt32, source: UInt32, ordinalAndKind: UInt64, targetPort: UInt32,
        sourcePort: UInt32, payload: (UInt64, UInt64, UInt64, UInt64)
    ) {
        insertedCount &+= 1
        if timeNanoseconds >= windowEndNanoseconds, timeNanoseconds &>> near.shift < nearEndSpan {
            near.makeRoom(timeNanoseconds: timeNanoseconds, arena: &arena).initialize(
                to: Event(
                    timeNanoseconds: timeNanoseconds, target: target, source: source, ordinalAndKind: ordinalAndKind,
                    targetPort: targetPort, sourcePort: sourcePort, payload: payload))
        } else {
            insertElsewhere(
                timeNanoseconds: timeNanoseconds, target: target, source: source, ordinalAndKind: ordinalAndKind,
                targetPort: targetPort, sourcePort: sourcePort, payload0: payload.0, payload1: payload.1,
                payload2: payload.2, payload3: payload.3)
        }
    }

    /// Inserts an event that is not for one of the spans to come of the near ring.
    @usableFromInline
    @inline(never)
    mutating func insertElsewhere(
        timeNanoseconds: UInt64, target: UInt32, source: UInt32, ordinalAndKind: UInt64, targetPort: UInt32,
        sourcePort: UInt32, payload0: UInt64, payload1: UInt64, payload2: UInt64, payload3: UInt64
    ) {
        let event = Event(
            timeNanoseconds: timeNanoseconds, target: target, source: source, ordinalAndKind: ordinalAndKind,
            targetPort: targetPort, sourcePort: sourcePort, payload: (payload0, payload1, payload2, payload3))
        if timeNanoseconds < windowEndNanoseconds {
            insertUpToWindow(event)
        } else {
            insertDistant(event)
        }
    }

    /// The time of the first event; nothing if the set is empty.
    @inlinable
    var firstTimeNanoseconds: UInt64? {
        mutating get {
            guard count > 0 else { return nil }
            guard window.keyPosition < window.keyCount || refill(before: 0) else { return distantFirst() }
            return window.startNanoseconds + EventKeys.offset(of: window.keys.base[window.keyPosition])
        }
    }

    /// Makes sure that ``removeNext(before:)`` can give the first event.
    ///
    /// - Returns: False if no event happens before the time.
    @inlinable @inline(__always)
    mutating func prepare(before limitNanoseconds: UInt64) -> Bool {
        window.keyPosition < window.keyCount || refill(before: limitNanoseconds)
    }

    /// Removes the first event if it is one of those that were prepared and happens before a time. It stays where it is until the
    /// set is prepared again.
    @inlinable @inline(__always)
    mutating func removeNext(before limitNanoseconds: UInt64) -> UnsafeMutablePointer<Event>? {
        guard window.keyPosition < window.keyCount else { return nil }
        let key = window.keys.base[window.keyPosition]
        guard window.startNanoseconds &+ EventKeys.offset(of: key) < limitNanoseconds else { return nil }
        window.keyPosition &+= 1
        removedCount &+= 1
        return arena.address(of: EventKeys.index(of: key))
    }

    /// Removes the first event if it happens before a time.
    mutating func removeFirst(before limitNanoseconds: UInt64) -> Event? {
        guard prepare(before: limitNanoseconds) else { return nil }
        return removeNext(before: limitNanoseconds)?.pointee
    }

    /// The target of an event that comes soon, a different one each time; nothing if there is no other in the window.
    @inlinable @inline(__always)
    mutating func nextUpcomingTarget() -> UInt32? {
        guard window.upcomingPosition < window.slotKeyCount else { return nil }
        let key = window.slotKeys.base[window.upcomingPosition]
        window.upcomingPosition &+= 1
        return arena.address(of: EventKeys.index(of: key)).pointee.target
    }

    /// How many events ahead they are looked at, at each look.
    @inlinable static var looks: (Int, Int, Int) { (24, 14, 6) }

    /// Looks at the events that come soon, among those that are in order already.
    ///
    /// - Parameter look: Is given each event three times, with the number of the look, from zero. What one look asks for is there at the next, most
    ///   likely.
    @inlinable @inline(__always)
    mutating func lookAhead(_ look: (Event, Int) -> Void) {
        let keys = window.keys.base
        // What has come out needs nothing any more. Looks that read what an earlier look asked for come before those that ask for more, since the
        // processor has few places for lines that are under way, and would let the reading wait for one.
        var positions = window.lookPositions
        let current = window.keyPosition
        let ends = (
            min(window.keyCount, current &+ Self.looks.0), min(positions.0, current &+ Self.looks.1),
            min(positions.1, current &+ Self.looks.2)
        )
        positions.2 = max(positions.2, current)
        while positions.2 < ends.2 {
            look(arena.address(of: EventKeys.index(of: keys[positions.2])).pointee, 2)
            positions.2 &+= 1
        }
        positions.1 = max(positions.1, current)
        while positions.1 < ends.1 {
            look(arena.address(of: EventKeys.index(of: keys[positions.1])).pointee, 1)
            positions.1 &+= 1
        }
        positions.0 = max(positions.0, current)
        while positions.0 < ends.0 {
            // The event itself was written long ago.
            if positions.0 &+ Self.looks.1 < window.keyCount {
                Prefetch.line(of: arena.address(of: EventKeys.index(of: keys[positions.0 &+ Self.looks.1])))
            }
            look(arena.address(of: EventKeys.index(of: keys[positions.0])).pointee, 0)
            positions.0 &+= 1
        }
        window.lookPositions = positions
    }

    /// How many bytes of memory the set has.
    var byteCount: Int {
        arena.byteCount + window.byteCount + beyond.capacity * MemoryLayout<Event>.stride
            + (near.spanCount + far.spanCount) * MemoryLayout<EventChain>.stride
    }

    /// Calls `body` with each event, in no order.
    func forEach(_ body: (Event) -> Void) {
        window.forEachLeft(in: arena, body)
        near.forEach(in: arena, body)
        far.forEach(in: arena, body)
        for position in 0..<beyond.count { body(beyond.base[position]) }
    }
}
