/// One server of the HBase-like storage: what a request changes goes to a write-ahead log as one record, and once that is synced to the
/// tables, from which reads are answered. A crash loses the memory and whatever was not synced; a restart replays the log.
///
/// - `StorageServer+Mailboxes.swift`: mailboxes, as chat servers write and read them.
/// - `StorageServer+Tables.swift`: rows of any table, written in batches and read by ranges, as all others do.
/// - `StorageServer+Shards.swift`: all rows of a logical shard.
///
/// A mailbox, or a thread, is written by the server that owns it, in its present life. The header row of the partition key holds its
/// fence (``StorageTable``): the epoch of that life. Raising it, as loading a mailbox does, refuses what an earlier life sent
/// and is still on its way.
public struct StorageServer: Sendable {
    /// What survives a crash: the disk.
    struct Durable: Sendable {
        var log = WriteAheadLog()
        /// How far the copy of each logical shard is; empty where shards do not change hands.
        var shardPositions: [ShardPosition] = []
    }

    /// What does not: the memory.
    struct Volatile: Sendable {
        var tables = Tables()
        /// Fences whose header row waits for the disk, by the key of that row.
        var risingFences: [RowKey: UInt32] = [:]
        var buffer = LogBuffer<Pending>()
        /// Who has which shard; nothing where shards do not change hands.
        var shards: ShardStates?
    }

    /// A record that waits for the disk, and what to answer then.
    struct Pending: Sendable {
        let record: LogRecord
        /// The request that it was made for; nothing if nobody waits for an answer.
        let request: WireMessage?
        let source: Address
        let port: UInt32
        /// How far the copy of the shard is with this record.
        var position = ShardPosition()
    }

    /// The bytes of a log record beside the content of its message.
    static let recordBytes: UInt32 = 48

    var durable = Durable()
    var volatile = Volatile()
    /// What the server must know to have shards that change hands; nothing where they do not.
    let shardSeat: ShardSeat?
    var shardCounts = ShardCounts()
    /// What was sealed of the log and is on data nodes; nothing if there are none.
    var archive: Archive?
    /// Whether it refuses what is behind a fence.
    let isFencing: Bool

    /// An empty server.
    ///
    /// - Parameters:
    ///   - isFencing: Whether it refuses rows of mailboxes that come from an earlier life of their owner, or an earlier owner.
    ///   - shardSeat: Its place among the storage servers, if shards change hands.
    ///   - archive: Its files on data nodes, if there are any.
    public init(isFencing: Bool = true, shardSeat: ShardSeat? = nil, archive: Archive? = nil) {
        self.isFencing = isFencing
        self.shardSeat = shardSeat
        self.archive = archive
        guard let shardSeat else { return }
        durable.shardPositions = Array(repeating: ShardPosition(), count: Int(Placement.logicalShards))
        volatile.shards = ShardStates(shardSeat, isConfirmed: true, positions: durable.shardPositions)
    }

    /// Handles a request that came in at `port`.
    ///
    /// - Parameters:
    ///   - words: What the message carries beyond its own fields.
    ///   - nowNanoseconds: The server's own clock.
    public mutating func receive(
        _ message: WireMessage, words: UnsafeBufferPointer<UInt64> = UnsafeBufferPointer(start: nil, count: 0),
        from source: Address, atPort port: UInt32, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard admits(message, words: words, from: source, port, outbox: &outbox) else { return }
        switch message {
        case .put(let row, let epoch): put(row, epoch: epoch, from: source, port, outbox: &outbox)
        case .groups(.put(_, _, let epoch, _)):
            put(MailboxRow(words, index: 0), epoch: epoch, from: source, port, outbox: &outbox)
        case .load(let user, let epoch, let limit):
            load(user, epoch: epoch, limit: limit, from: source, port, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .scan(let user, let after, let limit):
            answerRows(of: user, after: after, limit: limit, to: source, port, outbox: &outbox)
        case .balancing(.claim(let user, let server, let previous, let limit)):
            claim(
                user, by: server, previous: previous, limit: limit, from: source, port, nowNanoseconds: nowNanoseconds,
                outbox: &outbox)
        case .tables(let message): receive(message, words: words, from: source, port, outbox: &outbox)
        case .replication(let message): receive(message, words: words, from: source, outbox: &outbox)
        case .sharding(let message):
            receive(message, words: words, from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        default: preconditionFailure("a storage server is never sent \(message)")
        }
    }

    /// The sync that the server asked for is done: what it covered is durable, and can be answered.
    public mutating func synced(outbox: inout Outbox) {
        for pending in volatile.buffer.synced(outbox: &outbox) {
            durable.log.append(pending.record)
            apply(pending.record)
            archive?.append(pending.record, outbox: &outbox)
            if logged(pending, outbox: &outbox) { answer(pending, outbox: &outbox) }
        }
    }

    /// Handles a timer that the server asked for.
    public mutating func fire(_ token: TimerToken, outbox: inout Outbox) {
        if let kind = ShardTimerKind(rawValue: token.kind) {
            fireShardTimer(kind, value: token.value, outbox: &outbox)
        } else if let kind = Archive.TimerKind(rawValue: token.kind) {
            fire(kind, value: token.value, outbox: &outbox)
        } else {
            preconditionFailure("a storage server has no timer of kind \(token.kind)")
        }
    }

    /// The memory is gone.
    public mutating func crash() {
        volatile = Volatile()
        archive?.crash()
    }

    /// Replays the write-ahead log.
    public mutating func restart() {
        durable.log.replay { volatile.tables.apply($0) }
    }

    /// Reports the messages in the mailboxes of their recipients as ``Observation/Kind/held``.
    public func reportHeld(outbox: inout Outbox) {
        reportShards(outbox: &outbox)
        for region in volatile.tables.regions {
            region.forEachRow(notBefore: RowKey(.message, partition: 0, place: 0)) { row in
                guard row.table == .message else { return false }
                if row.mailboxRow.isRecipients { outbox.observe(.held(row.mailboxRow.record)) }
                return true
            }
        }
    }

    /// Logs a record; it is applied once it is synced.
    ///
    /// - Parameter position: How far the copy of the record's shard is with it; nothing if it is the next.
    mutating func append(
        _ record: LogRecord, for request: WireMessage?, from source: Address, _ port: UInt32,
        position: ShardPosition? = nil, outbox: inout Outbox
    ) {
        let position = shardPosition(with: record, given: position)
        volatile.buffer.append(
            Pending(record: record, request: request, source: source, port: port, position: position),
            bytes: record.sizeBytes, outbox: &outbox)
    }

    /// Answers the request that a record was made for.
    func answer(_ pending: Pending, outbox: inout Outbox) {
        switch pending.request {
        case .put(let row, let epoch): answerPut(row, epoch: epoch, to: pending, outbox: &outbox)
        case .load(let user, _, let limit):
            answerLastRows(of: user, limit: limit, to: pending.source, pending.port, outbox: &outbox)
        case .balancing(.claim(let user, let server, let previous, let limit)):
            guard case .batch(let rows) = pending.record else { preconditionFailure("a claim writes the user's row") }
            answerClaim(
                user, by: server, previous: previous, limit: limit, token: FencingToken(rawValue: rows[0].number),
                to: pending, outbox: &outbox)
        case .tables(.write(let request, _, _, _)):
            outbox.send(
                .tables(.written(request: request, isFenced: false)), to: pending.source, fromPort: pending.port)
        case .sharding(let message): answerCopy(message, to: pending.source, outbox: &outbox)
        case nil: return
        default: preconditionFailure("a log record answers the request that it was made for")
        }
    }

    /// The fence of a partition key: the one that is being raised if there is one, else the header row's number.
    func fence(_ header: RowKey) -> UInt32 {
        volatile.risingFences[header] ?? volatile.tables.row(at: header)?.number ?? 0
    }

    /// Refuses what is behind a fence from now on. It becomes durable with the record that has the header row, before anyone is
    /// answered.
    mutating func raiseFence(_ header: RowKey, to epoch: UInt32) {
        volatile.risingFences[header] = max(fence(header), epoch)
    }

    private mutating func apply(_ record: LogRecord) {
        volatile.tables.apply(record)
        guard case .batch(let rows) = record else { return }
        for row in rows where row.isHeader && volatile.risingFences[row.key] == row.number {
            volatile.risingFences[row.key] = nil
        }
    }
}

extension StoredRow {
    /// Whether it is the header row of its partition key.
    var isHeader: Bool { place == 0 && table == table.headerTable }
}
