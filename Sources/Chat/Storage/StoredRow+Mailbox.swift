extension StoredRow {
    /// A message in a mailbox: `place` is its place there, `first` its identifier, `second` its timestamp, and the
    /// lowest flag tells that the mailbox is the recipient's. `number` is the recipient, or the thread where the next flag is set: then the owner
    /// is the recipient.
    public init(message row: MailboxRow) {
        let record = row.record
        self.init(
            RowKey(.message, partition: row.owner.rawValue, place: UInt64(record.sequence)), first: record.id.rawValue,
            second: record.timestampNanoseconds, number: record.thread?.rawValue ?? record.recipient.rawValue,
            content: record.content, flags: (row.isRecipients ? 1 : 0) | (record.thread == nil ? 0 : 2))
    }

    /// The message that the row of the message table stands for.
    ///
    /// - Precondition: It is a row of that table, and not deleted.
    public var mailboxRow: MailboxRow {
        precondition(table == .message && !isDeleted, "a row of \(table) is no message in a mailbox")
        let isOfThread = flags & 2 != 0
        return MailboxRow(
            record: MessageRecord(
                id: MessageID(rawValue: first), recipient: UserID(isOfThread ? partition : number),
                content: content, timestampNanoseconds: second, sequence: UInt32(truncatingIfNeeded: place),
                part: isOfThread ? ThreadPart(ThreadID(number)) : .none),
            isRecipients: flags & 1 != 0)
    }

    /// The row of the message index that a row of the message table has.
    var indexRow: StoredRow {
        StoredRow(
            RowKey(.messageIndex, partition: partition, place: first), first: second,
            number: UInt32(truncatingIfNeeded: place))
    }

    /// The row of the recent contacts that a row of the message table has, unless a later message has taken it.
    var contactRow: StoredRow {
        // A message's identifier has its sender in the upper half.
        let other = flags & 1 != 0 ? first >> 32 : UInt64(number)
        return StoredRow(
            RowKey(
                .recentContacts, partition: partition, place: flags & 2 != 0 ? 1 << 32 | UInt64(number) : other),
            first: first, second: second, number: UInt32(truncatingIfNeeded: place))
    }

    /// Whether it is the header row of a user and has nothing but a login and a fence.
    var isLogin: Bool {
        table == .user && place == 0 && second == 0 && content.rawValue == 0 && flags == 0
    }

    /// The header row of a user who logs in, with the epoch of the chat server that loads the mailbox.
    init(loginOf user: UserID, epoch: UInt32, atNanoseconds now: UInt64) {
        self.init(RowKey(.user, partition: user.rawValue, place: 0), first: now, number: epoch)
    }
}
