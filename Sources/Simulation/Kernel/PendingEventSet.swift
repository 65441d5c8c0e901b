/// The events of a partition that have not happened yet.
///
/// Time is cut into spans of 2^``shift`` nanoseconds. A ring of buckets holds the events of the next ``bucketCount`` spans, each
/// bucket in no order; what comes later waits in a heap. Only the bucket whose turn it is, the active one, is sorted: by keys of
/// one word, so that events stay where they are. An event for the active bucket is sorted in among those that are left.
///
/// `PendingEventSet+Activation.swift` picks and sorts the next bucket. The width of the spans and the length of the ring follow
/// the run (`PendingEventSet+Tuning.swift`). Neither changes the order in which events come out, which is total.
///
/// - Complexity: O(1) amortised to insert and to remove the first, while the tuning keeps few events in a bucket.
@frozen
@usableFromInline
struct PendingEventSet: ~Copyable {
    @usableFromInline var memory = EventMemory()
    @usableFromInline var buckets: UnsafeMutablePointer<EventBucket>
    /// One bit for each bucket that has events.
    @usableFromInline var occupied: UnsafeMutablePointer<UInt64>
    @usableFromInline var later = EventHeap()
    @usableFromInline var bucketCount: Int
    /// The base-2 logarithm of the width of a span in nanoseconds; at most 31, so that an offset in a span fits 32 bits.
    @usableFromInline var shift: UInt64 = 20
    /// The span of the last event that was removed. The ring begins here.
    @usableFromInline var baseSpan: UInt64 = 0
    /// The span of the active bucket, if there is one; not before ``baseSpan``.
    @usableFromInline var activeSpan: UInt64 = 0
    @usableFromInline var isActive = false
    /// The offset in the span (upper half) and the index in the bucket (lower half) of the active bucket's events, in order.
    @usableFromInline var keys: UnsafeMutablePointer<UInt64>
    @usableFromInline var keyCapacity = 64
    @usableFromInline var keyCount = 0
    /// How many of the keys are used up.
    @usableFromInline var keyPosition = 0
    @usableFromInline var count = 0
    @usableFromInline var statistics = TuningStatistics()

    /// What the tuning goes by.
    @frozen
    @usableFromInline
    struct TuningStatistics {
        @usableFromInline var activations: UInt64 = 0
        @usableFromInline var removals: UInt64 = 0
        @usableFromInline var insertionsLater: UInt64 = 0
        /// How many keys were moved to make room for others.
        @usableFromInline var keyMoves: UInt64 = 0

        @inlinable
        init() {}
    }

    /// After how many moves of keys the tuning looks whether the active bucket is too large.
    @usableFromInline static var keyMovesPerLook: UInt64 { 1 << 15 }

    /// An empty set.
    @usableFromInline
    init(bucketCount: Int = 256) {
        self.bucketCount = bucketCount
        buckets = .allocate(capacity: bucketCount)
        buckets.initialize(repeating: EventBucket(), count: bucketCount)
        occupied = .allocate(capacity: bucketCount / 64)
        occupied.initialize(repeating: 0, count: bucketCount / 64)
        keys = .allocate(capacity: keyCapacity)
    }

    @inlinable
    deinit {
        for index in 0..<bucketCount {
            if let base = buckets[index].base { base.deallocate() }
        }
        buckets.deallocate()
        occupied.deallocate()
        keys.deallocate()
    }

    /// Inserts an event.
    ///
    /// - Precondition: It does not happen before the last event that was removed.
    @inlinable @inline(__always)
    mutating func insert(_ event: Event) {
        count += 1
        let span = event.timeNanoseconds >> shift
        assert(span >= baseSpan, "an event is inserted into the past")
        guard span - baseSpan < UInt64(bucketCount) else {
            statistics.insertionsLater += 1
            later.insert(event)
            return
        }
        let index = Int(truncatingIfNeeded: span) & (bucketCount - 1)
        buckets[index].append(event, memory: &memory)
        guard isActive, span <= activeSpan else {
            occupied[index >> 6] |= 1 << UInt64(truncatingIfNeeded: index & 63)
            return
        }
        if span == activeSpan {
            insertKey(of: event, index: buckets[index].count - 1)
        } else {
            occupied[index >> 6] |= 1 << UInt64(truncatingIfNeeded: index & 63)
            deactivate()
        }
    }

    /// The time of the first event; nothing if the set is empty.
    @inlinable
    var firstTimeNanoseconds: UInt64? {
        mutating get {
            guard count > 0 else { return nil }
            guard activateIfNeeded() else { return later.firstTimeNanoseconds }
            return (activeSpan << shift) + (keys[keyPosition] >> 32)
        }
    }

    /// Removes the first event if it happens before a time.
    @inlinable @inline(__always)
    mutating func removeFirst(before limitNanoseconds: UInt64) -> Event? {
        guard count > 0 else { return nil }
        guard activateIfNeeded() else { return removeFirstOfLater(before: limitNanoseconds) }
        let key = keys[keyPosition]
        guard (activeSpan << shift) + (key >> 32) < limitNanoseconds else { return nil }
        keyPosition += 1
        count -= 1
        baseSpan = activeSpan
        let bucket = Int(truncatingIfNeeded: activeSpan) & (bucketCount - 1)
        return buckets[bucket].base.unsafelyUnwrapped[Int(truncatingIfNeeded: key & 0xffff_ffff)]
    }

    /// The target of the event that comes a few after the next, if it is known.
    @inlinable
    var upcomingTarget: UInt32? {
        let position = keyPosition + 3
        guard isActive, position < keyCount else { return nil }
        let bucket = Int(truncatingIfNeeded: activeSpan) & (bucketCount - 1)
        return buckets[bucket].base.unsafelyUnwrapped[Int(truncatingIfNeeded: keys[position] & 0xffff_ffff)].target
    }

    /// Makes sure that there is an active bucket with an event left.
    ///
    /// - Returns: False if the ring is empty, so that the first event is in ``later``.
    @inlinable
    mutating func activateIfNeeded() -> Bool {
        isActive && keyPosition < keyCount ? true : activateNext()
    }

    /// Sorts the key of a new event of the active bucket in among those that are left.
    @usableFromInline
    mutating func insertKey(of event: Event, index: UInt32) {
        if keyCount == keyCapacity { growKeys(to: keyCount + 1) }
        let offset = event.timeNanoseconds - (activeSpan << shift)
        let bucket = Int(truncatingIfNeeded: activeSpan) & (bucketCount - 1)
        let events = buckets[bucket].base.unsafelyUnwrapped
        var position = keyCount
        while position > keyPosition {
            let before = keys[position - 1]
            if before >> 32 < offset { break }
            if before >> 32 == offset, !event.precedes(events[Int(truncatingIfNeeded: before & 0xffff_ffff)]) { break }
            keys[position] = before
            position -= 1
        }
        keys[position] = offset << 32 | UInt64(index)
        statistics.keyMoves += UInt64(keyCount - position)
        keyCount += 1
        if statistics.keyMoves > Self.keyMovesPerLook { narrowIfDue() }
    }

    @usableFromInline
    mutating func growKeys(to needed: Int) {
        var capacity = keyCapacity
        while capacity < needed { capacity *= 2 }
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
        larger.moveInitialize(from: keys, count: keyCount)
        keys.deallocate()
        keys = larger
        keyCapacity = capacity
    }
}
