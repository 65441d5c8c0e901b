internal import CProcessor

extension ChatServer {
    /// Asks for the memory that handling a message will touch beyond the server's own fields: the connections and the mailbox of the user whom
    /// the message is about. It changes nothing; a method that might is not given a copy of the server.
    ///
    /// - Parameter payload: The message, on the wire.
    public mutating func prefetch(_ payload: Payload) {
        guard let kind = Payload.Kind(rawValue: payload.kind) else { return }
        let user: UserID
        switch kind {
        // The sender is in the upper half of a message's identifier.
        case .submit, .forwarded:
            user = UserID(UInt32(truncatingIfNeeded: payload.words.0 >> 32))
            volatile.relays.withAddresses(of: MessageID(rawValue: payload.words.0)) { confab_prefetch($0) }
        case .forward: user = UserID(UInt32(truncatingIfNeeded: payload.words.1))
        case .rowsEnd, .putDone, .received, .fetch, .heartbeat:
            user = UserID(UInt32(truncatingIfNeeded: payload.words.0))
        default: return
        }
        volatile.mailboxes.withAddresses(of: user) { confab_prefetch($0) }
        if kind != .putDone { volatile.connections.prefetch(user) }
    }
}
