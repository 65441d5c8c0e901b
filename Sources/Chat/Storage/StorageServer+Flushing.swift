internal import DequeModule

/// When a memstore got its first row.
struct MemstoreAge: Sendable {
    let sinceNanoseconds: UInt64
    let logicalShard: UInt32
    let generation: UInt32
}

/// When the memstores that were not flushed got their first rows, oldest first.
struct MemstoreAges: Sendable {
    /// Some of them but for the first are of memstores that are gone.
    private var ages: Deque<MemstoreAge> = []
    /// When the oldest got its first row, beside the others, so that whoever asks whether it is old looks at none of them.
    private(set) var oldestSinceNanoseconds: UInt64?

    /// A memstore has got its first row.
    mutating func append(_ age: MemstoreAge) {
        ages.append(age)
        if ages.count == 1 { oldestSinceNanoseconds = age.sinceNanoseconds }
    }

    /// Takes the oldest out.
    mutating func removeFirst(isGone: (MemstoreAge) -> Bool) -> MemstoreAge {
        defer { removeGone(isGone) }
        return ages.removeFirst()
    }

    /// Removes the first as long as their memstores are gone.
    mutating func removeGone(_ isGone: (MemstoreAge) -> Bool) {
        while let age = ages.first, isGone(age) { ages.removeFirst() }
        oldestSinceNanoseconds = ages.first?.sinceNanoseconds
    }
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
        while let since = volatile.ages.oldestSinceNanoseconds,
            nowNanoseconds - min(nowNanoseconds, since) >= configuration.flushAgeNanoseconds
        {
            let regions = volatile.regions
            let age = volatile.ages.removeFirst(isGone: regions.isGone)
            if let index = volatile.regions.index(of: age.logicalShard) { requestFlush(ofRegion: index, because: .age) }
        }
        // One at a time: what comes of it is seen before the next.
        guard volatile.flush == nil, volatile.flushQueue.isEmpty else { return }
        if durable.log.segmentCount > configuration.logSegmentsMax {
            requestFlush(because: .log) { $0.oldestRecord < $1.oldestRecord }
        } else if volatile.memstoresBytes >= limits.flushBytes {
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
            volatile.regions.values[index].memstore = Memstore()
            removeGoneAges()
            volatile.regions.values[index].snapshot = RegionMemory.Snapshot(
                rows: region.memstore.sorted(), oldestRecord: region.oldestRecord, endRecord: region.lastRecord + 1,
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
            StoreFile(number: job.fileNumber, rows: snapshot.rows, isMajor: false))
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

    /// A memstore of a region has been replaced by an empty one: its age is nothing to wait for.
    mutating func removeGoneAges() {
        let regions = volatile.regions
        volatile.ages.removeGone(regions.isGone)
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

extension ShardTable<RegionMemory> {
    /// Whether a memstore has been replaced by an empty one since it got its first row.
    fileprivate func isGone(_ age: MemstoreAge) -> Bool {
        withValue(of: age.logicalShard) { $0.generation != age.generation } ?? true
    }
}
