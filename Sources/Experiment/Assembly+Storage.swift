internal import Chat
internal import Scenario

extension Assembly {
    /// How storage servers keep their tables.
    static func storage(_ model: StorageModel) -> StorageConfiguration {
        var configuration = StorageConfiguration()
        configuration.flushBytesMax = model.memstore.flushBytes
        configuration.flushAgeNanoseconds = model.memstore.flushAgeNanoseconds
        configuration.blockMultiplier = model.memstore.blockMultiplier
        configuration.heapBytes = model.heap.sizeBytes
        configuration.memstoresPartsPerBillion = model.heap.memstoresPartsPerBillion
        configuration.flushFromPartsPerBillion = model.heap.flushFromPartsPerBillion
        configuration.logSegmentBytesMax = model.log.segmentBytes
        configuration.logSegmentsMax = Int(model.log.segmentsMax)
        configuration.compactionFilesMin = Int(model.compaction.filesMin)
        configuration.compactionFilesMax = Int(model.compaction.filesMax)
        configuration.compactionRatioThousandths = model.compaction.ratioThousandths
        configuration.majorPeriodNanoseconds = model.compaction.majorPeriodNanoseconds
        configuration.majorJitterPartsPerBillion = model.compaction.majorJitterPartsPerBillion
        configuration.blockingFilesMax = Int(model.blocking.files)
        configuration.blockingWaitNanoseconds = model.blocking.waitNanoseconds
        configuration.diskChunkBytesMax = model.disk.chunkBytes
        return configuration
    }
}
