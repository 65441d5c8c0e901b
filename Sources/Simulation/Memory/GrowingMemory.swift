/// Memory for plain values that grows by doubling and never shrinks.
@frozen
@usableFromInline
struct GrowingMemory<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Element>
    @usableFromInline var capacity: Int

    @usableFromInline
    init(capacity: Int = 32) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    @inlinable
    deinit {
        base.deallocate()
    }

    /// How many bytes there are.
    var byteCount: Int { capacity * MemoryLayout<Element>.stride }

    /// Makes room for a number of values, and keeps the first few of those that are there.
    @inlinable @inline(__always)
    mutating func reserve(_ count: Int, keeping kept: Int) {
        if count > capacity { grow(to: count, keeping: kept) }
    }

    @usableFromInline
    mutating func grow(to count: Int, keeping kept: Int) {
        var larger = capacity
        while larger < count { larger *= 2 }
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: larger)
        memory.update(from: base, count: kept)
        base.deallocate()
        base = memory
        capacity = larger
    }
}
