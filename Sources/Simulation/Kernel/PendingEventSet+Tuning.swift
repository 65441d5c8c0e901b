extension PendingEventSet {
    /// After how many buckets the tuning looks at what it has seen.
    private static var activationsPerLook: UInt64 { 1024 }
    /// How many events a bucket should have on average.
    private static var eventsPerBucket: UInt64 { 24 }
    private static var bucketCountMin: Int { 256 }
    private static var bucketCountMax: Int { 1 << 23 }
    private static var shiftMax: UInt64 { 31 }

    /// Changes the width of the spans when buckets have too many or too few events, and the length of the ring when too much
    /// goes to the far future.
    ///
    /// Every change moves all events once. A look comes only after as many removals as an eighth of the events, so that the cost
    /// of a change is spread over them.
    mutating func tuneIfDue() {
        guard statistics.activations >= Self.activationsPerLook, statistics.removals >= UInt64(count) / 8 else {
            return
        }
        let mean = statistics.removals / statistics.activations
        var newShift = shift
        if mean > Self.eventsPerBucket * 3 {
            newShift -= min(newShift, UInt64(63 - (mean / Self.eventsPerBucket).leadingZeroBitCount))
        } else if mean < Self.eventsPerBucket / 3, count > Self.bucketCountMin {
            newShift = min(Self.shiftMax, newShift + 1)
        }
        var newCount = bucketCount
        if newShift < shift {
            newCount = min(Self.bucketCountMax, bucketCount << Int(min(shift - newShift, 20)))
        } else if newShift > shift {
            newCount = max(Self.bucketCountMin, bucketCount >> 1)
        } else if statistics.insertionsLater * 64 > statistics.removals, bucketCount < count * 4 {
            newCount = min(Self.bucketCountMax, bucketCount * 4)
        }
        statistics = TuningStatistics()
        if newShift != shift || newCount != bucketCount { rebuild(shift: newShift, bucketCount: newCount) }
    }

    /// Makes the spans narrower when an active bucket is so large that sorting events in among the others costs too much: it
    /// may never be used up, so that ``tuneIfDue()`` would not come to it.
    @usableFromInline
    mutating func narrowIfDue() {
        guard statistics.keyMoves >= UInt64(count) else { return }
        statistics.keyMoves = 0
        let ratio = UInt64(keyCount - keyPosition) / Self.eventsPerBucket
        guard ratio >= 3, shift > 0 else { return }
        let step = min(shift, UInt64(63 - ratio.leadingZeroBitCount))
        deactivate()
        statistics = TuningStatistics()
        rebuild(shift: shift - step, bucketCount: min(Self.bucketCountMax, bucketCount << Int(min(step, 20))))
    }

    /// Moves every event into a ring of another form. There is no active bucket.
    private mutating func rebuild(shift newShift: UInt64, bucketCount newCount: Int) {
        let old = buckets
        let oldCount = bucketCount
        let oldBase = baseSpan << shift
        buckets = .allocate(capacity: newCount)
        buckets.initialize(repeating: EventBucket(), count: newCount)
        occupied.deallocate()
        occupied = .allocate(capacity: newCount / 64)
        occupied.initialize(repeating: 0, count: newCount / 64)
        bucketCount = newCount
        shift = newShift
        baseSpan = oldBase >> newShift
        for index in 0..<oldCount {
            guard let events = old[index].base else { continue }
            for position in 0..<Int(old[index].count) {
                let event = events[position]
                if event.timeNanoseconds >> shift - baseSpan < UInt64(bucketCount) {
                    place(event)
                } else {
                    later.insert(event)
                }
            }
            old[index].removeAll(memory: &memory)
        }
        old.deallocate()
        // The far future is walked through as it lies in memory: taking it out in order would cost much more.
        var distant = EventHeap()
        swap(&distant, &later)
        for position in 0..<distant.count {
            let event = distant.base[position]
            if event.timeNanoseconds >> shift - baseSpan < UInt64(bucketCount) {
                place(event)
            } else {
                later.insert(event)
            }
        }
    }
}
