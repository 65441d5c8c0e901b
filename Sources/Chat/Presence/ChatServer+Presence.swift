extension ChatServer {
    /// A user has the first connection, or has lost the last one.
    mutating func presenceChanged(of user: UserID, outbox: inout Outbox) {
        let isOnline = volatile.connections.isConnected(user)
        withPresence { presence, server in
            if isOnline {
                presence.cameOnline(user, in: server, outbox: &outbox)
            } else {
                presence.wentOffline(user, in: server, outbox: &outbox)
            }
        }
    }

    /// Handles a message about who is online, with the words that came with it.
    mutating func received(
        _ message: PresenceMessage, words: UnsafeBufferPointer<UInt64>, from source: Address,
        nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        if case .pull(let device, _, _, _) = message {
            guard hear(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
        }
        switch message {
        case .pull(let device, let reason, let friendCount, let chat):
            withPresence { presence, server in
                presence.pulled(
                    by: device, reason: reason, friendCount: friendCount, chat: chat, in: server,
                    outbox: &outbox)
            }
        case .answer(let pull, let part, let online):
            withPresence { presence, server in
                presence.answered(pull: pull, part: part, online: online, in: server, outbox: &outbox)
            }
        // There are hundreds of these for each change and each question.
        case .query(let pull, let part, let count):
            presence?.queried(
                pull: pull, part: part, count: count, words: words, from: source, connections: volatile.connections,
                outbox: &outbox)
        case .changed(let user, let isOnline, let count):
            presence?.changed(
                user, isOnline: isOnline, count: count, words: words, connections: volatile.connections,
                outbox: &outbox)
        case .statuses, .status: preconditionFailure("a chat server is never sent \(message)")
        }
    }

    mutating func presenceTimerFired(_ kind: TimerKind, _ value: UInt64, outbox: inout Outbox) {
        withPresence { presence, server in
            if kind == .presenceDelay {
                presence.delayTimerFired(value, in: server, outbox: &outbox)
            } else {
                presence.pullTimerFired(value, in: server, outbox: &outbox)
            }
        }
    }

    /// Runs the machine, if there is one. It is taken out meanwhile, so that it can look at the server.
    private mutating func withPresence(_ body: (inout Presence, ChatServer) -> Void) {
        guard var machine = presence else { return }
        presence = nil
        body(&machine, self)
        presence = machine
    }
}
