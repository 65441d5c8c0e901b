internal import DequeModule

extension ChatServer {
    /// Asks the storage for a mailbox, unless it is here or was asked for.
    mutating func loadIfNeeded(_ user: UserID, outbox: inout Outbox) {
        guard volatile.mailboxes[user] == nil, volatile.loading.insert(user).inserted else { return }
        request(.load(user), outbox: &outbox)
    }

    /// Rows of a mailbox up to a place may be written to the storage.
    mutating func allowStore(of user: UserID, upTo sequence: UInt32, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[user] else { return }
        volatile.mailboxes[user]?.storeDueHead = max(mailbox.storeDueHead, sequence)
        storeNext(of: user, outbox: &outbox)
    }

    mutating func storeDueTimerFired(_ value: UInt64, outbox: inout Outbox) {
        let user = UserID(UInt32(truncatingIfNeeded: value >> 32))
        allowStore(of: user, upTo: UInt32(truncatingIfNeeded: value), outbox: &outbox)
    }

    /// Sends a request to the storage server of its user as soon as the pool has a free connection.
    mutating func request(_ request: ConnectionPool.Request, outbox: inout Outbox) {
        let server = storageServer(of: request.user)
        volatile.pool.enqueue(ConnectionPool.Attempt(request: request), server: server)
        startRequests(to: server, outbox: &outbox)
    }

    /// A storage server has answered completely at one of the pool's ports.
    mutating func answered(
        _ answer: WireMessage, atPort port: UInt32, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard let (request, rows) = volatile.pool.finish(atPort: port) else { return }
        startRequests(to: storageServer(of: request.user), outbox: &outbox)
        switch (request, answer) {
        case (.load(let user), .rowsEnd(_, let count, let head)):
            guard rows.count == Int(count) else { return self.request(request, outbox: &outbox) }
            loaded(user, rows: rows, head: head, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case (.scan(let device, let after), .rowsEnd(_, let count, _)):
            guard rows.count == Int(count) else { return self.request(request, outbox: &outbox) }
            if configuration.connection.isPolled {
                answerPoll(of: device, with: rows, after: after, outbox: &outbox)
            } else {
                sendPage(rows, to: device, after: after, outbox: &outbox)
            }
        case (.put(let row), .putDone(_, _, _, let fenced)):
            precondition(!fenced, "a chat server that lives is fenced off by itself")
            stored(row, outbox: &outbox)
        default: preconditionFailure("\(answer) does not answer \(request)")
        }
    }

    mutating func poolTimedOut(_ value: UInt64, outbox: inout Outbox) {
        let port = UInt32(truncatingIfNeeded: value)
        let count = UInt32(truncatingIfNeeded: value >> 32)
        guard let attempt = volatile.pool.abandon(count, atPort: port) else { return }
        outbox.timer(
            TimerToken(kind: TimerKind.poolRetry.rawValue, value: volatile.pool.park(attempt)),
            afterNanoseconds: configuration.requestRetry.waitNanoseconds(
                afterAttempt: attempt.count, drawing: &volatile.jitter))
        startRequests(to: storageServer(of: attempt.request.user), outbox: &outbox)
    }

    mutating func poolRetryTimerFired(_ value: UInt64, outbox: inout Outbox) {
        guard let attempt = volatile.pool.unpark(value) else { return }
        let server = storageServer(of: attempt.request.user)
        volatile.pool.enqueue(attempt, server: server)
        startRequests(to: server, outbox: &outbox)
    }

    private mutating func startRequests(to server: UInt32, outbox: inout Outbox) {
        while let (attempt, port) = volatile.pool.start(server: server) {
            let message: WireMessage
            switch attempt.request {
            case .load(let user):
                message = .load(
                    user, epoch: durable.epoch, limit: UInt32(ChatServerConfiguration.recentRowsMax))
            case .put(let row): message = .put(row, epoch: durable.epoch)
            case .scan(let device, let after):
                message = .scan(device.user, after: after, limit: ChatServerConfiguration.pageRowsMax)
            }
            outbox.send(message, to: placement.storageServerAddress(server), fromPort: port)
            outbox.timer(
                TimerToken(
                    kind: TimerKind.poolTimeout.rawValue, value: UInt64(attempt.count) << 32 | UInt64(port)),
                afterNanoseconds: configuration.requestTimeoutNanoseconds)
        }
    }

    private mutating func storeNext(of user: UserID, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[user], !mailbox.isStoring,
            mailbox.storedHead < mailbox.storeDueHead, let row = mailbox.row(at: mailbox.storedHead + 1)
        else { return }
        volatile.mailboxes[user]?.isStoring = true
        request(.put(row), outbox: &outbox)
    }

    private mutating func stored(_ row: MailboxRow, outbox: inout Outbox) {
        let user = row.owner
        volatile.mailboxes[user]?.isStoring = false
        volatile.mailboxes[user]?.storedHead = row.record.sequence
        finishLogRecord(of: row)
        if configuration.acknowledge == .afterStore {
            commit(row, outbox: &outbox)
        }
        volatile.mailboxes[user]?.trim(keeping: ChatServerConfiguration.recentRowsMax)
        storeNext(of: user, outbox: &outbox)
    }

    /// The mailbox is here, as the storage has it. Rows that only the server's log has are taken up where they stood.
    private mutating func loaded(
        _ user: UserID, rows: [MailboxRow], head: UInt32, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        volatile.loading.remove(user)
        var mailbox = Mailbox(owner: user, storedRows: rows, head: head)
        let recovered = volatile.recovered.removeValue(forKey: user) ?? []
        for row in recovered where row.record.sequence > head {
            let again = mailbox.append(row.record, isRecipients: row.isRecipients)
            precondition(again == row, "the log of a chat server continues the mailbox where the storage ends")
        }
        mailbox.committedHead = mailbox.lastSequence
        volatile.mailboxes[user] = mailbox
        for row in mailbox.rows {
            observeAssigned(row, outbox: &outbox)
        }
        for row in recovered {
            if row.record.sequence <= head { finishLogRecord(of: row) }
            if row.record.sender == user, !row.isRecipients {
                if configuration.forwardsFirst {
                    finishLogRecord(of: row)
                } else {
                    startRelay(row.record, outbox: &outbox)
                }
            }
        }
        allowStore(of: user, upTo: mailbox.lastSequence, outbox: &outbox)
        resume(user, nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }
}
