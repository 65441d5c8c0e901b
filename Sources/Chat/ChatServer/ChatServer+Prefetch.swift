extension ChatServer {
    /// Asks for the memory that handling a message will touch beyond the server's own fields: the connections and the mailbox of the user whom
    /// the message is about. It changes nothing; a method that might is not given a copy of the server.
    ///
    /// - Parameters:
    ///   - payload: The message, on the wire.
    ///   - port: The port at which it comes in.
    public mutating func prefetch(_ payload: Payload, port: UInt32) {
        guard let kind = Payload.Kind(rawValue: payload.kind) else { return }
        let user: UserID
        switch kind {
        // The sender is in the upper half of a message's identifier.
        case .submit, .forwarded:
            user = UserID(UInt32(truncatingIfNeeded: payload.words.0 >> 32))
            volatile.relays.prefetch(MessageID(rawValue: payload.words.0))
        case .forward: user = UserID(UInt32(truncatingIfNeeded: payload.words.1))
        case .rowsEnd, .putDone, .received, .fetch, .heartbeat:
            user = UserID(UInt32(truncatingIfNeeded: payload.words.0))
        default: return
        }
        volatile.mailboxes.prefetch(user)
        switch kind {
        case .submit, .forward:
            volatile.waiting.prefetch(user)
            volatile.loading.prefetch(user)
        case .rowsEnd, .putDone: volatile.pool.prefetch(port: port)
        default: break
        }
        if kind != .forwarded { volatile.connections.prefetch(user) }
    }
}
