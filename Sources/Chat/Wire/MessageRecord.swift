/// A chat message as it travels and as it is stored: a row of 32 bytes.
@frozen
public struct MessageRecord: Hashable, Sendable {
    /// The largest ``sequence``: 31 bits, since one bit tells whose mailbox the row is in.
    public static let sequenceMax: UInt32 = (1 << 31) - 1

    /// Who sent it, and the sender's idempotency key.
    public let id: MessageID
    /// Whom it is for. Of a message of a thread: on its way to the thread's chat server the user whom it adds or removes, or else its
    /// sender; in a mailbox the owner.
    public let recipient: UserID
    /// The content, or a reference to it.
    public let content: MessageContent
    /// When the sender's chat server received it, in nanoseconds of that server's own clock.
    public var timestampNanoseconds: UInt64
    /// Its place in the mailbox that it is a row of, from one; zero before it has one.
    public var sequence: UInt32
    /// What makes it a message of a thread, if it is one.
    public let part: ThreadPart

    /// Makes a record that has neither a timestamp nor a place yet, unless they are given.
    @inlinable
    public init(
        id: MessageID, recipient: UserID, content: MessageContent, timestampNanoseconds: UInt64 = 0,
        sequence: UInt32 = 0, part: ThreadPart = .none
    ) {
        self.id = id
        self.recipient = recipient
        self.content = content
        self.timestampNanoseconds = timestampNanoseconds
        self.sequence = sequence
        self.part = part
    }

    /// Makes a record of a message that carries its content itself, without a timestamp and a place, unless they are given.
    @inlinable
    public init(
        id: MessageID, recipient: UserID, contentBytes: UInt32, timestampNanoseconds: UInt64 = 0, sequence: UInt32 = 0,
        part: ThreadPart = .none
    ) {
        self.init(
            id: id, recipient: recipient, content: MessageContent(bytes: contentBytes),
            timestampNanoseconds: timestampNanoseconds, sequence: sequence, part: part)
    }

    /// The bytes of what it carries: the content, or a reference.
    @inlinable
    public var contentBytes: UInt32 { content.carriedBytes }

    /// The thread that it is a message of; nothing for a message to a user.
    @inlinable
    public var thread: ThreadID? { part.thread }

    /// The user who sent it.
    @inlinable
    public var sender: UserID { id.sender }
}

/// A record together with the mailbox that it is a row of: its sender's or its recipient's.
@frozen
public struct MailboxRow: Hashable, Sendable {
    /// The message, with its place in this mailbox.
    public let record: MessageRecord
    /// Whether the mailbox is the recipient's. A message to oneself is a row of the recipient's mailbox, and so is every copy of a message
    /// of a thread, the sender's too.
    public let isRecipients: Bool

    /// A row of one of the two mailboxes.
    @inlinable
    public init(record: MessageRecord, isRecipients: Bool) {
        self.record = record
        self.isRecipients = isRecipients
    }

    /// Whose mailbox it is.
    @inlinable
    public var owner: UserID { isRecipients ? record.recipient : record.sender }
}
