/// Memory for the events of a partition, in chunks of ``chunkEventCount`` events that never move and lie at multiples of
/// their length. Chunks that were given back
/// are used again, the latest first, so that a run in its steady state allocates nothing and writes to memory that is still in
/// the cache.
@frozen
@usableFromInline
struct EventArena: ~Copyable {
    /// Events in a chunk.
    @inlinable static var chunkEventCount: UInt32 { 32 }
    /// Bytes in a chunk.
    @inlinable static var chunkByteCount: UInt { UInt(chunkEventCount) * UInt(MemoryLayout<Event>.stride) }
    /// No chunk.
    @inlinable static var none: UInt32 { .max }

    /// The address of each chunk.
    @usableFromInline var chunks: UnsafeMutablePointer<UnsafeMutablePointer<Event>>
    /// The chunk that follows each chunk, in its chain or among those that are free.
    @usableFromInline var next: UnsafeMutablePointer<UInt32>
    @usableFromInline var chunkCount = 0
    @usableFromInline var chunkCapacity = 16
    @usableFromInline var firstFree = EventArena.none
    private var slabs: [LargeMemory] = []

    @usableFromInline
    init() {
        chunks = .allocate(capacity: chunkCapacity)
        next = .allocate(capacity: chunkCapacity)
    }

    @inlinable
    deinit {
        chunks.deallocate()
        next.deallocate()
    }

    /// The place of an event: its chunk's number times ``chunkEventCount``, and its place there.
    @inlinable @inline(__always)
    func address(of index: UInt32) -> UnsafeMutablePointer<Event> {
        Self.address(of: index, chunks: chunks)
    }

    @inlinable @inline(__always)
    static func address(
        of index: UInt32, chunks: UnsafeMutablePointer<UnsafeMutablePointer<Event>>
    ) -> UnsafeMutablePointer<Event> {
        chunks[Int(index / chunkEventCount)] + Int(index % chunkEventCount)
    }

    /// Takes a chunk, to be given back with ``release(first:last:)``.
    @inlinable
    mutating func allocate() -> UInt32 {
        if firstFree == Self.none { addSlab() }
        let chunk = firstFree
        firstFree = next[Int(chunk)]
        next[Int(chunk)] = Self.none
        return chunk
    }

    /// Gives a chain of chunks back.
    @inlinable
    mutating func release(first: UInt32, last: UInt32) {
        next[Int(last)] = firstFree
        firstFree = first
    }

    /// How many bytes of memory the arena has.
    var byteCount: Int { chunkCount * Int(Self.chunkByteCount) }

    /// Doubles the memory, in steps of at most 64 MiB.
    @usableFromInline
    mutating func addSlab() {
        let added = max(4, min(chunkCount, 1 << 15))
        precondition(chunkCount + added < 1 << 27, "more events at one time than a partition can hold")
        let slab = LargeMemory(byteCount: added * Int(Self.chunkByteCount), alignment: Int(Self.chunkByteCount))
        let base = slab.base.bindMemory(to: Event.self, capacity: added * Int(Self.chunkEventCount))
        slabs.append(slab)
        growTables(to: chunkCount + added)
        for chunk in (0..<added).reversed() {
            chunks[chunkCount + chunk] = base + chunk * Int(Self.chunkEventCount)
            next[chunkCount + chunk] = firstFree
            firstFree = UInt32(chunkCount + chunk)
        }
        chunkCount += added
    }

    private mutating func growTables(to needed: Int) {
        guard needed > chunkCapacity else { return }
        let capacity = max(needed, chunkCapacity * 2)
        chunks = Self.grown(chunks, count: chunkCount, capacity: capacity)
        next = Self.grown(next, count: chunkCount, capacity: capacity)
        chunkCapacity = capacity
    }

    private static func grown<T>(_ old: UnsafeMutablePointer<T>, count: Int, capacity: Int) -> UnsafeMutablePointer<T> {
        let larger = UnsafeMutablePointer<T>.allocate(capacity: capacity)
        larger.moveInitialize(from: old, count: count)
        old.deallocate()
        return larger
    }
}
