/// Events of one span of time, in no order: a growing array over memory from an ``EventMemory``.
@frozen
@usableFromInline
struct EventBucket {
    @usableFromInline var base: UnsafeMutablePointer<Event>?
    @usableFromInline var count: UInt32 = 0
    /// Which of the sizes of ``EventMemory`` the memory has.
    @usableFromInline var sizeClass: UInt32 = 0

    @inlinable
    init() {}

    /// Appends an event.
    @inlinable @inline(__always)
    mutating func append(_ event: Event, memory: inout EventMemory) {
        if base == nil || Int(count) == EventMemory.capacity(ofClass: sizeClass) { grow(memory: &memory) }
        // The line above made room.
        (base.unsafelyUnwrapped + Int(count)).initialize(to: event)
        count += 1
    }

    @usableFromInline
    mutating func grow(memory: inout EventMemory) {
        guard let old = base else {
            sizeClass = 0
            base = memory.allocate(sizeClass: 0)
            return
        }
        let larger = memory.allocate(sizeClass: sizeClass + 1)
        larger.moveInitialize(from: old, count: Int(count))
        memory.release(old, sizeClass: sizeClass)
        base = larger
        sizeClass += 1
    }

    /// Forgets the events and gives the memory back.
    @inlinable
    mutating func removeAll(memory: inout EventMemory) {
        if let base { memory.release(base, sizeClass: sizeClass) }
        self = EventBucket()
    }
}

/// Memory for events in blocks whose sizes are powers of two. Blocks that were given back are used again, so that a run in its
/// steady state allocates nothing.
@frozen
@usableFromInline
struct EventMemory: ~Copyable {
    /// The blocks of each size that wait to be used again; each holds the address of the next.
    @usableFromInline var free: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    @usableFromInline static let classCount = 28

    @usableFromInline
    init() {
        free = .allocate(capacity: Self.classCount)
        free.initialize(repeating: nil, count: Self.classCount)
    }

    @inlinable
    deinit {
        for sizeClass in 0..<EventMemory.classCount {
            while let block = free[sizeClass] {
                free[sizeClass] = block.load(as: UnsafeMutableRawPointer?.self)
                block.deallocate()
            }
        }
        free.deallocate()
    }

    /// How many events a block of a size holds.
    @inlinable
    static func capacity(ofClass sizeClass: UInt32) -> Int { 8 << Int(sizeClass) }

    @usableFromInline
    mutating func allocate(sizeClass: UInt32) -> UnsafeMutablePointer<Event> {
        precondition(sizeClass < Self.classCount, "more events at one time than a partition can hold")
        if let block = free[Int(sizeClass)] {
            free[Int(sizeClass)] = block.load(as: UnsafeMutableRawPointer?.self)
            return block.bindMemory(to: Event.self, capacity: Self.capacity(ofClass: sizeClass))
        }
        let bytes = Self.capacity(ofClass: sizeClass) * MemoryLayout<Event>.stride
        return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            .bindMemory(to: Event.self, capacity: Self.capacity(ofClass: sizeClass))
    }

    @inlinable
    mutating func release(_ block: UnsafeMutablePointer<Event>, sizeClass: UInt32) {
        let raw = UnsafeMutableRawPointer(block)
        raw.storeBytes(of: free[Int(sizeClass)], as: UnsafeMutableRawPointer?.self)
        free[Int(sizeClass)] = raw
    }
}
