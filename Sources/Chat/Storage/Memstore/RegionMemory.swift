/// What the memory of a storage server has of a region: the rows of one logical shard, in all tables, that no file has yet.
///
/// Regions are fixed: one for each logical shard, as a table of HBase is when it is split beforehand by a hash of the key. They are what
/// moves when a shard moves. All rows of a partition key are in one region, so that a batch of them is atomic.
struct RegionMemory: Sendable {
    /// The rows that were written since the last flush began.
    var memstore = Memstore()
    /// The first record of the log that is in the memstore; means nothing while that is empty.
    var oldestRecord: UInt64 = 0
    /// The last record of the log that is in it.
    var lastRecord: UInt64 = 0
    /// Counts the memstores of the region.
    var generation: UInt32 = 0
    /// Why it is going to be flushed, if it is.
    var requestedFlush: FlushTrigger?
    /// The rows that are being written to a file.
    var snapshot: Snapshot?

    /// A memstore that is being written to a file. It is read until the file is there.
    struct Snapshot: Sendable {
        let rows: SortedRows
        let oldestRecord: UInt64
        /// The records of the log below this number are in it, or in files.
        let endRecord: UInt64
        let fileNumber: UInt64
    }

    /// The bytes of all rows.
    var sizeBytes: UInt64 { memstore.sizeBytes + (snapshot?.rows.sizeBytes ?? 0) }
}

/// Why a memstore is flushed to a file.
enum FlushTrigger: Int, CaseIterable, Sendable {
    /// It is large.
    case size
    /// Its oldest row is old.
    case age
    /// The log is long, and it has the oldest rows that keep the log from being truncated.
    case log
    /// All memstores together take much of the heap, and it is the largest.
    case heap
}
