internal import DequeModule

/// What a cache server keeps of a user: two indices of the mailbox. A write changes both.
struct CacheEntry: Sendable {
    /// The index of recent messages: the last rows of the mailbox, by place.
    private(set) var messages: Deque<MailboxRow> = []
    /// The index of recent conversations: the last row of the conversation with each counterpart, the oldest first.
    private(set) var conversations: [MailboxRow] = []

    /// The entry of a mailbox that ends with these rows.
    init(rows: [MailboxRow]) {
        for row in rows {
            addConversation(row)
            addMessage(row)
        }
    }

    /// Puts a row into the index of recent conversations.
    ///
    /// - Complexity: O(conversations in the entry).
    mutating func addConversation(_ row: MailboxRow) {
        if let index = conversations.firstIndex(where: { $0.counterpart == row.counterpart }) {
            guard conversations[index].record.sequence < row.record.sequence else { return }
            conversations.remove(at: index)
        }
        conversations.append(row)
        if conversations.count > CacheConfiguration.conversationsMax { conversations.removeFirst() }
    }

    /// Puts a row into the index of recent messages, unless it is there already.
    mutating func addMessage(_ row: MailboxRow) {
        if let last = messages.last, last.record.sequence >= row.record.sequence { return }
        messages.append(row)
        if messages.count > CacheConfiguration.rowsMax { messages.removeFirst() }
    }

    /// Takes over the index of recent messages of another.
    mutating func setMessages(of other: CacheEntry) { messages = other.messages }

    /// Takes over the index of recent conversations of another.
    mutating func setConversations(of other: CacheEntry) { conversations = other.conversations }

    /// The rows after a place, if the entry has them all.
    func rows(after place: UInt32, limit: Int) -> ArraySlice<MailboxRow>? {
        guard let first = messages.first?.record.sequence, first <= place + 1 else { return nil }
        return Array(messages.drop { $0.record.sequence <= place }).prefix(limit)
    }

    /// The bytes that the entry takes.
    var sizeBytes: UInt64 {
        UInt64(MemoryLayout<CacheEntry>.stride)
            + UInt64((messages.count + conversations.count) * MemoryLayout<MailboxRow>.stride)
    }
}

extension MailboxRow {
    /// The other user of the conversation that the row is part of.
    public var counterpart: UserID { isRecipients ? record.sender : record.recipient }
}
