/// Memory of a partition for what its pending events carry beyond their own 32 bytes: blocks of words whose sizes are powers of
/// two, from segments that never move. A block that was given back is used again, so that a run in its steady state allocates
/// nothing.
@usableFromInline
struct PayloadSlab: ~Copyable {
    /// Words in the smallest block.
    private static let granuleWordCount = 4
    private static let granuleBits: UInt32 = 15
    /// Granules in a segment: a segment is 1 MiB.
    private static let segmentGranuleCount = 1 << Int(granuleBits)
    private static let classCount = 15
    /// The longest block, in words.
    @usableFromInline static let wordCountMax = granuleWordCount << (classCount - 1)
    private static let none = UInt32.max

    private var segments: [LargeMemory] = []
    /// Granules of the last segment that were never part of a block.
    private var untouched: Range<UInt32> = 0..<0
    /// The first free block of each size; each holds the number of the next.
    private var free = [UInt32](repeating: PayloadSlab.none, count: PayloadSlab.classCount)
    /// How many blocks are in use.
    private(set) var blockCount = 0

    @usableFromInline
    init() {}

    /// The address of a block.
    @usableFromInline
    func words(of block: UInt32) -> UnsafeMutablePointer<UInt64> {
        let segment = segments[Int(block >> Self.granuleBits)].base.assumingMemoryBound(to: UInt64.self)
        return segment + Int(block) % Self.segmentGranuleCount * Self.granuleWordCount
    }

    /// Takes a block and copies words into it.
    ///
    /// - Precondition: There are at most ``wordCountMax`` words, and at least one.
    @usableFromInline
    mutating func allocate(copying source: UnsafeBufferPointer<UInt64>) -> UInt32 {
        precondition(
            (1...Self.wordCountMax).contains(source.count), "an attachment has 1 to \(Self.wordCountMax) words")
        let sizeClass = Self.sizeClass(ofWords: source.count)
        let block = takeFree(sizeClass) ?? takeUntouched(sizeClass)
        blockCount += 1
        if let base = source.baseAddress { words(of: block).update(from: base, count: source.count) }
        return block
    }

    /// Gives a block of so many words back.
    @usableFromInline
    mutating func release(_ block: UInt32, wordCount: Int) {
        blockCount -= 1
        putFree(block, Self.sizeClass(ofWords: wordCount))
    }

    private static func sizeClass(ofWords count: Int) -> Int {
        let granules = (count + granuleWordCount - 1) / granuleWordCount
        return granules <= 1 ? 0 : Int.bitWidth - (granules - 1).leadingZeroBitCount
    }

    private mutating func takeFree(_ sizeClass: Int) -> UInt32? {
        let block = free[sizeClass]
        guard block != Self.none else { return nil }
        free[sizeClass] = UInt32(truncatingIfNeeded: words(of: block).pointee)
        return block
    }

    private mutating func putFree(_ block: UInt32, _ sizeClass: Int) {
        words(of: block).pointee = UInt64(free[sizeClass])
        free[sizeClass] = block
    }

    private mutating func takeUntouched(_ sizeClass: Int) -> UInt32 {
        let granules = UInt32(1) << UInt32(sizeClass)
        if untouched.count < Int(granules) { addSegment() }
        let block = untouched.lowerBound
        untouched = block + granules..<untouched.upperBound
        return block
    }

    /// Begins a segment. What is left of the last becomes free blocks.
    private mutating func addSegment() {
        while !untouched.isEmpty {
            let sizeClass = min(Self.classCount - 1, Int.bitWidth - 1 - untouched.count.leadingZeroBitCount)
            putFree(untouched.lowerBound, sizeClass)
            untouched = untouched.lowerBound + (UInt32(1) << UInt32(sizeClass))..<untouched.upperBound
        }
        let first = UInt32(segments.count) << Self.granuleBits
        precondition(
            first < UInt32.max - UInt32(2 * Self.segmentGranuleCount), "more attachments than a partition can hold")
        segments.append(LargeMemory(byteCount: Self.segmentGranuleCount * Self.granuleWordCount * 8))
        untouched = first..<first + UInt32(Self.segmentGranuleCount)
    }
}
