extension PendingEventSet {
    /// Buckets up to this many events are sorted by insertion.
    private static var insertionSortMax: Int { 24 }

    /// Makes the first bucket that has events the active one and sorts it.
    ///
    /// - Returns: False if the ring is empty.
    @usableFromInline
    mutating func activateNext() -> Bool {
        if isActive { releaseActive() }
        tuneIfDue()
        takeFromLater()
        guard let span = firstOccupiedSpan() else { return false }
        activate(span)
        return true
    }

    /// Removes the first event of the far future. The ring is empty, and begins at the event from now on.
    @usableFromInline
    mutating func removeFirstOfLater(before limitNanoseconds: UInt64) -> Event? {
        guard let event = later.removeFirst(before: limitNanoseconds) else { return nil }
        count -= 1
        baseSpan = event.timeNanoseconds >> shift
        return event
    }

    /// Puts the events of the active bucket that are left back in no order: an event for an earlier bucket has come.
    @usableFromInline
    mutating func deactivate() {
        let index = index(ofSpan: activeSpan)
        guard keyPosition < keyCount else { return releaseActive() }
        let left = (keyPosition..<keyCount).map { position in
            buckets[index].base.unsafelyUnwrapped[Int(truncatingIfNeeded: keys[position] & 0xffff_ffff)]
        }
        buckets[index].count = 0
        for event in left { buckets[index].append(event, memory: &memory) }
        occupied[index >> 6] |= 1 << UInt64(index & 63)
        isActive = false
    }

    func index(ofSpan span: UInt64) -> Int {
        Int(truncatingIfNeeded: span) & (bucketCount - 1)
    }

    /// The bucket that was active is used up.
    private mutating func releaseActive() {
        buckets[index(ofSpan: activeSpan)].removeAll(memory: &memory)
        isActive = false
    }

    /// Moves what is no longer far away into the ring.
    private mutating func takeFromLater() {
        while let first = later.firstTimeNanoseconds, first >> shift - baseSpan < UInt64(bucketCount),
            let event = later.removeFirst(before: .max)
        {
            place(event)
        }
    }

    /// Puts an event into its bucket, which is not the active one.
    mutating func place(_ event: Event) {
        let index = index(ofSpan: event.timeNanoseconds >> shift)
        buckets[index].append(event, memory: &memory)
        occupied[index >> 6] |= 1 << UInt64(index & 63)
    }

    /// The first span that has events, found by words of 64 bits around the ring.
    private func firstOccupiedSpan() -> UInt64? {
        let start = index(ofSpan: baseSpan)
        let wordCount = bucketCount / 64
        var word = start >> 6
        var bits = occupied[word] & (UInt64.max << UInt64(start & 63))
        for step in 0...wordCount {
            // The word of the start comes again at the end, for the buckets before the start.
            if step == wordCount { bits = occupied[word] & ~(UInt64.max << UInt64(start & 63)) }
            if bits != 0 {
                let index = word << 6 + bits.trailingZeroBitCount
                return baseSpan + UInt64((index - start) & (bucketCount - 1))
            }
            word = (word + 1) & (wordCount - 1)
            bits = occupied[word]
        }
        return nil
    }

    private mutating func activate(_ span: UInt64) {
        let index = index(ofSpan: span)
        let bucket = buckets[index]
        let total = Int(bucket.count)
        let events = bucket.base.unsafelyUnwrapped
        keyCount = 0
        if total > keyCapacity { growKeys(to: total) }
        let start = span << shift
        for position in 0..<total {
            keys[position] = (events[position].timeNanoseconds - start) << 32 | UInt64(position)
        }
        keyCount = total
        keyPosition = 0
        sortKeys(events)
        activeSpan = span
        isActive = true
        occupied[index >> 6] &= ~(1 << UInt64(index & 63))
        statistics.activations += 1
        statistics.removals += UInt64(total)
    }

    private func sortKeys(_ events: UnsafeMutablePointer<Event>) {
        if keyCount <= Self.insertionSortMax {
            var sorted = 1
            while sorted < keyCount {
                let key = keys[sorted]
                var position = sorted
                while position > 0, keys[position - 1] > key {
                    keys[position] = keys[position - 1]
                    position -= 1
                }
                keys[position] = key
                sorted += 1
            }
        } else {
            var all = UnsafeMutableBufferPointer(start: keys, count: keyCount)
            all.sort()
        }
        orderEqualTimes(events)
    }

    /// Keys with the same offset stand in the order in which the events were put in; the total order says otherwise.
    private func orderEqualTimes(_ events: UnsafeMutablePointer<Event>) {
        var first = 0
        while first + 1 < keyCount {
            guard keys[first] >> 32 == keys[first + 1] >> 32 else {
                first += 1
                continue
            }
            var end = first + 2
            while end < keyCount, keys[end] >> 32 == keys[first] >> 32 { end += 1 }
            var equals = UnsafeMutableBufferPointer(start: keys + first, count: end - first)
            equals.sort { left, right in
                events[Int(truncatingIfNeeded: left & 0xffff_ffff)]
                    .precedes(events[Int(truncatingIfNeeded: right & 0xffff_ffff)])
            }
            first = end
        }
    }
}
