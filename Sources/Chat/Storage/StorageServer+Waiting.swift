internal import DequeModule

/// A write that waits until its region has room for it.
struct WaitingWrite: Sendable {
    let message: WireMessage
    let words: [UInt64]
    let source: Address
    let port: UInt32
    let logicalShard: UInt32
    let sinceNanoseconds: UInt64
}

/// The writes that wait, oldest first.
struct WaitingWrites: Sendable {
    private(set) var writes: Deque<WaitingWrite> = []
    /// How many of them are for each region.
    private var counts = ShardTable<Int>()
    /// Whether a timer was asked for that ends the wait of the first.
    var isTimed = false

    /// Whether a write to a region waits.
    func contains(_ shard: UInt32) -> Bool { counts.index(of: shard).map { counts.values[$0] > 0 } ?? false }

    mutating func append(_ write: WaitingWrite) {
        writes.append(write)
        counts.values[counts.index(of: write.logicalShard, making: 0)] += 1
    }

    mutating func removeFirst() {
        counts.values[counts.index(of: writes.removeFirst().logicalShard, making: 0)] -= 1
    }
}

extension StorageServer {
    /// The timer that ends waits.
    static let waitToken = TimerToken(kind: 1, value: 0)

    /// Why writes to a region wait.
    private enum Obstacle {
        /// Its memory, or that of all regions, is full until a flush is done.
        case memory
        /// It has many files until a compaction is done.
        case files
    }

    /// Whether a write to a region must wait: for room, or behind another that waits for it.
    mutating func mustWait(_ shard: UInt32) -> Bool {
        obstacle(shard) != nil || volatile.waiting.contains(shard)
    }

    /// Lets a write wait.
    mutating func wait(_ write: WaitingWrite, outbox: inout Outbox) {
        figures.waitedCount += 1
        volatile.waiting.append(write)
        guard !volatile.waiting.isTimed else { return }
        volatile.waiting.isTimed = true
        outbox.timer(Self.waitToken, afterNanoseconds: configuration.blockingWaitNanoseconds)
    }

    /// Lets those writes go on whose region has room for them again.
    mutating func releaseWaiting(nowNanoseconds: UInt64, outbox: inout Outbox) {
        // Each goes through the queue once.
        for write in volatile.waiting.writes {
            volatile.waiting.removeFirst()
            if obstacle(write.logicalShard) == nil {
                goOn(write, nowNanoseconds: nowNanoseconds, outbox: &outbox)
            } else {
                volatile.waiting.append(write)
            }
        }
    }

    /// Ends the waits that have lasted as long as they may: those for a compaction go on, those for memory are refused without an
    /// answer, so that they are repeated.
    mutating func endWaits(nowNanoseconds: UInt64, outbox: inout Outbox) {
        volatile.waiting.isTimed = false
        while let write = volatile.waiting.writes.first {
            let end = write.sinceNanoseconds &+ configuration.blockingWaitNanoseconds
            guard end <= nowNanoseconds else {
                volatile.waiting.isTimed = true
                outbox.timer(Self.waitToken, afterNanoseconds: end - nowNanoseconds)
                return
            }
            volatile.waiting.removeFirst()
            if obstacle(write.logicalShard) == .memory {
                figures.refusedCount += 1
                figures.waitedNanoseconds += nowNanoseconds - min(nowNanoseconds, write.sinceNanoseconds)
            } else {
                goOn(write, nowNanoseconds: nowNanoseconds, outbox: &outbox)
            }
        }
    }

    private mutating func goOn(_ write: WaitingWrite, nowNanoseconds: UInt64, outbox: inout Outbox) {
        figures.waitedNanoseconds += nowNanoseconds - min(nowNanoseconds, write.sinceNanoseconds)
        write.words.withUnsafeBufferPointer { words in
            // The shard may have gone to another server meanwhile.
            guard admits(write.message, words: words, from: write.source, write.port, outbox: &outbox) else { return }
            handle(
                write.message, words: words, from: write.source, write.port, nowNanoseconds: nowNanoseconds,
                outbox: &outbox)
        }
    }

    private mutating func obstacle(_ shard: UInt32) -> Obstacle? {
        if volatile.memstoresBytes >= limits.waitBytes { return .memory }
        let bytes = volatile.regions.withValue(of: shard) { $0.sizeBytes } ?? 0
        if bytes >= limits.regionWaitBytes { return .memory }
        let files = durable.regions.withValue(of: shard) { $0.files.count } ?? 0
        return files >= configuration.blockingFilesMax ? .files : nil
    }
}
