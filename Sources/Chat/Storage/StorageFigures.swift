/// What a storage server has done in all its lives, for observers. The server itself never reads it.
struct StorageFigures: Hashable, Sendable {
    /// The bytes of the records that requests were made into.
    var putBytes: UInt64 = 0
    /// The bytes that are on the log.
    var loggedBytes: UInt64 = 0
    /// The bytes that flushes wrote.
    var flushedBytes: UInt64 = 0
    /// The bytes that compactions wrote.
    var compactedBytes: UInt64 = 0
    /// The flushes that were finished, by trigger.
    var flushCounts = Array(repeating: UInt64(0), count: FlushTrigger.allCases.count)
    /// The files that were finished.
    var fileCount: UInt64 = 0
    /// The most files that a region had.
    var filesPerRegionMax: UInt64 = 0
    /// The compactions that were finished.
    var minorCompactionCount: UInt64 = 0
    var majorCompactionCount: UInt64 = 0
    /// The rows that compactions dropped.
    var supersededCount: UInt64 = 0
    /// The writes that waited, and how long.
    var waitedCount: UInt64 = 0
    var waitedNanoseconds: UInt64 = 0
    /// The writes that were refused after a wait.
    var refusedCount: UInt64 = 0
    /// The records that restarts applied.
    var replayedCount: UInt64 = 0
    /// The unfinished files that restarts dropped.
    var droppedFileCount: UInt64 = 0
    /// The syncs for which there was no room.
    var failedSyncCount: UInt64 = 0
    /// The writes that were refused for want of room.
    var refusedWithoutRoomCount: UInt64 = 0
    /// The records that restarts found torn.
    var tornCount: UInt64 = 0
    /// The records that restarts found without their checksum.
    var corruptCount: UInt64 = 0
    /// The records that the disk lost after it had said that it has them.
    var lostRecordCount: UInt64 = 0
}

extension StorageServer {
    /// Reports what the server has done, and what it holds.
    public func report(into metrics: inout Metrics) {
        reportFiles(into: &metrics)
        func sum(_ name: String, _ unit: String, _ value: UInt64, _ meaning: String) {
            metrics.record(MetricDefinition("storage.\(name)", unit: unit, meaning), value)
        }
        sum("bytes_put", "bytes", figures.putBytes, "Bytes that requests asked to be written: records and contents.")
        sum("bytes_logged", "bytes", figures.loggedBytes, "Bytes that were synced to write-ahead logs.")
        sum("bytes_flushed", "bytes", figures.flushedBytes, "Bytes that flushes wrote.")
        sum("bytes_compacted", "bytes", figures.compactedBytes, "Bytes that compactions wrote.")
        let written = figures.loggedBytes + figures.flushedBytes + figures.compactedBytes
        metrics.record(
            MetricDefinition(
                "storage.write_amplification", unit: "thousandths", combination: .greatest,
                "Bytes that logs, flushes and compactions wrote for each byte put; the greatest of any server."),
            figures.putBytes == 0 ? 0 : written * 1000 / figures.putBytes)
        sum("blocked_writes", "requests", figures.waitedCount, "Writes that waited for a flush or a compaction.")
        sum("blocked_time", "us", figures.waitedNanoseconds / 1000, "How long writes waited in all.")
        sum("refused_writes", "requests", figures.refusedCount, "Writes that waited for memory in vain.")
        sum("replayed_records", "records", figures.replayedCount, "Records of logs that restarts applied.")
        reportDisk(into: &metrics)
        sum("log_bytes", "bytes", durable.log.sizeBytes, "Bytes of the logs in the end.")
        let memory = volatile.regions.values.reduce(0) { $0 + $1.memstore.count + ($1.snapshot?.rows.count ?? 0) }
        let files = durable.regions.values.reduce(0) { $0 + $1.files.reduce(0) { $0 + $1.rows.count } }
        sum("memory_rows", "rows", UInt64(memory), "Rows in memstores in the end.")
        sum("file_rows", "rows", UInt64(files), "Rows in files in the end, with those that are superseded.")
    }

    private func reportDisk(into metrics: inout Metrics) {
        func sum(_ name: String, _ unit: String, _ value: UInt64, _ meaning: String) {
            metrics.record(MetricDefinition("storage.\(name)", unit: unit, meaning), value)
        }
        sum("failed_syncs", "syncs", figures.failedSyncCount, "Syncs of logs for which the disk had no room.")
        sum(
            "writes_without_room", "requests", figures.refusedWithoutRoomCount,
            "Writes that were refused because the disk had no room.")
        sum(
            "torn_records", "records", figures.tornCount,
            "Records of logs that restarts found to end before they are whole.")
        sum(
            "corrupt_records", "records", figures.corruptCount,
            "Records of logs that restarts found without their checksum.")
        sum(
            "lost_records", "records", figures.lostRecordCount,
            "Records that disks lost after they had said that they have them.")
    }

    private func reportFiles(into metrics: inout Metrics) {
        func sum(_ name: String, _ unit: String, _ value: UInt64, _ meaning: String) {
            metrics.record(MetricDefinition("storage.\(name)", unit: unit, meaning), value)
        }
        sum("flushes", "flushes", figures.flushCounts.reduce(0, +), "Memstores that were flushed to files.")
        for trigger in FlushTrigger.allCases {
            sum(
                "flushes_by_\(trigger)", "flushes", figures.flushCounts[trigger.rawValue],
                "Memstores that were flushed because of \(trigger.meaning).")
        }
        sum("files_written", "files", figures.fileCount, "Files that flushes and compactions wrote.")
        metrics.record(
            MetricDefinition(
                "storage.files_per_region", unit: "files", combination: .greatest,
                "The most files that a region had at any time."), figures.filesPerRegionMax)
        sum("minor_compactions", "compactions", figures.minorCompactionCount, "Compactions of some files of a region.")
        sum("major_compactions", "compactions", figures.majorCompactionCount, "Compactions of all files of a region.")
        sum(
            "superseded_rows", "rows", figures.supersededCount, "Superseded and deleted rows that compactions left out."
        )
        sum("dropped_files", "files", figures.droppedFileCount, "Unfinished files that restarts dropped.")
    }
}

extension FlushTrigger {
    fileprivate var meaning: String {
        switch self {
        case .size: "their size"
        case .age: "the age of their oldest row"
        case .log: "the length of the log"
        case .heap: "the heap that all memstores together take"
        }
    }
}
