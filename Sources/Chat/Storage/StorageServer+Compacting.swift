/// A region whose files are going to be compacted.
struct CompactionRequest: Hashable, Sendable {
    let logicalShard: UInt32
    let isMajor: Bool
}

/// Files that are being made one.
struct CompactionJob: Sendable {
    let request: CompactionRequest
    /// The numbers of the files, oldest first.
    let inputs: [UInt64]
    /// The rows of the new file, which has the number `fileNumber`.
    let output: SortedRows
    let fileNumber: UInt64
    /// How many bytes remain to be read, and then to be written.
    var readBytes: UInt64
    var writeBytes: UInt64
    /// How many of those to be written the disk has to write now.
    var chunkBytes: UInt64 = 0
}

extension StorageServer {
    /// Wants files of a region compacted if there are enough that fit.
    mutating func requestMinorCompaction(_ shard: UInt32) {
        let request = CompactionRequest(logicalShard: shard, isMajor: false)
        guard let index = durable.regions.index(of: shard), minorSelection(ofRegion: index) != nil,
            !volatile.compactionQueue.contains(request)
        else { return }
        volatile.compactionQueue.append(request)
    }

    /// Draws when all files of a region become one.
    mutating func scheduleMajorCompaction(ofRegion index: Int, nowNanoseconds: UInt64) {
        guard configuration.majorPeriodNanoseconds > 0 else { return }
        let period = configuration.majorPeriodNanoseconds
        let jitter = StorageConfiguration.share(configuration.majorJitterPartsPerBillion, of: period)
        let due = nowNanoseconds &+ (period - jitter) &+ volatile.jitter.below(2 * jitter + 1)
        durable.regions.values[index].majorDueNanoseconds = due
        volatile.majorDueNanoseconds = min(volatile.majorDueNanoseconds, due)
    }

    /// Wants all files of those regions made one whose time has come.
    mutating func requestMajorCompactions(nowNanoseconds: UInt64) {
        guard nowNanoseconds >= volatile.majorDueNanoseconds else { return }
        volatile.majorDueNanoseconds = .max
        for index in durable.regions.values.indices {
            guard let due = durable.regions.values[index].majorDueNanoseconds else { continue }
            guard due <= nowNanoseconds else {
                volatile.majorDueNanoseconds = min(volatile.majorDueNanoseconds, due)
                continue
            }
            let files = durable.regions.values[index].files
            if files.count > 1 || files.contains(where: { !$0.isMajor }) {
                volatile.compactionQueue.append(
                    CompactionRequest(logicalShard: durable.regions.shards[index], isMajor: true))
            }
            scheduleMajorCompaction(ofRegion: index, nowNanoseconds: nowNanoseconds)
        }
    }

    /// Begins the compaction that is wanted most, unless one is under way: that of the region with the most files.
    mutating func startCompaction(outbox: inout Outbox) {
        while volatile.compaction == nil, let place = mostWanted {
            let request = volatile.compactionQueue.remove(at: place)
            guard let index = durable.regions.index(of: request.logicalShard) else { continue }
            let files = durable.regions.values[index].files
            guard let selection = request.isMajor ? files.indices : minorSelection(ofRegion: index),
                !selection.isEmpty
            else { continue }
            let inputs = Array(files[selection])
            // What was deleted has nothing left to hide once the oldest file is among those that become one.
            let output = Self.merge(inputs, dropsDeleted: selection.lowerBound == 0)
            figures.supersededCount += UInt64(inputs.reduce(0) { $0 + $1.rows.count } - output.count)
            volatile.compaction = CompactionJob(
                request: request, inputs: inputs.map(\.number), output: output, fileNumber: beginFile(),
                readBytes: inputs.reduce(0) { $0 + $1.rows.sizeBytes }, writeBytes: output.sizeBytes)
            moveCompactionChunk(outbox: &outbox)
        }
    }

    /// The disk has read or written a part of the compaction.
    mutating func compactionGoesOn(nowNanoseconds: UInt64, outbox: inout Outbox) {
        guard let job = volatile.compaction else { preconditionFailure("a part of no compaction was written") }
        figures.compactedBytes += job.chunkBytes
        guard job.readBytes + job.writeBytes == 0 else { return moveCompactionChunk(outbox: &outbox) }
        volatile.compaction = nil
        endFile(job.fileNumber)
        let shard = job.request.logicalShard
        guard let index = durable.regions.index(of: shard),
            let first = durable.regions.values[index].files.firstIndex(where: { $0.number == job.inputs[0] })
        else { return }  // The region was dropped meanwhile.
        let isWhole = first == 0 && job.inputs.count == durable.regions.values[index].files.count
        let file = StoreFile(number: job.fileNumber, rows: job.output, isMajor: isWhole)
        durable.regions.values[index].files.replaceSubrange(
            first..<first + job.inputs.count, with: job.output.isEmpty ? [] : [file])
        if job.request.isMajor { figures.majorCompactionCount += 1 } else { figures.minorCompactionCount += 1 }
        requestMinorCompaction(shard)
        releaseWaiting(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    private var mostWanted: Int? {
        var most: (place: Int, files: Int)?
        for (place, request) in volatile.compactionQueue.enumerated() {
            let index = durable.regions.index(of: request.logicalShard)
            let files = index.map { durable.regions.values[$0].files.count } ?? 0
            if most.map({ files > $0.files }) ?? true { most = (place, files) }
        }
        return most?.place
    }

    private func minorSelection(ofRegion index: Int) -> Range<Int>? {
        CompactionPolicy.select(
            sizesBytes: durable.regions.values[index].files.map(\.rows.sizeBytes), configuration: configuration)
    }

    private mutating func moveCompactionChunk(outbox: inout Outbox) {
        guard var job = volatile.compaction else { return }
        let read = min(job.readBytes, configuration.diskChunkBytesMax)
        job.chunkBytes = min(job.writeBytes, configuration.diskChunkBytesMax - read)
        job.readBytes -= read
        job.writeBytes -= job.chunkBytes
        volatile.compaction = job
        outbox.write(DiskToken.compaction.rawValue, bytes: job.chunkBytes, readBytes: read)
    }

    private static func merge(_ files: [StoreFile], dropsDeleted: Bool) -> SortedRows {
        var rows = MergedRows(files.reversed().map(\.rows), from: .first)
        var output = SortedRows(capacity: files.reduce(0) { $0 + $1.rows.count })
        while let row = rows.removeNext() {
            if !(dropsDeleted && row.isDeleted) { output.append(row) }
        }
        return output
    }
}
