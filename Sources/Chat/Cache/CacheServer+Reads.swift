extension CacheServer {
    /// Handles a request to read: at once, or once both indices of the user have what one has.
    mutating func read(_ message: WireMessage, for caller: CacheWork.Caller, outbox: inout Outbox) {
        let user = Self.user(of: message)
        guard volatile.locks[user]?.isUpdating == true, configuration.mutant != .readBetweenIndices else {
            return serve(message, for: caller, outbox: &outbox)
        }
        volatile.locks[user]?.readers.append(
            UserLock.Reader(message: message, caller: caller, askedNanoseconds: nowNanoseconds))
    }

    /// Answers a request to read, from memory if the user has an entry that can.
    mutating func serve(_ message: WireMessage, for caller: CacheWork.Caller, outbox: inout Outbox) {
        let entry = volatile.table.use(Self.user(of: message))
        switch message {
        case .scan(let user, let after, let limit):
            guard let rows = entry?.rows(after: after, limit: Int(limit)), let head = entry?.messages.last else {
                figures.missCount += 1
                return begin(.scan(user, after: after, limit: limit), for: caller, outbox: &outbox)
            }
            figures.hitCount += 1
            send(rows, of: user, head: head.record.sequence, to: caller, outbox: &outbox)
        case .cache(.recent(let device, let reading, let head)):
            guard let entry else {
                figures.missCount += 1
                return begin(.refill(device, reading: reading, head: head), for: caller, outbox: &outbox)
            }
            figures.hitCount += 1
            sendIndices(entry, to: device, reading: reading, by: caller, outbox: &outbox)
        default: preconditionFailure("\(message) is no request to read")
        }
    }

    /// Sends rows of a mailbox as a storage server would.
    func send(
        _ rows: some Collection<MailboxRow>, of user: UserID, head: UInt32, to caller: CacheWork.Caller,
        outbox: inout Outbox
    ) {
        for row in rows { outbox.send(.row(row), to: caller.source, fromPort: caller.port) }
        outbox.send(
            .rowsEnd(user, count: UInt32(rows.count), head: head), to: caller.source, fromPort: caller.port)
    }

    /// Sends what both indices have, as much as a screen shows, to a device by way of its chat server.
    func sendIndices(
        _ entry: CacheEntry, to device: DeviceID, reading: UInt16, by caller: CacheWork.Caller, outbox: inout Outbox
    ) {
        let messages = entry.messages.suffix(CacheConfiguration.readRowsMax)
        let conversations = entry.conversations.suffix(CacheConfiguration.readRowsMax)
        func send(_ rows: some Collection<MailboxRow>, isConversation: Bool) {
            for row in rows {
                let recent = RecentRow(
                    row: row, deviceIndex: device.index, reading: reading, isConversation: isConversation)
                outbox.send(.cache(.recentRow(recent)), to: caller.source, fromPort: caller.port)
            }
        }
        send(messages, isConversation: false)
        send(conversations, isConversation: true)
        outbox.send(
            .cache(
                .recentEnd(
                    device, reading: reading, messageCount: UInt16(messages.count),
                    conversationCount: UInt16(conversations.count))), to: caller.source, fromPort: caller.port)
    }

    private static func user(of message: WireMessage) -> UserID {
        switch message {
        case .scan(let user, _, _): user
        case .cache(.recent(let device, _, _)): device.user
        default: preconditionFailure("\(message) is no request to read")
        }
    }
}
