extension ChatServer {
    /// Gives a message the next place in a mailbox and begins what must be done before the server takes responsibility.
    ///
    /// - Precondition: The mailbox is loaded.
    mutating func place(_ record: MessageRecord, in owner: UserID, outbox: inout Outbox) {
        let placed = volatile.mailboxes.update(owner) { $0.append(record, isRecipients: owner == record.recipient) }
        guard let row = placed else {
            preconditionFailure("a message is placed in a mailbox that is not loaded")
        }
        let isEarly =
            configuration.mutant == .acknowledgedBeforeLog && configuration.acknowledge == .afterLog
            || configuration.mutant == .acknowledgedBeforeStore && configuration.acknowledge == .afterStore
        if isEarly, record.sender == owner { acknowledge(row, outbox: &outbox) }
        switch configuration.acknowledge {
        case .afterReceive: commit(row, outbox: &outbox)
        case .afterLog: appendToDisk(.placed(row), outbox: &outbox)
        case .afterStore: allowStore(of: owner, upTo: row.record.sequence, outbox: &outbox)
        }
    }

    /// Appends a row to one of the server's logs; they share the disk.
    mutating func appendToDisk(_ record: DiskRecord, outbox: inout Outbox) {
        let row: MailboxRow
        switch record {
        case .placed(let placed): row = placed
        case .failed(let failed): row = failed
        }
        volatile.logBuffer.append(record, bytes: LogRecord.mailbox(row).sizeBytes, outbox: &outbox)
    }

    /// The sync that the server asked for is done: the rows that it covered are on its logs.
    public mutating func synced(nowNanoseconds: UInt64, outbox: inout Outbox) {
        self.nowNanoseconds = nowNanoseconds
        for record in volatile.logBuffer.synced(outbox: &outbox) {
            switch record {
            case .placed(let row):
                guard isAwaitingLog(row) else { continue }
                volatile.logNumbers[RowKey(row)] = durable.log.append(row)
                outbox.observe(
                    Observation(
                        .logged, device: DeviceID(user: row.owner, index: 0), message: row.record.id,
                        sequence: row.record.sequence))
                commit(row, outbox: &outbox)
            case .failed(let row): failedLogged(row, outbox: &outbox)
            }
        }
        settleGroups(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Whether a row still has the place that it was written to the log with, and is not committed: its mailbox may be lost since.
    func isAwaitingLog(_ row: MailboxRow) -> Bool {
        guard let mailbox = volatile.mailboxes[row.owner] else { return false }
        return row.record.sequence > mailbox.committedHead
            && mailbox.row(at: row.record.sequence)?.record.id == row.record.id
    }

    /// Takes responsibility for a row: from here on its place is final and anyone may see it.
    mutating func commit(_ row: MailboxRow, outbox: inout Outbox) {
        let record = row.record
        let owner = row.owner
        volatile.mailboxes.update(owner) { $0.committedHead = record.sequence }
        observeAssigned(row, outbox: &outbox)
        let isSenders = record.sender == owner
        if isSenders {
            acknowledge(row, outbox: &outbox)
        }
        let author = isSenders ? record.id.device : nil
        if configuration.connection.isPolled {
            answerPolls(of: owner, except: author, outbox: &outbox)
        } else {
            // A message of a thread is kept for members who are offline, whatever happens to messages to users.
            let wantsReceipt = configuration.offline == .notify && row.isRecipients && record.thread == nil
            volatile.connections.forEachConnection(of: owner) { connection in
                if connection.device != author {
                    outbox.send(.push(row, wantsReceipt: wantsReceipt), to: connection.address)
                }
            }
        }
        if record.thread != nil {
            copyTaken(record, outbox: &outbox)
        } else if !isSenders, configuration.offline == .storeAndRedeliver {
            answerForward(record, delivered: true, outbox: &outbox)
        }
        if isSenders, !row.isRecipients, !configuration.forwardsFirst {
            startRelay(record, outbox: &outbox)
        } else if isSenders, !row.isRecipients {
            // It was forwarded before it had a place.
            finishLogRecord(ofMessage: record, outbox: &outbox)
        }
        guard configuration.acknowledge != .afterStore else { return }
        if balancing.movesUsers, let epoch = volatile.mailboxes.withAddress(of: owner, { $0.pointee.epoch }) {
            outbox.observe(.ownerWrote(row, owner: number, epoch: epoch))
        }
        if configuration.storeDelayNanoseconds == 0
            || volatile.mailboxes.withAddress(of: owner, { $0.pointee.isReleasing }) == true
        {
            allowStore(of: owner, upTo: record.sequence, outbox: &outbox)
        } else {
            outbox.timer(
                TimerToken(
                    kind: TimerKind.storeDue.rawValue,
                    value: UInt64(owner.rawValue) << 32 | UInt64(record.sequence)),
                afterNanoseconds: configuration.storeDelayNanoseconds)
        }
    }

    /// Reports the place of a row.
    func observeAssigned(_ row: MailboxRow, outbox: inout Outbox) {
        outbox.observe(.assigned(row))
    }

    /// The recipient's chat server has a message of this server's log: one thing less to do for the sender's row.
    mutating func finishLogRecord(ofMessage record: MessageRecord, outbox: inout Outbox) {
        guard configuration.acknowledge == .afterLog else { return }
        finishLogRecord(RowKey(sentRowOf: record.id))
    }

    /// One of the things that had to be done for a row on the log is done.
    mutating func finishLogRecord(of row: MailboxRow) {
        finishLogRecord(RowKey(row))
    }

    private mutating func finishLogRecord(_ key: RowKey) {
        guard let number = volatile.logNumbers[key], durable.log.progress(number) else { return }
        volatile.logNumbers[key] = nil
    }
}
