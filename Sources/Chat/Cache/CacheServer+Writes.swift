internal import DequeModule

extension CacheServer {
    /// Takes up work: at once, or once it has the lock of its user.
    mutating func begin(_ request: CacheWork.Request, for caller: CacheWork.Caller, outbox: inout Outbox) {
        let number = volatile.nextWork
        volatile.nextWork += 1
        let work = CacheWork(request: request, caller: caller, askedNanoseconds: nowNanoseconds)
        volatile.works[number] = work
        guard takesLock(work) else { return start(number, outbox: &outbox) }
        if volatile.locks[work.user] == nil {
            volatile.locks[work.user] = UserLock()
            start(number, outbox: &outbox)
        } else {
            volatile.locks[work.user]?.waiting.append(number)
        }
    }

    /// Whether work waits for the lock of its user and holds it until it is done.
    private func takesLock(_ work: CacheWork) -> Bool {
        guard configuration.isLocking, work.isWrite else { return false }
        if configuration.mutant == .cacheFilledWithoutLock, case .refill = work.request { return false }
        return true
    }

    /// When a write is confirmed.
    private var confirmation: CacheConfiguration.Confirmation {
        configuration.mutant == .cacheBeforeDatabase ? .beforeDatabase : configuration.confirmation
    }

    /// The storage has answered a write.
    mutating func putAnswered(_ number: UInt64, isFenced: Bool, outbox: inout Outbox) {
        guard let work = volatile.works[number], case .put(let row, let epoch) = work.request else { return }
        switch confirmation {
        case .afterDatabase:
            guard !isFenced else {
                outbox.send(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: true),
                    to: work.caller.source, fromPort: work.caller.port)
                return end(number, outbox: &outbox)
            }
            updateFirstIndex(number, outbox: &outbox)
        case .beforeDatabase:
            // It was confirmed before it was refused: the least that can be done is to serve it no longer.
            if isFenced { volatile.table.remove(row.owner) }
            end(number, outbox: &outbox)
        }
    }

    /// The second of a user's indices gets its turn: from here on both have the row.
    mutating func updateSecondIndex(_ number: UInt64, outbox: inout Outbox) {
        guard let work = volatile.works[number], case .put(let row, let epoch) = work.request else { return }
        let user = row.owner
        if configuration.isLocking {
            volatile.table.update(user) { $0.addMessage(row) }
        } else if var changed = work.before {
            changed.addMessage(row)
            volatile.table.update(user) { $0.setMessages(of: changed) }
        }
        _ = volatile.table.use(user)
        confirm(row, epoch: epoch, to: work.caller, outbox: &outbox)
        releaseReaders(of: user, outbox: &outbox)
        switch confirmation {
        case .afterDatabase: end(number, outbox: &outbox)
        case .beforeDatabase:
            volatile.works[number]?.isConfirmed = true
            ask(number, outbox: &outbox)
        }
    }

    /// Puts in an entry as the storage has it.
    mutating func fill(_ user: UserID, with rows: [MailboxRow]) {
        if volatile.table.insert(CacheEntry(rows: rows), for: user) { figures.evictionCount += 1 }
    }

    /// Work is done or given up; the next write of the user gets the lock.
    mutating func end(_ number: UInt64, outbox: inout Outbox) {
        guard let work = volatile.works.removeValue(forKey: number), takesLock(work) else { return }
        guard let next = volatile.locks[work.user]?.waiting.popFirst() else {
            volatile.locks[work.user] = nil
            return
        }
        figures.waitedForLock(
            sinceNanoseconds: volatile.works[next]?.askedNanoseconds ?? nowNanoseconds, nowNanoseconds: nowNanoseconds)
        start(next, outbox: &outbox)
    }

    private mutating func start(_ number: UInt64, outbox: inout Outbox) {
        guard let work = volatile.works[number] else { return }
        guard case .put(let row, _) = work.request else { return ask(number, outbox: &outbox) }
        if !configuration.isLocking { volatile.works[number]?.before = volatile.table[row.owner] }
        switch confirmation {
        case .afterDatabase: ask(number, outbox: &outbox)
        case .beforeDatabase: updateFirstIndex(number, outbox: &outbox)
        }
    }

    /// Changes the first index of a user. The second gets its turn when the server has done this; others may come between.
    private mutating func updateFirstIndex(_ number: UInt64, outbox: inout Outbox) {
        guard let work = volatile.works[number], case .put(let row, _) = work.request else { return }
        if configuration.isLocking {
            volatile.locks[row.owner]?.isUpdating = true
            volatile.table.update(row.owner) { $0.addConversation(row) }
        } else if var changed = work.before {
            changed.addConversation(row)
            volatile.table.update(row.owner) { $0.setConversations(of: changed) }
        }
        outbox.timer(TimerToken(kind: TimerKind.secondIndex.rawValue, value: number), afterNanoseconds: 0)
    }

    private func confirm(_ row: MailboxRow, epoch: UInt32, to caller: CacheWork.Caller, outbox: inout Outbox) {
        outbox.observe(
            Observation(
                .cacheConfirmed, device: DeviceID(user: row.owner, index: 0), message: row.record.id,
                sequence: row.record.sequence))
        outbox.send(
            .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false), to: caller.source,
            fromPort: caller.port)
    }

    private mutating func releaseReaders(of user: UserID, outbox: inout Outbox) {
        guard let lock = volatile.locks[user] else { return }
        volatile.locks[user]?.isUpdating = false
        volatile.locks[user]?.readers.removeAll()
        for reader in lock.readers {
            figures.waitedForLock(sinceNanoseconds: reader.askedNanoseconds, nowNanoseconds: nowNanoseconds)
            serve(reader.message, for: reader.caller, outbox: &outbox)
        }
    }
}
