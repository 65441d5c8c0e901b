extension ChatServer {
    /// What waits for the disk of a chat server.
    enum DiskRecord: Hashable, Sendable {
        /// A row of the server's write-ahead log.
        case placed(MailboxRow)
        /// A row of the log of failed requests.
        case failed(MailboxRow)
    }

    /// The budget of a write is spent, or rows before it are on the log of failed requests: the row goes there.
    mutating func logFailed(_ row: MailboxRow, outbox: inout Outbox) {
        appendToDisk(.failed(row), outbox: &outbox)
    }

    /// A row is on the log of failed requests, synced. That takes over from the server's write-ahead log, if it has one. The row's
    /// mailbox goes on: the rows after it join the log until the storage has all that is there.
    mutating func failedLogged(_ row: MailboxRow, outbox: inout Outbox) {
        let user = row.owner
        let number = durable.failedLog.append(row)
        storePathFigures.failedLogGreatest = max(storePathFigures.failedLogGreatest, UInt64(durable.failedLog.count))
        outbox.observe(
            Observation(
                .failedLogged, device: DeviceID(user: user, index: 0), message: row.record.id,
                sequence: row.record.sequence))
        finishLogRecord(of: row)
        volatile.mailboxes.update(user) { mailbox in
            mailbox.isStoring = false
            mailbox.failedHead = row.record.sequence
        }
        awaitReplay(of: row, number: number, outbox: &outbox)
        storeNext(of: user, outbox: &outbox)
    }

    /// A mailbox was loaded of which the log of failed requests has rows: those that the storage has are done, the others will be
    /// replayed.
    ///
    /// - Parameter head: The last place that the storage has.
    mutating func resumeReplay(of user: UserID, head: UInt32, outbox: inout Outbox) {
        for (number, row) in volatile.recoveredFailed.removeValue(forKey: user) ?? [] {
            if row.record.sequence <= head {
                durable.failedLog.finish(number)
            } else {
                awaitReplay(of: row, number: number, outbox: &outbox)
            }
        }
    }

    /// It is time to see whether storage servers that have rows on the log of failed requests answer again.
    mutating func probeTimerFired(outbox: inout Outbox) {
        volatile.replay.isProbeDue = false
        for lane in volatile.replay.laneNumbers { replayNext(inLane: lane, outbox: &outbox) }
        startProbing(outbox: &outbox)
    }

    /// A row of the log of failed requests is in the storage.
    mutating func replayed(_ row: MailboxRow, outbox: inout Outbox) {
        let (number, lane) = volatile.replay.finish(row)
        durable.failedLog.finish(number)
        storePathFigures.replayedCount += 1
        advanceStored(row, outbox: &outbox)
        storeNext(of: row.owner, outbox: &outbox)
        replayNext(inLane: lane, outbox: &outbox)
    }

    /// A row of the log of failed requests was sent to the storage and not answered: the storage is probed until it answers again.
    mutating func replayFailed(_ row: MailboxRow, outbox: inout Outbox) {
        volatile.replay.fail(row)
        startProbing(outbox: &outbox)
    }

    private mutating func awaitReplay(of row: MailboxRow, number: UInt64, outbox: inout Outbox) {
        let lane = volatile.replay.append(
            row, number: number, server: storageServer(for: .replay(row)),
            isFirst: configuration.mutant == .failedLogNewestFirst)
        if volatile.replay.isAnswering(lane) {
            replayNext(inLane: lane, outbox: &outbox)
        } else {
            startProbing(outbox: &outbox)
        }
    }

    private mutating func replayNext(inLane lane: Int, outbox: inout Outbox) {
        guard configuration.replayPeriodNanoseconds != nil, let row = volatile.replay.start(lane) else { return }
        write(.replay(row), outbox: &outbox)
    }

    private mutating func startProbing(outbox: inout Outbox) {
        guard let period = configuration.replayPeriodNanoseconds, !volatile.replay.isProbeDue, !volatile.replay.isEmpty
        else { return }
        volatile.replay.isProbeDue = true
        outbox.timer(TimerToken(kind: TimerKind.failedLogProbe.rawValue, value: 0), afterNanoseconds: period)
    }
}
