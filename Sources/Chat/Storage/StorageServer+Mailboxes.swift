extension StorageServer {
    /// Writes a row of a mailbox, unless it comes from a life that is fenced off. With it go its rows in the message index and the
    /// recent contacts.
    mutating func put(
        _ row: MailboxRow, epoch: UInt32, from source: Address, _ port: UInt32, outbox: inout Outbox
    ) {
        guard epoch >= fence(Self.header(of: row.owner)) || !isFencing || configuration.mutant == .writeWithoutFencing
        else {
            outbox.send(
                .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: true), to: source,
                fromPort: port)
            return
        }
        append(.mailbox(row), for: .put(row, epoch: epoch), from: source, port, outbox: &outbox)
    }

    /// Raises the fence of a mailbox and answers with its last rows once that is durable.
    ///
    /// The fence goes up at once, so that a row of an earlier life is either ahead of it in the log, and part of the answer, or refused.
    /// It is logged before the answer leaves, as part of the user's row, so that it outlives a crash.
    mutating func load(
        _ user: UserID, epoch: UInt32, limit: UInt32, from source: Address, _ port: UInt32, nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        let header = Self.header(of: user)
        let fence = raiseFence(header, to: epoch)
        append(
            .row(StoredRow(loginOf: user, epoch: fence, atNanoseconds: nowNanoseconds)),
            for: .load(user, epoch: epoch, limit: limit), from: source, port, outbox: &outbox)
    }

    /// A row of a mailbox is durable.
    mutating func answerPut(_ row: MailboxRow, epoch: UInt32, to pending: Pending, outbox: inout Outbox) {
        outbox.observe(
            Observation(
                .stored, device: DeviceID(user: row.owner, index: 0), message: row.record.id,
                sequence: row.record.sequence))
        if let owner = FencingToken(rawValue: epoch).owner {
            outbox.observe(.ownerWrote(row, owner: owner, epoch: epoch))
        }
        outbox.send(
            .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false), to: pending.source,
            fromPort: pending.port)
    }

    /// Sends the rows of a mailbox after a place, in order.
    mutating func answerRows(
        of user: UserID, after: UInt32, limit: UInt32, to source: Address, _ port: UInt32, outbox: inout Outbox
    ) {
        let range = RowRange(
            .message, partition: user.rawValue, places: UInt64(after) + 1...UInt64.max,
            limit: min(limit, RowRange.limitMax))
        var count: UInt32 = 0
        scan(range, rowsMax: Int(range.limit)) { row in
            outbox.send(.row(row.mailboxRow), to: source, fromPort: port)
            count += 1
        }
        outbox.send(.rowsEnd(user, count: count, head: head(of: user)), to: source, fromPort: port)
    }

    /// Answers with the last rows of a mailbox, in order.
    mutating func answerLastRows(
        of user: UserID, limit: UInt32, to source: Address, _ port: UInt32, outbox: inout Outbox
    ) {
        let (count, head) = sendLastRows(of: user, limit: limit, to: source, port, outbox: &outbox)
        outbox.send(.rowsEnd(user, count: count, head: head), to: source, fromPort: port)
    }

    /// Sends the last rows of a mailbox, in order.
    ///
    /// - Returns: How many they are, and the last place of the mailbox.
    mutating func sendLastRows(
        of user: UserID, limit: UInt32, to source: Address, _ port: UInt32, outbox: inout Outbox
    ) -> (count: UInt32, head: UInt32) {
        let range = RowRange(
            .message, partition: user.rawValue, limit: min(limit, RowRange.limitMax), isBackwards: true)
        var rows: [MailboxRow] = []
        scan(range, rowsMax: Int(range.limit)) { rows.append($0.mailboxRow) }
        for row in rows.reversed() {
            outbox.send(.row(row), to: source, fromPort: port)
        }
        // Where rows were wanted and there are none, the mailbox is empty.
        return (UInt32(rows.count), rows.first?.record.sequence ?? (limit > 0 ? 0 : head(of: user)))
    }

    /// The last place of a mailbox.
    private mutating func head(of user: UserID) -> UInt32 {
        UInt32(truncatingIfNeeded: lastPlace(.message, partition: user.rawValue))
    }

    static func header(of user: UserID) -> RowKey { RowKey(.user, partition: user.rawValue, place: 0) }
}
