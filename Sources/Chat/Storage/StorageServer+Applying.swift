extension StorageServer {
    /// Makes the changes of a record that is on the log.
    mutating func apply(_ record: LogRecord, number: UInt64, nowNanoseconds: UInt64) {
        let shard = record.logicalShard
        let index = volatile.regions.index(of: shard, making: RegionMemory())
        if case .drop = record { return drop(shard, index, record: number) }
        if volatile.regions.values[index].memstore.isEmpty {
            volatile.regions.values[index].oldestRecord = number
            volatile.ages.append(
                MemstoreAge(
                    sinceNanoseconds: nowNanoseconds, logicalShard: shard,
                    generation: volatile.regions.values[index].generation))
        }
        volatile.regions.values[index].lastRecord = number
        let before = volatile.regions.values[index].memstore.sizeBytes
        switch record {
        case .mailbox(let row):
            let message = StoredRow(message: row)
            let contact = message.contactRow
            // A write that is repeated late must not hide a newer message.
            let isLatest = self.row(at: contact.key).map { $0.number <= contact.number } ?? true
            volatile.regions.values[index].memstore.putMessage(message, isLatest: isLatest)
        case .row(let row):
            volatile.regions.values[index].memstore.put(row)
            settleFence(row)
        case .batch(let rows):
            for row in rows {
                volatile.regions.values[index].memstore.put(row)
                settleFence(row)
            }
        case .drop: preconditionFailure("a region was dropped")
        }
        let after = volatile.regions.values[index].memstore.sizeBytes
        volatile.memstoresBytes = volatile.memstoresBytes - before + after
        if after >= configuration.flushBytesMax { requestFlush(ofRegion: index, because: .size) }
    }

    /// Applies the records of the log that no file has.
    mutating func replay(nowNanoseconds: UInt64) {
        var log = WriteAheadLog()
        swap(&log, &durable.log)
        let damage = log.replay { record, number in
            let files = durable.regions.index(of: record.logicalShard)
            guard number >= files.map({ durable.regions.values[$0].flushedRecord }) ?? 0 else { return }
            figures.replayedCount += 1
            apply(record, number: number, nowNanoseconds: nowNanoseconds)
        }
        swap(&log, &durable.log)
        figures.tornCount += damage.tornCount
        figures.corruptCount += damage.corruptCount
        volatile.isDiskCorrupt = damage.corruptCount > 0
    }

    /// Drops all that memory and files have of a region.
    private mutating func drop(_ shard: UInt32, _ index: Int, record: UInt64) {
        volatile.memstoresBytes -= volatile.regions.values[index].sizeBytes
        volatile.regions.values[index] = RegionMemory(generation: volatile.regions.values[index].generation + 1)
        removeGoneAges()
        let files = durable.regions.index(of: shard, making: RegionFiles())
        durable.regions.values[files] = RegionFiles(flushedRecord: record + 1)
    }
}
