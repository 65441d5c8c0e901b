/// The events that a partition put out for others during a window, a list for each.
///
/// Partitions take theirs side by side, so that each list is a variable of its own. Lists that were not touched cost nothing.
@frozen
@usableFromInline
struct Outbox: ~Copyable {
    @usableFromInline var lists: UnsafeMutablePointer<OutgoingEvents>
    @usableFromInline let listCount: Int
    /// One bit for each list that was touched since the last ``forgetTouched()``.
    private var touched: UnsafeMutablePointer<UInt64>
    private let wordCount: Int
    private(set) var isAnyTouched = false

    init(partitionCount: Int) {
        listCount = partitionCount
        lists = .allocate(capacity: listCount)
        for index in 0..<listCount { (lists + index).initialize(to: OutgoingEvents()) }
        wordCount = (listCount + 63) / 64
        touched = .allocate(capacity: wordCount)
        touched.initialize(repeating: 0, count: wordCount)
    }

    @usableFromInline
    func free() {
        lists.deinitialize(count: listCount)
        lists.deallocate()
        touched.deallocate()
    }

    @inlinable
    deinit {
        free()
    }

    /// Makes room for an event for a partition.
    ///
    /// - Returns: Where it is to be written.
    @inlinable @inline(__always)
    mutating func makeRoom(for partition: Int) -> UnsafeMutablePointer<Event> {
        if lists[partition].count == 0 { touch(partition) }
        return lists[partition].makeRoom()
    }

    /// Copies what an event for a partition carries beyond its payload. The event follows at once.
    ///
    /// - Returns: Where it begins.
    func append(_ attachment: UnsafeBufferPointer<UInt64>, for partition: Int) -> UInt32 {
        lists[partition].append(attachment)
    }

    @usableFromInline
    mutating func touch(_ partition: Int) {
        touched[partition >> 6] |= 1 << UInt64(partition & 63)
        isAnyTouched = true
    }

    /// Calls `body` with the number of each list that was touched.
    func forEachTouched(_ body: (Int) -> Void) {
        for word in 0..<wordCount {
            var bits = touched[word]
            while bits != 0 {
                body(word << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }

    /// How many bytes of memory the lists have.
    var byteCount: Int {
        (0..<listCount).reduce(0) { $0 + lists[$1].capacity * MemoryLayout<Event>.stride }
    }

    /// All lists were taken.
    mutating func forgetTouched() {
        guard isAnyTouched else { return }
        touched.update(repeating: 0, count: wordCount)
        isAnyTouched = false
    }
}
