/// What a storage server did about shards: for the figures of a run only, no decision depends on it.
struct ShardCounts: Sendable {
    var redirects: UInt64 = 0
    var forwards: UInt64 = 0
    /// Rows and bytes that were sent to servers that take a shard over, and to those that get a copy more.
    var movedRows: UInt64 = 0
    var movedBytes: UInt64 = 0
    var repairRows: UInt64 = 0
    var repairBytes: UInt64 = 0
    /// Log records that followed a copy until it was up to date.
    var caughtUpRecords: UInt64 = 0

    mutating func count(_ rows: [StoredRow], isMove: Bool) {
        let bytes = rows.reduce(0) { $0 + $1.sizeBytes }
        if isMove {
            movedRows += UInt64(rows.count)
            movedBytes += bytes
        } else {
            repairRows += UInt64(rows.count)
            repairBytes += bytes
        }
    }
}
