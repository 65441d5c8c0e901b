/// When a chat server takes responsibility for a message and tells the sender so.
public enum AcknowledgeMode: Hashable, Sendable, CaseIterable {
    /// On receipt; the message is stored in the background. The source design's choice: a crash before the background
    /// store loses a message that was acknowledged.
    case afterReceive
    /// Once the message is on the chat server's own write-ahead log, synced.
    case afterLog
    /// Once the storage has the sender's row and the recipient's chat server has taken responsibility for the other.
    case afterStore
}

/// In which order a device shows messages.
public enum SequencingMode: Hashable, Sendable, CaseIterable {
    /// Messages carry the time at which the chat server received them. A device shows its own message at once, others as
    /// they arrive, and sorts only what it fetches as history.
    case serverTimestamp
    /// Messages carry their place in the user's own order. A device shows them in that order without gaps.
    case perUserSequence
}

/// What happens to a message whose recipient has no open connection.
public enum OfflinePolicy: Hashable, Sendable, CaseIterable {
    /// It is kept, and delivered when the recipient reconnects.
    case storeAndRedeliver
    /// The sender's device is told, and tries again within its budget.
    case notify
}
