/// A file of rows on the disk of a storage server. It is never changed.
struct StoreFile: Sendable {
    /// Which of the server's files it is.
    let number: UInt64
    /// The rows.
    let rows: SortedRows
    /// Whether a major compaction made it, so that another of it alone would change nothing.
    let isMajor: Bool
}

/// What the disk of a storage server has of a region.
struct RegionFiles: Sendable {
    /// The files, oldest first: a row of a later one supersedes one of an earlier.
    var files: [StoreFile] = []
    /// The records of the log below this number are in the files, as far as they are about the region.
    var flushedRecord: UInt64 = 0
    /// When all files become one, in nanoseconds of the server's clock; nothing as long as there are none.
    var majorDueNanoseconds: UInt64?
}
