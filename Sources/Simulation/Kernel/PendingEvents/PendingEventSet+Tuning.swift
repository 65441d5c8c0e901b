extension PendingEventSet {
    /// After how many windows the tuning looks at what it has seen.
    private static var windowsPerLook: UInt64 { 32 }
    private static var shiftMax: UInt64 { 31 }
    /// After how many moves of keys the tuning looks whether the active slot is too large.
    static var keyMovesPerLook: Int { 1 << 15 }

    /// How many events a window should have: so many that the near ring holds most events, and so few that a window stays in the
    /// cache.
    private var windowEventCount: Int { min(max(count / 256, 128), 16384) }

    /// Changes the width of the spans when windows have too many or too few events.
    ///
    /// Every change moves all events once. A look comes only after as many removals as a quarter of the events, so that the cost
    /// of a change is spread over them.
    mutating func tuneIfDue() {
        let hasSeenEnough =
            statistics.windows >= Self.windowsPerLook
            || statistics.removals >= 2 * Self.windowsPerLook * UInt64(windowEventCount)
        guard hasSeenEnough, statistics.removals >= UInt64(count) / 4 else { return }
        let mean = Double(statistics.removals) / Double(statistics.windows)
        let wanted = Double(windowEventCount)
        statistics.windows = 1
        statistics.removals = UInt64(mean)
        if mean > wanted * 2.5 {
            rebuild(shift: near.shift - min(near.shift, Self.bits(mean / wanted)))
        } else if mean * 2.5 < wanted {
            rebuild(shift: min(Self.shiftMax, near.shift + Self.bits(wanted / mean)))
        }
    }

    /// Makes the spans narrower before a window begins that would have a good part of all events.
    ///
    /// - Returns: Whether the events are in other spans now.
    mutating func narrowIfCrowded(_ chain: EventChain, span: UInt64) -> Bool {
        let crowd = chain.count
        guard crowd > 8 * windowEventCount, crowd * 8 >= count, near.shift > 0 else { return false }
        near.putBack(chain, span: span)
        statistics = TuningStatistics()
        rebuild(shift: near.shift - min(near.shift, Self.bits(Double(crowd) / Double(windowEventCount))))
        return true
    }

    /// Makes the spans narrower when a window is so large that events cost too much to sort in, or are kept too long after they
    /// happened: it may never be used up, so that ``tuneIfDue()`` would not come to it.
    ///
    /// - Returns: Whether there is an event in the active slot.
    mutating func narrowIfDue() -> Bool {
        let isLong = window.chain.count > 16 * windowEventCount + 4 * count
        let isSlow = window.keyMoves >= max(Self.keyMovesPerLook, count)
        window.keyMoves = 0
        guard isLong || isSlow, near.shift > 0 else { return window.keyPosition < window.keyCount }
        var events: [Event] = []
        window.forEachLeft(in: arena) { events.append($0) }
        window.chain.removeAll(arena: &arena)
        var left = EventChain()
        for event in events { left.append(event, arena: &arena) }
        let span = window.span
        if window.keyPosition > 0 { baseSpan = span }
        window.deactivate()
        windowEndNanoseconds = 0
        near.putBack(left, span: span)
        statistics = TuningStatistics()
        rebuild(shift: near.shift - min(near.shift, 3))
        return refill(before: .max)
    }

    /// The base-2 logarithm of a ratio above 1, rounded.
    private static func bits(_ ratio: Double) -> UInt64 {
        UInt64(max(1, (ratio * 1.4142).exponent))
    }

    /// Moves every event into rings of another width. There is no window.
    private mutating func rebuild(shift: UInt64) {
        guard shift != near.shift else { return }
        let baseNanoseconds = baseSpan << near.shift
        var oldNear = EventRing(spanCount: Self.nearSpanCount, shift: shift)
        var oldFar = EventRing(spanCount: Self.farSpanCount, shift: shift + Self.farBits)
        var oldBeyond = EventHeap()
        swap(&oldNear, &near)
        swap(&oldFar, &far)
        swap(&oldBeyond, &beyond)
        baseSpan = baseNanoseconds >> shift
        nearEndSpan = (baseSpan >> Self.farBits + Self.farSpansInNear) << Self.farBits
        distantFirstNanoseconds = nil
        for index in 0..<Self.nearSpanCount { moveIn(&oldNear.chains[index]) }
        for index in 0..<Self.farSpanCount { moveIn(&oldFar.chains[index]) }
        // The heap is walked through as it lies in memory: taking it out in order would cost much more.
        for position in 0..<oldBeyond.count { place(oldBeyond.base[position]) }
    }
}
