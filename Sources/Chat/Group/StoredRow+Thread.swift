extension StoredRow {
    /// The header row of a thread.
    init(headerOf thread: ThreadID, membershipHash: UInt64, createdNanoseconds: UInt64, epoch: UInt32) {
        self.init(
            RowKey(.thread, partition: thread.rawValue, place: 0), first: membershipHash, second: createdNanoseconds,
            number: epoch)
    }

    /// The place of the row of the thread table that tells how far a thread is done.
    static let threadProgressPlace: UInt64 = 1

    /// How far a thread is done, in the row of the thread table after the header.
    init(progressOf thread: ThreadID, finishedHead: UInt32, updatedNanoseconds: UInt64) {
        self.init(
            RowKey(.thread, partition: thread.rawValue, place: Self.threadProgressPlace), first: updatedNanoseconds,
            number: finishedHead)
    }

    /// The time that a user is in a thread.
    init(_ stay: Membership.Stay, in thread: ThreadID) {
        self.init(Self.key(of: stay, in: thread), number: stay.last)
    }

    /// The row that deletes a time that a user was in a thread.
    init(forgetting stay: Membership.Stay, in thread: ThreadID) {
        self.init(deleting: Self.key(of: stay, in: thread))
    }

    /// The time that a user is in a thread; nothing if the row of the thread table means something else.
    var stay: Membership.Stay? {
        guard place >> 32 > 0 else { return nil }
        return Membership.Stay(
            user: UserID(UInt32(truncatingIfNeeded: place)), first: UInt32(truncatingIfNeeded: place >> 32 &- 1),
            last: number)
    }

    /// A message of a thread, whose `sequence` is its place there.
    init(threadMessage record: MessageRecord, in thread: ThreadID) {
        self.init(
            RowKey(.groupMessage, partition: thread.rawValue, place: UInt64(record.sequence)),
            first: record.id.rawValue, second: record.timestampNanoseconds, number: record.recipient.rawValue,
            content: record.content, flags: UInt8(truncatingIfNeeded: record.part.action.rawValue))
    }

    /// The message of a thread that a row of the group message table is.
    var threadMessage: MessageRecord {
        guard table == .groupMessage, let action = ThreadPart.Action(rawValue: UInt32(flags)) else {
            preconditionFailure("a row of \(table) is no message of a thread")
        }
        return MessageRecord(
            id: MessageID(rawValue: first), recipient: UserID(number), content: content,
            timestampNanoseconds: second, sequence: UInt32(truncatingIfNeeded: place),
            part: ThreadPart(ThreadID(partition), action))
    }

    private static func key(of stay: Membership.Stay, in thread: ThreadID) -> RowKey {
        RowKey(
            .thread, partition: thread.rawValue, place: (UInt64(stay.first) + 1) << 32 | UInt64(stay.user.rawValue))
    }
}
