extension StoredRow {
    /// A message in a mailbox: `place` is its place there, `first` its identifier, `second` its timestamp, `number` its recipient, and
    /// the lowest flag tells that the mailbox is the recipient's.
    public init(message row: MailboxRow) {
        let record = row.record
        self.init(
            RowKey(.message, partition: row.owner.rawValue, place: UInt64(record.sequence)), first: record.id.rawValue,
            second: record.timestampNanoseconds, number: record.recipient.rawValue, contentBytes: record.contentBytes,
            flags: row.isRecipients ? 1 : 0)
    }

    /// The message that the row of the message table stands for.
    ///
    /// - Precondition: It is a row of that table, and not deleted.
    public var mailboxRow: MailboxRow {
        precondition(table == .message && !isDeleted, "a row of \(table) is no message in a mailbox")
        return MailboxRow(
            record: MessageRecord(
                id: MessageID(rawValue: first), recipient: UserID(number), contentBytes: contentBytes,
                timestampNanoseconds: second, sequence: UInt32(truncatingIfNeeded: place)),
            isRecipients: flags & 1 != 0)
    }

    /// The row of the message index for a message in a mailbox.
    init(indexOf row: MailboxRow) {
        self.init(
            RowKey(.messageIndex, partition: row.owner.rawValue, place: row.record.id.rawValue),
            first: row.record.timestampNanoseconds, number: row.record.sequence)
    }

    /// The row of the recent contacts for a message in a mailbox.
    init(contactOf row: MailboxRow) {
        let record = row.record
        let other = row.isRecipients ? record.sender : record.recipient
        self.init(
            RowKey(.recentContacts, partition: row.owner.rawValue, place: UInt64(other.rawValue)),
            first: record.id.rawValue, second: record.timestampNanoseconds, number: record.sequence)
    }

    /// The header row of a user who logs in, with the epoch of the chat server that loads the mailbox.
    init(loginOf user: UserID, epoch: UInt32, atNanoseconds now: UInt64) {
        self.init(RowKey(.user, partition: user.rawValue, place: 0), first: now, number: epoch)
    }
}
