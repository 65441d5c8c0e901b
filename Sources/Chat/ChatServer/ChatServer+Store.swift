internal import DequeModule

extension ChatServer {
    /// Asks the storage for a mailbox, unless it is here or was asked for.
    mutating func loadIfNeeded(_ user: UserID, outbox: inout Outbox) {
        guard !volatile.mailboxes.contains(user), !volatile.loading.contains(user) else { return }
        volatile.loading.insert((), for: user)
        if balancing.movesUsers {
            claim(user, outbox: &outbox)
        } else {
            request(.load(user), outbox: &outbox)
        }
    }

    /// Rows of a mailbox up to a place may be written to the storage.
    mutating func allowStore(of user: UserID, upTo sequence: UInt32, outbox: inout Outbox) {
        volatile.mailboxes.update(user) { $0.allowStore(upTo: sequence) }
        storeNext(of: user, outbox: &outbox)
    }

    mutating func storeDueTimerFired(_ value: UInt64, outbox: inout Outbox) {
        let user = UserID(UInt32(truncatingIfNeeded: value >> 32))
        allowStore(of: user, upTo: UInt32(truncatingIfNeeded: value), outbox: &outbox)
    }

    /// Sends a request to the storage server, or the cache server, of its user as soon as the pool has a free connection.
    mutating func request(_ request: StorageRequest, outbox: inout Outbox) {
        if gathersRows(of: request) { return gather(request, outbox: &outbox) }
        enqueue(ConnectionPool.Attempt(request: request, askedNanoseconds: nowNanoseconds), outbox: &outbox)
    }

    /// Sends a write to the storage server of its user: at once, or when it is its turn with the dedicated writer.
    mutating func write(_ request: StorageRequest, outbox: inout Outbox) {
        switch configuration.storeWriter {
        case .asynchronous: self.request(request, outbox: &outbox)
        case .dedicated:
            volatile.writer.enqueue(ConnectionPool.Attempt(request: request, askedNanoseconds: nowNanoseconds))
            startWriting(outbox: &outbox)
        }
    }

    /// A storage server has answered completely at one of the pool's ports.
    mutating func answered(
        _ answer: WireMessage, atPort port: UInt32, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard
            let (request, server, rows) = volatile.pool.finish(
                atPort: port, nowNanoseconds: nowNanoseconds, counting: &storePathFigures.pool)
        else { return }
        writeEnded(request, outbox: &outbox)
        startRequests(to: server, outbox: &outbox)
        if case .rowsEnd(_, let count, let head) = answer {
            guard rows.count == Int(count) else { return self.request(request, outbox: &outbox) }
            if case .part(let part, _) = request {
                return gathered(rows, head: head, part, nowNanoseconds: nowNanoseconds, outbox: &outbox)
            }
            pageCounts.count(servers: 1, shards: 1)
        }
        answered(request, answer, rows: rows, nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// The answer to a request is complete.
    mutating func answered(
        _ request: StorageRequest, _ answer: WireMessage, rows: [MailboxRow], nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        switch (request, answer) {
        case (.load(let user), .rowsEnd(_, _, let head)):
            let mailbox = Mailbox(owner: user, storedRows: rows, head: head, epoch: durable.epoch)
            loaded(mailbox, isContinued: true, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case (.claim(let user, _), .balancing(.claimed(_, let count, let head, let token, let isContinued))):
            guard rows.count == Int(count) else { return self.request(request, outbox: &outbox) }
            let rank = volatile.ownership.claims.removeValue(forKey: user)?.rank ?? 0
            if !isContinued { balancingFigures.movedUsers += 1 }
            let mailbox = Mailbox(owner: user, storedRows: rows, head: head, epoch: token.rawValue, rank: rank)
            loaded(mailbox, isContinued: isContinued, nowNanoseconds: nowNanoseconds, outbox: &outbox)
            releaseIfForeign(user, outbox: &outbox)
        case (.claim(let user, _), .balancing(.owned(_, let owner))): claimDenied(user, owner: owner, outbox: &outbox)
        case (.scan(let device, let after), .rowsEnd):
            if configuration.connection.isPolled {
                answerPoll(of: device, with: rows, after: after, outbox: &outbox)
            } else {
                sendPage(rows, to: device, after: after, outbox: &outbox)
            }
        case (.page(_, let job, let after, _), .rowsEnd):
            pageRowsArrived(job, rows, after: after, outbox: &outbox)
        case (.put(let row, let epoch), .putDone(_, _, _, fenced: true)):
            precondition(balancing.movesUsers, "a chat server that lives is fenced off by itself")
            fencedOff(row, epoch: epoch, outbox: &outbox)
        case (.put(let row, let epoch), .putDone): stored(row, epoch: epoch, outbox: &outbox)
        case (.replay(let row), .putDone(_, _, _, let fenced)):
            precondition(!fenced, "a chat server that lives is fenced off by itself")
            replayed(row, outbox: &outbox)
        default: preconditionFailure("\(answer) does not answer \(request)")
        }
    }

    mutating func poolTimedOut(_ value: UInt64, outbox: inout Outbox) {
        guard
            let (attempt, server) = volatile.pool.abandon(
                timeout: value, nowNanoseconds: nowNanoseconds,
                counting: &storePathFigures.pool)
        else { return }
        lookUpShard(of: attempt.request.user, outbox: &outbox)
        switch attempt.request {
        case .replay(let row):
            replayFailed(row, outbox: &outbox)
            writeEnded(attempt.request, outbox: &outbox)
        case .put(let row, _) where configuration.requestRetry.isExhausted(afterAttempts: attempt.count):
            storePathFigures.failedCount += 1
            logFailed(row, outbox: &outbox)
            writeEnded(attempt.request, outbox: &outbox)
        case .claim(let user, let previous) where previous != number:
            // The server that was to be replaced may be a member again by now, and own the mailbox anew: it is asked for afresh.
            var afresh = ConnectionPool.Attempt(
                request: StorageRequest.claim(user, previous: number), askedNanoseconds: attempt.askedNanoseconds)
            afresh.count = attempt.count
            retryLater(afresh, outbox: &outbox)
        default: retryLater(attempt, outbox: &outbox)
        }
        startRequests(to: server, outbox: &outbox)
    }

    /// Makes a further attempt after a wait.
    mutating func retryLater(_ attempt: ConnectionPool<StorageRequest>.Attempt, outbox: inout Outbox) {
        outbox.timer(
            TimerToken(kind: TimerKind.poolRetry.rawValue, value: volatile.pool.park(attempt)),
            afterNanoseconds: configuration.requestRetry.waitNanoseconds(
                afterAttempt: attempt.count, drawing: &volatile.jitter))
    }

    mutating func poolRetryTimerFired(_ value: UInt64, outbox: inout Outbox) {
        guard let attempt = volatile.pool.unpark(value) else { return }
        enqueue(attempt, outbox: &outbox)
    }

    mutating func enqueue(_ attempt: ConnectionPool<StorageRequest>.Attempt, outbox: inout Outbox) {
        let server = storeServer(for: attempt.request)
        volatile.pool.enqueue(attempt, server: server)
        startRequests(to: server, outbox: &outbox)
        countWaiting()
    }

    /// The dedicated writer goes on if it is free.
    private mutating func startWriting(outbox: inout Outbox) {
        if let attempt = volatile.writer.start() { enqueue(attempt, outbox: &outbox) }
        countWaiting()
    }

    /// A request is answered or given up; if it was the dedicated writer's, that is free.
    private mutating func writeEnded(_ request: StorageRequest, outbox: inout Outbox) {
        guard configuration.storeWriter == .dedicated, request.written != nil else { return }
        volatile.writer.finish()
        startWriting(outbox: &outbox)
    }

    private mutating func countWaiting() {
        storePathFigures.pool.waiting(volatile.pool.queuedCount + volatile.writer.count)
    }

    mutating func startRequests(to server: UInt32, outbox: inout Outbox) {
        while let (attempt, port, timeout) = volatile.pool.start(
            server: server, nowNanoseconds: nowNanoseconds, counting: &storePathFigures.pool)
        {
            let message: WireMessage
            switch whole(of: attempt.request) {
            case .load(let user):
                message = .load(
                    user, epoch: durable.epoch, limit: UInt32(ChatServerConfiguration.recentRowsMax))
            case .claim(let user, let previous):
                message = .balancing(
                    .claim(
                        user, server: number, previous: previous,
                        limit: UInt32(ChatServerConfiguration.recentRowsMax)))
            case .put(let row, let epoch): message = .put(row, epoch: epoch)
            case .replay(let row): message = .put(row, epoch: durable.epoch)
            case .scan(let device, let after):
                message = .scan(device.user, after: after, limit: ChatServerConfiguration.pageRowsMax)
            case .part: preconditionFailure("a part of a part is never asked for")
            case .page(let user, _, let after, let limit): message = .scan(user, after: after, limit: limit)
            }
            outbox.sendMailboxRequest(message, to: storeAddress(server), fromPort: port)
            outbox.timer(
                TimerToken(kind: TimerKind.poolTimeout.rawValue, value: timeout),
                afterNanoseconds: configuration.requestTimeoutNanoseconds)
        }
    }

    /// The request that a request is a part of, or the request itself.
    private func whole(of request: StorageRequest) -> StorageRequest {
        guard case .part(let part, _) = request else { return request }
        guard let whole = volatile.sharding?.request(of: part) else {
            preconditionFailure("a part is asked for after the whole was answered")
        }
        return whole
    }

    /// Hands the next due row of a mailbox over, unless one is under way: to the storage, or to the log of failed requests if rows
    /// before it are there.
    mutating func storeNext(of user: UserID, outbox: inout Outbox) {
        guard let begun = volatile.mailboxes.update(user, { $0.beginStoring() }), let (row, epoch) = begun else {
            return
        }
        if let epoch {
            write(.put(row, epoch: epoch), outbox: &outbox)
        } else {
            logFailed(row, outbox: &outbox)
        }
    }

    private mutating func stored(_ row: MailboxRow, epoch: UInt32, outbox: inout Outbox) {
        // What was stored for a mailbox that has been lost since is for its new owner to find.
        let isSame = volatile.mailboxes.update(row.owner) { mailbox in
            if mailbox.epoch == epoch { mailbox.isStoring = false }
            return mailbox.epoch == epoch
        }
        guard isSame == true else { return }
        finishLogRecord(of: row)
        advanceStored(row, outbox: &outbox)
        storeNext(of: row.owner, outbox: &outbox)
        finishRelease(of: row.owner, outbox: &outbox)
    }

    /// The storage has one more row of a mailbox.
    mutating func advanceStored(_ row: MailboxRow, outbox: inout Outbox) {
        volatile.mailboxes.update(row.owner) { $0.storedHead = row.record.sequence }
        if configuration.acknowledge == .afterStore {
            commit(row, outbox: &outbox)
        }
        volatile.mailboxes.update(row.owner) { $0.trim(keeping: ChatServerConfiguration.recentRowsMax) }
    }

    /// The mailbox is here, as the storage has it. Rows that only the server's logs have are taken up where they stood; with
    /// ``AcknowledgeMode/afterStore`` they are nobody's to see before the storage has them. If another
    /// server has owned the mailbox meanwhile, rows of the write-ahead log need new places.
    private mutating func loaded(
        _ stored: Mailbox, isContinued: Bool, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        var mailbox = stored
        let user = mailbox.owner
        volatile.loading[user] = nil
        var recovered = volatile.recovered.isEmpty ? [] : volatile.recovered.removeValue(forKey: user) ?? []
        if configuration.mutant == .numbersFromStorage { recovered = [] }
        let failed = volatile.recoveredFailed.isEmpty ? [] : (volatile.recoveredFailed[user] ?? []).map(\.row)
        var displaced: [MailboxRow] = []
        for row in failed + recovered where row.record.sequence > mailbox.lastSequence || balancing.movesUsers {
            if !balancing.movesUsers, row.record.sequence > mailbox.lastSequence + 1 {
                // The server has seen those before it stored, or they would be on its log too.
                mailbox.skip(to: row.record.sequence - 1)
            }
            if isContinued, row.record.sequence == mailbox.lastSequence + 1 {
                _ = mailbox.append(row.record, isRecipients: row.isRecipients)
            } else if !mailbox.hasPassed(row) {
                displaced.append(row)
            }
        }
        let head = mailbox.storedHead
        let failedHead = max(head, failed.last?.record.sequence ?? 0)
        mailbox.failedHead = failedHead
        mailbox.committedHead = configuration.acknowledge == .afterStore ? head : mailbox.lastSequence
        let (rows, last) = (mailbox.rows, mailbox.lastSequence)
        volatile.mailboxes.insertOrReplace(mailbox, for: user)
        noteLoaded(user)
        if !failed.isEmpty { resumeReplay(of: user, head: head, outbox: &outbox) }
        for row in rows { observeAssigned(row, outbox: &outbox) }
        for row in displaced { handOver(row, outbox: &outbox) }
        for row in recovered where !displaced.contains(row) {
            if row.record.sequence <= failedHead { finishLogRecord(of: row) }
            if row.record.sender == user, !row.isRecipients {
                if configuration.forwardsFirst {
                    finishLogRecord(of: row)
                } else {
                    startRelay(row.record, outbox: &outbox)
                }
            }
        }
        allowStore(of: user, upTo: last, outbox: &outbox)
        resume(user, nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }
}
