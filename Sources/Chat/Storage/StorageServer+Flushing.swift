internal import DequeModule

/// When a memstore got its first row.
struct MemstoreAge: Sendable {
    let sinceNanoseconds: UInt64
    let logicalShard: UInt32
    let generation: UInt32
}

/// A memstore that is being written to a file.
struct FlushJob: Sendable {
    let logicalShard: UInt32
    let fileNumber: UInt64
    let trigger: FlushTrigger
    /// How many bytes remain to be written.
    var remainingBytes: UInt64
    /// How many of them the disk has to write now.
    var chunkBytes: UInt64 = 0
}

extension StorageServer {
    /// Wants the memstore of a region flushed, unless it is going to be anyway.
    mutating func requestFlush(ofRegion index: Int, because trigger: FlushTrigger) {
        guard volatile.regions.values[index].requestedFlush == nil else { return }
        volatile.regions.values[index].requestedFlush = trigger
        volatile.flushQueue.append(volatile.regions.shards[index])
    }

    /// Wants those memstores flushed that are too old, keep the log too long or take too much of the heap.
    mutating func requestFlushes(nowNanoseconds: UInt64) {
        while let age = volatile.ages.first {
            guard let index = volatile.regions.index(of: age.logicalShard) else {
                preconditionFailure("a memstore has a region")
            }
            if volatile.regions.values[index].generation == age.generation {
                guard
                    nowNanoseconds.subtractingReportingOverflow(age.sinceNanoseconds).partialValue
                        >= configuration.flushAgeNanoseconds
                else { break }
                requestFlush(ofRegion: index, because: .age)
            }
            volatile.ages.removeFirst()
        }
        // One at a time: what comes of it is seen before the next.
        guard volatile.flush == nil, volatile.flushQueue.isEmpty else { return }
        if durable.log.segmentCount > configuration.logSegmentsMax {
            requestFlush(because: .log) { $0.oldestRecord < $1.oldestRecord }
        } else if volatile.memstoresBytes >= configuration.memstoresFlushBytes {
            requestFlush(because: .heap) { $0.memstore.sizeBytes > $1.memstore.sizeBytes }
        }
    }

    /// Begins the next flush, unless one is under way.
    mutating func startFlush(outbox: inout Outbox) {
        while volatile.flush == nil, let shard = volatile.flushQueue.popFirst() {
            guard let index = volatile.regions.index(of: shard),
                let trigger = volatile.regions.values[index].requestedFlush
            else { continue }
            let file = beginFile()
            let region = volatile.regions.values[index]
            volatile.regions.values[index].requestedFlush = nil
            volatile.regions.values[index].generation += 1
            volatile.regions.values[index].memstore = SortedRows()
            volatile.regions.values[index].snapshot = RegionMemory.Snapshot(
                rows: region.memstore, oldestRecord: region.oldestRecord, endRecord: region.lastRecord + 1,
                fileNumber: file)
            volatile.flush = FlushJob(
                logicalShard: shard, fileNumber: file, trigger: trigger, remainingBytes: region.memstore.sizeBytes)
            writeFlushChunk(outbox: &outbox)
        }
    }

    /// The disk has written a part of the file that is being flushed.
    mutating func flushGoesOn(nowNanoseconds: UInt64, outbox: inout Outbox) {
        guard var job = volatile.flush else { preconditionFailure("a part of no flush was written") }
        figures.flushedBytes += job.chunkBytes
        job.remainingBytes -= job.chunkBytes
        volatile.flush = job
        guard job.remainingBytes == 0 else { return writeFlushChunk(outbox: &outbox) }
        volatile.flush = nil
        endFile(job.fileNumber)
        guard let index = volatile.regions.index(of: job.logicalShard),
            let snapshot = volatile.regions.values[index].snapshot, snapshot.fileNumber == job.fileNumber
        else { return }  // The region was dropped meanwhile.
        figures.flushCounts[job.trigger.rawValue] += 1
        volatile.memstoresBytes -= snapshot.rows.sizeBytes
        volatile.regions.values[index].snapshot = nil
        let files = durable.regions.index(of: job.logicalShard, making: RegionFiles())
        durable.regions.values[files].files.append(
            StoreFile(number: job.fileNumber, rows: snapshot.rows.dense(), isMajor: false))
        durable.regions.values[files].flushedRecord = snapshot.endRecord
        figures.filesPerRegionMax = max(
            figures.filesPerRegionMax, UInt64(durable.regions.values[files].files.count))
        if durable.regions.values[files].majorDueNanoseconds == nil {
            scheduleMajorCompaction(ofRegion: files, nowNanoseconds: nowNanoseconds)
        }
        truncateLog()
        requestMinorCompaction(job.logicalShard)
        releaseWaiting(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Begins a file on the disk.
    ///
    /// - Returns: Its number.
    mutating func beginFile() -> UInt64 {
        let number = durable.fileCount
        durable.fileCount += 1
        durable.unfinishedFiles.append(number)
        return number
    }

    /// A file is whole.
    mutating func endFile(_ number: UInt64) {
        durable.unfinishedFiles.removeAll { $0 == number }
        figures.fileCount += 1
    }

    /// Wants the first memstore flushed by an order.
    private mutating func requestFlush(
        because trigger: FlushTrigger, precedes: (RegionMemory, RegionMemory) -> Bool
    ) {
        var first: Int?
        for index in volatile.regions.values.indices where !volatile.regions.values[index].memstore.isEmpty {
            if let known = first, !precedes(volatile.regions.values[index], volatile.regions.values[known]) { continue }
            first = index
        }
        if let first { requestFlush(ofRegion: first, because: trigger) }
    }

    private mutating func writeFlushChunk(outbox: inout Outbox) {
        guard var job = volatile.flush else { return }
        job.chunkBytes = min(job.remainingBytes, configuration.diskChunkBytesMax)
        volatile.flush = job
        outbox.write(DiskToken.flush.rawValue, bytes: job.chunkBytes)
    }

    /// Drops the part of the log of which files have everything.
    private mutating func truncateLog() {
        var oldest = durable.log.nextRecord
        for region in volatile.regions.values {
            if !region.memstore.isEmpty { oldest = min(oldest, region.oldestRecord) }
            if let snapshot = region.snapshot { oldest = min(oldest, snapshot.oldestRecord) }
        }
        durable.log.truncate(before: oldest)
    }
}
