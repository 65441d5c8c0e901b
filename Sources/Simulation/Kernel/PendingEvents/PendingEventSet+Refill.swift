extension PendingEventSet {
    /// Prepares the next events: those of the next slot of the window, or of the next window.
    ///
    /// - Returns: False if there is no event, or only distant ones that do not happen before the time.
    @usableFromInline
    mutating func refill(before limitNanoseconds: UInt64) -> Bool {
        if window.isActive {
            if window.keyPosition > 0 { baseSpan = window.span }
            if window.activateNextSlots(arena: arena) { return narrowIfDue() }
            releaseWindow()
            tuneIfDue()
        }
        while true {
            advance()
            if let span = near.firstSpan(from: baseSpan) {
                let chain = near.take(span)
                if narrowIfCrowded(chain, span: span) { continue }
                activate(chain, span: span)
                return window.activateNextSlots(arena: arena)
            }
            guard let first = distantFirst(), first < limitNanoseconds else { return false }
            // The event will be removed at once: time begins there from now on.
            baseSpan = first >> near.shift
        }
    }

    /// Puts an event into the window, or before it.
    @inline(__always)
    mutating func insertUpToWindow(_ event: Event) {
        if event.timeNanoseconds >= window.startNanoseconds {
            window.insert(event, arena: &arena)
            if window.keyMoves >= Self.keyMovesPerLook || window.chain.count % 1024 == 0 { _ = narrowIfDue() }
            return
        }
        // None of the window's events has come out: it becomes a chain of the ring again.
        near.putBack(window.chain, span: window.span)
        window.deactivate()
        windowEndNanoseconds = 0
        near.makeRoom(timeNanoseconds: event.timeNanoseconds, arena: &arena).initialize(to: event)
    }

    /// Puts an event that is not among the near ones into the far ring or behind it.
    @usableFromInline
    mutating func insertDistant(_ event: Event) {
        if let first = distantFirstNanoseconds {
            distantFirstNanoseconds = min(first, event.timeNanoseconds)
        }
        if event.timeNanoseconds >> far.shift < nearEndSpan >> Self.farBits + UInt64(Self.farSpanCount)
            - Self.farSpansInNear
        {
            far.makeRoom(timeNanoseconds: event.timeNanoseconds, arena: &arena).initialize(to: event)
        } else {
            beyond.insert(event)
        }
    }

    /// The time of the first event that is not among the near ones.
    @usableFromInline
    mutating func distantFirst() -> UInt64? {
        if let known = distantFirstNanoseconds { return known }
        if let span = far.firstSpan(from: nearEndSpan >> Self.farBits) {
            var first = UInt64.max
            far.chains[far.index(of: span)].forEach(in: arena) { event, _ in
                first = min(first, event.pointee.timeNanoseconds)
            }
            distantFirstNanoseconds = first
        } else {
            distantFirstNanoseconds = beyond.firstTimeNanoseconds
        }
        return distantFirstNanoseconds
    }

    /// Moves what is no longer distant nearer. There is no window.
    private mutating func advance() {
        let wanted = baseSpan >> Self.farBits + Self.farSpansInNear
        let start = nearEndSpan >> Self.farBits
        guard wanted > start else { return }
        nearEndSpan = wanted << Self.farBits
        distantFirstNanoseconds = nil
        while let span = far.firstSpan(from: start), span < wanted {
            var chain = far.take(span)
            moveIn(&chain)
        }
        let farEnd = wanted + UInt64(Self.farSpanCount) - Self.farSpansInNear
        while let first = beyond.firstTimeNanoseconds, first >> far.shift < farEnd,
            let event = beyond.removeFirst(before: .max)
        {
            place(event)
        }
    }

    /// Puts every event of a chain where it belongs, and frees the chain.
    mutating func moveIn(_ chain: inout EventChain) {
        var chunk = chain.firstChunk
        var left = chain.count
        while left > 0 {
            let events = arena.chunks[Int(chunk)]
            let here = min(left, Int(EventArena.chunkEventCount))
            for position in 0..<here { place(events[position]) }
            left -= here
            chunk = arena.next[Int(chunk)]
        }
        chain.removeAll(arena: &arena)
    }

    /// Puts an event that is counted already into one of the rings or the heap. There is no window.
    mutating func place(_ event: Event) {
        if event.timeNanoseconds >> near.shift < nearEndSpan {
            near.makeRoom(timeNanoseconds: event.timeNanoseconds, arena: &arena).initialize(to: event)
        } else {
            insertDistant(event)
        }
    }

    private mutating func activate(_ chain: EventChain, span: UInt64) {
        let expected = statistics.windows > 0 ? Int(statistics.removals / statistics.windows) : 0
        window.activate(chain, span: span, shift: near.shift, expectedCount: expected, arena: arena)
        let (end, isPastTheEnd) = window.startNanoseconds.addingReportingOverflow(1 << near.shift)
        windowEndNanoseconds = isPastTheEnd ? .max : end
    }

    /// The window is used up.
    mutating func releaseWindow() {
        statistics.windows += 1
        statistics.removals += UInt64(window.chain.count)
        window.chain.removeAll(arena: &arena)
        window.deactivate()
        windowEndNanoseconds = 0
    }
}
