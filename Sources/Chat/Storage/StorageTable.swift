/// One of the six tables of the source design. The numbers order the rows of a server and are part of what is stored.
///
/// The columns of a ``StoredRow`` mean for each table what its case says; columns that are not named are zero. The rows of one user, or
/// of one thread, in all tables together are one row of HBase with a column family for each table: they are in one region, and a
/// ``RowBatch`` writes any of them atomically.
@frozen
public enum StorageTable: UInt8, Hashable, Sendable, CaseIterable {
    /// A user, at place 0, the header row of the user's rows: `first` is the last login in nanoseconds of the storage server's clock,
    /// `number` the fence: writes of an earlier epoch are refused.
    case user = 1
    /// A message in the mailbox of a user, by its place there: see ``StoredRow/init(message:)``.
    case message
    /// Where a message is in the mailbox of a user, by ``MessageID/rawValue``: `number` is its place, `first` its timestamp.
    case messageIndex
    /// The last message between a user and another, by the number of the other, or the last one of a thread, by the number of the
    /// thread and bit 32: `first` is the message, `second` its timestamp, `number` its place in the user's mailbox.
    case recentContacts
    /// A message of a thread, by its place there: `first` is the message, `second` its timestamp, `content` what it carries, the flags its
    /// ``ThreadPart/Action``, `number` the user whom it adds or removes, or else its sender.
    case groupMessage
    /// A thread. Place 0 is the header row: `first` is a hash of the set of participants, `second` when it was created, `number` the
    /// fence. Place 1: `first` is when the thread was last written, `number` the place up to which its messages are fanned out. From 2^32
    /// on, by the place in the thread from which on a user is a member plus one, times 2^32, plus the number of the user: `number` is the
    /// place up to which, 2^32 - 1 while there is no end.
    case thread

    /// The table whose row at place 0 is the header row of the partition key that a row of this table has: ``thread`` for tables
    /// whose partition key is a thread, else ``user``.
    @inlinable
    public var headerTable: StorageTable { self == .groupMessage || self == .thread ? .thread : .user }
}
