internal import DequeModule

/// One server of the HBase-like storage. What a request changes goes to a write-ahead log as one record, and once that is synced to the
/// memstore of its region; a memstore is flushed to a file now and then, and files become fewer by compaction. Reads merge the memstore
/// and the files. A crash loses the memory and whatever was not synced; a restart replays the part of the log that no file has.
///
/// - `StorageServer+Mailboxes.swift`: mailboxes, as chat servers write and read them.
/// - `StorageServer+Tables.swift`: rows of any table, written in batches and read by ranges, as all others do.
/// - `StorageServer+Shards.swift`: all rows of a logical shard.
/// - `StorageServer+Applying.swift`: from the log to the memstores, now or after a restart.
/// - `StorageServer+Reading.swift`: rows of memory and files as one.
/// - `StorageServer+Flushing.swift`, `StorageServer+Compacting.swift`: writing files.
/// - `StorageServer+Waiting.swift`: writes that wait for flushes or compactions.
/// - `StorageServer+DiskFaults.swift`: what a disk may do to the server.
/// - `StorageServer+Prefetch.swift`: memory that is asked for ahead.
///
/// A mailbox, or a thread, is written by the server that owns it, in its present life. The header row of the partition key holds its
/// fence (``StorageTable``): the epoch of that life. Raising it, as loading a mailbox does, refuses what an earlier life sent
/// and is still on its way.
///
/// Methods by which it is asked something are `mutating`, though they change nothing: a method that is not would be handed a copy of the server
/// of more than a kilobyte each time.
///
/// An idle server asks for no timers: ages and periods are looked at when it handles something.
public struct StorageServer: Sendable {
    /// What survives a crash: the disk.
    struct Durable: Sendable {
        var log: WriteAheadLog
        /// How far the copy of each logical shard is; empty where shards do not change hands.
        var shardPositions: [ShardPosition] = []
        var regions = ShardTable<RegionFiles>()
        /// Files that are being written. A restart drops them.
        var unfinishedFiles: [UInt64] = []
        /// How many files were begun.
        var fileCount: UInt64 = 0
    }

    /// What does not: the memory.
    struct Volatile: Sendable {
        var jitter: JitterGenerator
        var regions = ShardTable<RegionMemory>()
        /// The bytes of all regions' memory.
        var memstoresBytes: UInt64 = 0
        /// Fences whose header row waits for the disk, by the key of that row.
        var risingFences: FlatTable<RowKey, UInt32> = [:]
        var buffer = LogBuffer<Pending>()
        /// Who has which shard; nothing where shards do not change hands.
        var shards: ShardStates?
        var ages = MemstoreAges()
        /// The regions whose memstore is going to be flushed.
        var flushQueue: Deque<UInt32> = []
        var flush: FlushJob?
        /// The regions whose files are going to be compacted.
        var compactionQueue: [CompactionRequest] = []
        var compaction: CompactionJob?
        /// No region's major compaction is due before this time, in nanoseconds.
        var majorDueNanoseconds: UInt64 = .max
        var waiting = WaitingWrites()
        /// Whether the disk had no room for the last sync.
        var isDiskFull = false
        /// Whether the server has found that what is on its disk is not what it wrote.
        var isDiskCorrupt = false
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

    // What most inputs touch comes first; see ``hotByteCount``.
    var volatile: Volatile
    var durable: Durable
    let limits: MemstoreLimits
    let configuration: StorageConfiguration
    /// Whether it refuses what is behind a fence.
    let isFencing: Bool
    /// Whether shards stay where they are, and nothing of the log is on data nodes.
    let isPlain: Bool
    /// What the server has done, for observers.
    var figures = StorageFigures()
    /// What the server must know to have shards that change hands; nothing where they do not.
    let shardSeat: ShardSeat?
    var shardCounts = ShardCounts()
    /// What was sealed of the log and is on data nodes; nothing if there are none.
    var archive: Archive?
    /// What the disk will have after a loss of power, if it has less than it says.
    var withoutCache: DiskContents?

    /// An empty server.
    ///
    /// - Parameters:
    ///   - configuration: How it keeps its tables.
    ///   - isFencing: Whether it refuses rows of mailboxes that come from an earlier life of their owner, or an earlier owner.
    ///   - shardSeat: Its place among the storage servers, if shards change hands.
    ///   - archive: Its files on data nodes, if there are any.
    ///   - mayCrash: Whether it may crash. The log of a server that never does is counted, and not kept, since nobody will read it.
    ///   - jitterSeed: The seed of the random part of its periods.
    public init(
        configuration: StorageConfiguration = StorageConfiguration(), isFencing: Bool = true,
        shardSeat: ShardSeat? = nil, archive: Archive? = nil, mayCrash: Bool = true, jitterSeed: UInt64 = 0
    ) {
        durable = Durable(log: WriteAheadLog(keepsRecords: mayCrash))
        self.configuration = configuration
        limits = MemstoreLimits(configuration)
        self.isFencing = isFencing
        isPlain = shardSeat == nil && archive == nil
        self.shardSeat = shardSeat
        self.archive = archive
        volatile = Volatile(jitter: JitterGenerator(seed: jitterSeed))
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
        guard !volatile.isDiskCorrupt else { return }
        guard isPlain || admits(message, words: words, from: source, port, outbox: &outbox) else { return }
        if volatile.isDiskFull, message.writtenShard != nil {
            // Without an answer, so that it is repeated.
            figures.refusedWithoutRoomCount += 1
        } else if let shard = message.writtenShard, mustWait(shard) {
            wait(
                WaitingWrite(
                    message: message, words: Array(words), source: source, port: port, logicalShard: shard,
                    sinceNanoseconds: nowNanoseconds), outbox: &outbox)
        } else {
            handle(message, words: words, from: source, port, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        }
        maintain(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// The sync that the server asked for is done: what it covered is durable, and can be answered.
    public mutating func synced(nowNanoseconds: UInt64, outbox: inout Outbox) {
        volatile.isDiskFull = false
        let records = volatile.buffer.synced(outbox: &outbox)
        for pending in records {
            let number = durable.log.append(pending.record, segmentBytesMax: configuration.logSegmentBytesMax)
            figures.loggedBytes += pending.record.sizeBytes
            apply(pending.record, number: number, nowNanoseconds: nowNanoseconds)
            if !isPlain { archive?.append(pending.record, outbox: &outbox) }
            if isPlain || logged(pending, outbox: &outbox) { answer(pending, outbox: &outbox) }
        }
        volatile.buffer.reuse(records)
        maintain(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// A write of a part of a file that the server asked for is done.
    public mutating func written(_ token: UInt64, nowNanoseconds: UInt64, outbox: inout Outbox) {
        switch DiskToken(rawValue: token) {
        case .flush: flushGoesOn(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .compaction: compactionGoesOn(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case nil: preconditionFailure("a storage server asked for no write \(token)")
        }
        maintain(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Handles a timer that the server asked for.
    public mutating func fire(_ token: TimerToken, nowNanoseconds: UInt64, outbox: inout Outbox) {
        if token == Self.waitToken {
            endWaits(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        } else if token == Self.roomToken {
            volatile.buffer.retrySync(outbox: &outbox)
        } else if let kind = ShardTimerKind(rawValue: token.kind) {
            fireShardTimer(kind, value: token.value, outbox: &outbox)
        } else if let kind = Archive.TimerKind(rawValue: token.kind) {
            fire(kind, value: token.value, outbox: &outbox)
        } else {
            preconditionFailure("a storage server has no timer of kind \(token.kind)")
        }
        maintain(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// The memory is gone.
    public mutating func crash() {
        volatile = Volatile(jitter: JitterGenerator(seed: 0))
        withoutCache = nil
        archive?.crash()
    }

    /// Drops files that were not finished, and replays the write-ahead log as far as no file has it. If the log turns out to be corrupt, the server
    /// does not come back.
    public mutating func restart(jitterSeed: UInt64 = 0, nowNanoseconds: UInt64, outbox: inout Outbox) {
        volatile.jitter = JitterGenerator(seed: jitterSeed)
        figures.droppedFileCount += UInt64(durable.unfinishedFiles.count)
        durable.unfinishedFiles.removeAll()
        replay(nowNanoseconds: nowNanoseconds)
        guard !volatile.isDiskCorrupt else { return }
        for (index, shard) in durable.regions.shards.enumerated() {
            requestMinorCompaction(shard)
            volatile.majorDueNanoseconds = min(
                volatile.majorDueNanoseconds, durable.regions.values[index].majorDueNanoseconds ?? .max)
        }
        maintain(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Reports the messages in mailboxes as ``Observation/Kind/kept``, and those in the mailboxes of their recipients as
    /// ``Observation/Kind/held``.
    public func reportHeld(outbox: inout Outbox) {
        reportShards(outbox: &outbox)
        for shard in 0..<Placement.logicalShards {
            forEachRow(
                ofLogicalShard: shard, from: RowKey(.message, partition: 0, place: 0),
                through: RowKey(.message, partition: .max, place: .max)
            ) { row in
                outbox.observe(
                    Observation(
                        .kept, device: DeviceID(user: row.mailboxRow.owner, index: 0), message: row.mailboxRow.record.id
                    ))
                if row.mailboxRow.isRecipients { outbox.observe(.held(row.mailboxRow.record)) }
                return true
            }
        }
    }

    /// Handles a request that need not wait.
    mutating func handle(
        _ message: WireMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, _ port: UInt32,
        nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
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

    /// Logs a record; it is applied once it is synced.
    ///
    /// - Parameter position: How far the copy of the record's shard is with it; nothing if it is the next.
    mutating func append(
        _ record: LogRecord, for request: WireMessage?, from source: Address, _ port: UInt32,
        position: ShardPosition? = nil, outbox: inout Outbox
    ) {
        let position = shardPosition(with: record, given: position)
        figures.putBytes += record.sizeBytes
        volatile.buffer.append(
            Pending(record: record, request: request, source: source, port: port, position: position),
            bytes: record.sizeBytes, outbox: &outbox)
    }

    /// Answers the request that a record was made for.
    mutating func answer(_ pending: Pending, outbox: inout Outbox) {
        switch pending.request {
        case .put(let row, let epoch): answerPut(row, epoch: epoch, to: pending, outbox: &outbox)
        case .load(let user, _, let limit):
            answerLastRows(of: user, limit: limit, to: pending.source, pending.port, outbox: &outbox)
        case .balancing(.claim(let user, let server, let previous, let limit)):
            guard case .row(let row) = pending.record else { preconditionFailure("a claim writes the user's row") }
            answerClaim(
                user, by: server, previous: previous, limit: limit, token: FencingToken(rawValue: row.number),
                to: pending, outbox: &outbox)
        case .tables(.write(let request, _, _, _)):
            outbox.send(
                .tables(.written(request: request, isFenced: false)), to: pending.source, fromPort: pending.port)
        case .sharding(let message): answerCopy(message, to: pending.source, outbox: &outbox)
        case nil: return
        default: preconditionFailure("a log record answers the request that it was made for")
        }
    }

    /// Begins what is due and can begin.
    ///
    /// - Complexity: O(1) if nothing is.
    private mutating func maintain(nowNanoseconds: UInt64, outbox: inout Outbox) {
        requestFlushes(nowNanoseconds: nowNanoseconds)
        startFlush(outbox: &outbox)
        requestMajorCompactions(nowNanoseconds: nowNanoseconds)
        startCompaction(outbox: &outbox)
    }
}

/// What a storage server wrote on a write that it asked for: what goes on once it is done.
enum DiskToken: UInt64 {
    case flush = 1
    case compaction
}

extension WireMessage {
    /// The logical shard that a request writes to; nothing if it only reads.
    fileprivate var writtenShard: UInt32? {
        switch self {
        case .put(let row, _): RowKey.logicalShard(ofPartition: row.owner.rawValue)
        case .load(let user, _, _): RowKey.logicalShard(ofPartition: user.rawValue)
        case .balancing(.claim(let user, _, _, _)): RowKey.logicalShard(ofPartition: user.rawValue)
        case .groups(.put(_, let owner, _, _)): RowKey.logicalShard(ofPartition: owner.rawValue)
        case .tables(.write(_, let partition, _, _)): RowKey.logicalShard(ofPartition: partition)
        default: nil
        }
    }
}
