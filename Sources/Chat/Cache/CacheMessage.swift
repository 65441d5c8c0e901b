/// What devices, chat servers and cache servers say about the indices that a cache server keeps of a user's mailbox. Rows are written and
/// read through a cache server with the same messages as through a storage server.
@frozen
public enum CacheMessage: Hashable, Sendable {
    /// Device to chat server: send me my recent messages and recent conversations. `reading` counts a device's readings.
    case readRecent(DeviceID, reading: UInt16)
    /// Chat server to the user's cache server: the same. `head` is the last place of the mailbox that the chat server has committed.
    case recent(DeviceID, reading: UInt16, head: UInt32)
    /// One row of the answer, to the chat server and on to the device.
    case recentRow(RecentRow)
    /// The end of the answer, and how many rows it has of each index.
    case recentEnd(DeviceID, reading: UInt16, messageCount: UInt16, conversationCount: UInt16)
}

/// A row of one of the indices of a user, on its way to a device.
@frozen
public struct RecentRow: Hashable, Sendable {
    /// The message: one of the last in the mailbox, or the last of a conversation.
    public let row: MailboxRow
    /// The index of the device among those of the mailbox's owner.
    public let deviceIndex: UInt8
    /// Which of the device's readings it answers.
    public let reading: UInt16
    /// Whether it is of the index of recent conversations, else of the index of recent messages.
    public let isConversation: Bool

    /// Whom it is for.
    public var device: DeviceID { DeviceID(user: row.owner, index: deviceIndex) }
}
