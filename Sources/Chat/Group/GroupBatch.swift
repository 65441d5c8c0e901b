/// Messages of one thread on their way to one chat server, each with those members there whom it is for, as words to attach to a
/// ``GroupMessage/deliver(thread:number:contentBytes:)``.
///
/// A message takes four words (its identifier, the size of its content, its timestamp, and its place with the number of members), and half a word
/// for each member.
struct GroupBatch: Hashable, Sendable {
    private(set) var words: [UInt64] = []
    /// The size of all contents in bytes.
    private(set) var contentBytes: UInt32 = 0
    /// How many copies for members there are in it.
    private(set) var copyCount = 0

    /// How many words a message to so many members takes.
    static func wordCount(memberCount: Int) -> Int { 4 + (memberCount + 1) / 2 }

    /// Appends a message.
    ///
    /// - Parameters:
    ///   - record: The message; its `sequence` is the place in the thread.
    ///   - members: Whom it is for, at least one.
    mutating func append(_ record: MessageRecord, to members: [UserID]) {
        words.append(record.id.rawValue)
        words.append(UInt64(record.content.rawValue))
        words.append(record.timestampNanoseconds)
        words.append(Payload.pair(record.sequence, UInt32(members.count)))
        for index in stride(from: 0, to: members.count, by: 2) {
            let second = index + 1 < members.count ? members[index + 1].rawValue : 0
            words.append(Payload.pair(members[index].rawValue, second))
        }
        contentBytes = UInt32(clamping: UInt64(contentBytes) + UInt64(record.contentBytes))
        copyCount += members.count
    }

    /// Calls `body` with each copy in the words of a batch: the row that a member gets, without a place in the mailbox yet. The copies
    /// come in the order of the messages.
    static func forEachCopy(
        in words: UnsafeBufferPointer<UInt64>, of thread: ThreadID, _ body: (MessageRecord) -> Void
    ) {
        var offset = 0
        while offset < words.count {
            let count = Int(words[offset + 3] >> 32)
            for index in 0..<count {
                let pair = words[offset + 4 + index / 2]
                let member = UInt32(truncatingIfNeeded: index % 2 == 0 ? pair : pair >> 32)
                body(
                    MessageRecord(
                        id: MessageID(rawValue: words[offset]), recipient: UserID(member),
                        content: MessageContent(rawValue: UInt32(truncatingIfNeeded: words[offset + 1])),
                        timestampNanoseconds: words[offset + 2], part: ThreadPart(thread)))
            }
            offset += wordCount(memberCount: count)
        }
    }
}
