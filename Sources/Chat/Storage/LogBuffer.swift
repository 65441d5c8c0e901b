/// The part of a write-ahead log that is still in memory: records that wait for the disk.
///
/// One sync is under way at a time. Records that come meanwhile are synced together afterwards (group commit). All of it is
/// volatile: a crash loses what was not synced.
struct LogBuffer<Record: Sendable>: Sendable {
    private var syncing: [Record] = []
    private var syncingBytes: UInt64 = 0
    private var waiting: [Record] = []
    private var waitingBytes: UInt64 = 0

    /// Whether nothing waits for the disk.
    var isEmpty: Bool { syncing.isEmpty && waiting.isEmpty }

    /// The records of the sync that is under way, oldest first.
    var underway: [Record] { syncing }

    /// Asks for the memory of the first records.
    func prefetch() {
        syncing.withUnsafeBufferPointer { $0.prefetchArray(byteCount: 128) }
        waiting.withUnsafeBufferPointer { $0.prefetchArray(byteCount: 128) }
    }

    /// Calls `body` with the first records of the sync that is under way, where they are.
    @inline(__always)
    func withFirstUnderway(_ body: (UnsafeBufferPointer<Record>) -> Void) {
        syncing.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0.prefix(2))) }
    }

    /// Appends a record and starts a sync unless one is under way.
    mutating func append(_ record: consuming Record, bytes: UInt64, outbox: inout Outbox) {
        waiting.append(record)
        waitingBytes += bytes
        if syncing.isEmpty {
            startSync(outbox: &outbox)
        }
    }

    /// The sync that was under way is done.
    ///
    /// - Returns: The records that are durable now, in the order of the log. The caller moves them to its durable state.
    /// - Precondition: A sync was under way.
    mutating func synced(outbox: inout Outbox) -> [Record] {
        precondition(!syncing.isEmpty, "a sync ended that was never started")
        let durable = syncing
        syncing = []
        if !waiting.isEmpty {
            startSync(outbox: &outbox)
        }
        return durable
    }

    /// Takes the array of records that ``synced(outbox:)`` gave back, which nobody needs any more, so that the next records need no other. One
    /// that has grown in a storm is freed.
    mutating func reuse(_ records: consuming [Record]) {
        guard waiting.capacity == 0, records.capacity <= Self.reusedCapacityMax else { return }
        records.removeAll(keepingCapacity: true)
        waiting = records
    }

    /// The most records that an array has room for that is kept.
    private static var reusedCapacityMax: Int { 64 }

    /// The sync that was under way has failed: it is tried again.
    ///
    /// - Precondition: A sync was under way.
    mutating func retrySync(outbox: inout Outbox) {
        precondition(!syncing.isEmpty, "a sync failed that was never started")
        outbox.sync(bytes: syncingBytes)
    }

    private mutating func startSync(outbox: inout Outbox) {
        swap(&syncing, &waiting)
        syncingBytes = waitingBytes
        outbox.sync(bytes: waitingBytes)
        waitingBytes = 0
    }
}
