/// One server of the HBase-like storage: rows go to a write-ahead log, and once that is synced to the memstore, from which
/// reads are answered. A crash loses the memstore and whatever was not synced; a restart replays the log.
///
/// A mailbox is written by the chat server that owns it, in its present life. Loading a mailbox raises its fence to the
/// epoch of that life (a fencing token), so that a row that an earlier life sent and that is still on its way is refused.
public struct StorageServer: Sendable {
    /// What survives a crash: the disk.
    struct Durable: Sendable {
        var log: [LogRecord] = []
    }

    /// What does not: the memory.
    struct Volatile: Sendable {
        var memstore = Memstore()
        var fences: [UserID: UInt32] = [:]
        var buffer = LogBuffer<Pending>()
    }

    /// A record of the write-ahead log.
    enum LogRecord: Hashable, Sendable {
        case row(MailboxRow)
        case fence(UserID, epoch: UInt32)
    }

    /// A record that waits for the disk, and what to answer then.
    struct Pending: Sendable {
        let record: LogRecord
        let request: WireMessage
        let source: Address
        let port: UInt32
    }

    /// The bytes of a log record beside the content of its message.
    static let recordBytes: UInt32 = 48

    var durable = Durable()
    var volatile = Volatile()

    /// An empty server.
    public init() {}

    /// Handles a request from a chat server that came in at `port`.
    public mutating func receive(
        _ message: WireMessage, from source: Address, atPort port: UInt32, outbox: inout Outbox
    ) {
        switch message {
        case .put(let row, let epoch):
            guard epoch >= volatile.fences[row.owner] ?? 0 else {
                outbox.send(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: true), to: source,
                    fromPort: port)
                return
            }
            let bytes = Self.recordBytes.addingReportingOverflow(row.record.contentBytes).partialValue
            append(.row(row), message, source, port, bytes: bytes, outbox: &outbox)
        case .load(let user, let epoch, _):
            // The fence goes up at once, so that a row of an earlier life is either ahead of it in the log, and part of the
            // answer, or refused. It is logged before the answer leaves, so that it outlives a crash.
            raiseFence(of: user, to: epoch)
            append(.fence(user, epoch: epoch), message, source, port, bytes: Self.recordBytes, outbox: &outbox)
        case .scan(let user, let after, let limit):
            let rows = volatile.memstore.rows(of: user, after: after, limit: limit)
            answer(rows, of: user, to: source, port, outbox: &outbox)
        default: preconditionFailure("a storage server is never sent \(message)")
        }
    }

    /// The sync that the server asked for is done: what it covered is durable, and can be answered.
    public mutating func synced(outbox: inout Outbox) {
        for pending in volatile.buffer.synced(outbox: &outbox) {
            durable.log.append(pending.record)
            apply(pending.record)
            switch (pending.record, pending.request) {
            case (.row(let row), .put(_, let epoch)):
                outbox.observe(
                    Observation(
                        .stored, device: DeviceID(user: row.owner, index: 0), message: row.record.id,
                        sequence: row.record.sequence))
                outbox.send(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false),
                    to: pending.source, fromPort: pending.port)
            case (.fence(let user, _), .load(_, _, let limit)):
                let rows = volatile.memstore.lastRows(of: user, limit: limit)
                answer(rows, of: user, to: pending.source, pending.port, outbox: &outbox)
            default: preconditionFailure("a log record answers the request that it was made for")
            }
        }
    }

    /// The memory is gone.
    public mutating func crash() {
        volatile = Volatile()
    }

    /// Replays the write-ahead log.
    public mutating func restart() {
        for record in durable.log {
            apply(record)
        }
    }

    /// Reports the messages in the mailboxes of their recipients as ``Observation/Kind/held``.
    public func reportHeld(outbox: inout Outbox) {
        for case .row(let row) in durable.log where row.isRecipients {
            outbox.observe(
                Observation(.held, device: DeviceID(user: row.record.recipient, index: 0), message: row.record.id))
        }
    }

    private mutating func apply(_ record: LogRecord) {
        switch record {
        case .row(let row): volatile.memstore.put(row)
        case .fence(let user, let epoch): raiseFence(of: user, to: epoch)
        }
    }

    private mutating func raiseFence(of user: UserID, to epoch: UInt32) {
        volatile.fences[user] = max(volatile.fences[user] ?? 0, epoch)
    }

    private mutating func append(
        _ record: LogRecord, _ request: WireMessage, _ source: Address, _ port: UInt32, bytes: UInt32,
        outbox: inout Outbox
    ) {
        volatile.buffer.append(
            Pending(record: record, request: request, source: source, port: port), bytes: bytes, outbox: &outbox)
    }

    private func answer(
        _ rows: ArraySlice<MailboxRow>, of user: UserID, to source: Address, _ port: UInt32, outbox: inout Outbox
    ) {
        for row in rows {
            outbox.send(.row(row), to: source, fromPort: port)
        }
        outbox.send(
            .rowsEnd(user, count: UInt32(rows.count), head: volatile.memstore.head(of: user)), to: source,
            fromPort: port)
    }
}
