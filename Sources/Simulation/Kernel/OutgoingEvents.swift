/// Events of one partition for one other, between two exchanges: an array over memory of its own, which is written by one thread
/// and read by another and so asks for no check of who owns it.
@frozen
@usableFromInline
struct OutgoingEvents: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Event>
    @usableFromInline var count = 0
    @usableFromInline var capacity: Int
    private var memory: LargeMemory
    /// What the events carry beyond their payload, one after another.
    private var words = GrowingMemory<UInt64>()
    private var wordCount = 0

    init() {
        capacity = 16
        memory = LargeMemory(byteCount: capacity * MemoryLayout<Event>.stride)
        base = memory.base.bindMemory(to: Event.self, capacity: capacity)
    }

    /// Makes room for another event.
    ///
    /// - Returns: Where it is to be written.
    @inlinable @inline(__always)
    mutating func makeRoom() -> UnsafeMutablePointer<Event> {
        if count == capacity { grow() }
        count &+= 1
        return base + (count &- 1)
    }

    /// Copies what an event carries beyond its payload.
    ///
    /// - Returns: Where it begins.
    mutating func append(_ attachment: UnsafeBufferPointer<UInt64>) -> UInt32 {
        precondition(wordCount + attachment.count < Int(UInt32.max), "more words in a window than a list can hold")
        words.reserve(wordCount + attachment.count, keeping: wordCount)
        if let source = attachment.baseAddress {
            (words.base + wordCount).update(from: source, count: attachment.count)
        }
        wordCount += attachment.count
        return UInt32(wordCount - attachment.count)
    }

    /// What an event of the list carries beyond its payload. It stays there until the next change of the list.
    func attachment(of event: Event) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: words.base + Int(event.attachmentBlock), count: event.attachmentWordCount)
    }

    /// Forgets the events and what they carried, and keeps the memory.
    mutating func removeAll() {
        count = 0
        wordCount = 0
    }

    @usableFromInline
    mutating func grow() {
        let larger = LargeMemory(byteCount: 2 * capacity * MemoryLayout<Event>.stride)
        let moved = larger.base.bindMemory(to: Event.self, capacity: 2 * capacity)
        moved.moveInitialize(from: base, count: count)
        memory = larger
        base = moved
        capacity *= 2
    }
}
