/// How a storage server keeps its tables. The defaults are those of HBase (`hbase-default.xml`).
public struct StorageConfiguration: Hashable, Sendable {
    /// A memstore of at least this many bytes is flushed (`hbase.hregion.memstore.flush.size`). Files below this size may always be
    /// compacted with others.
    public var flushBytesMax: UInt64 = 128 << 20
    /// A memstore whose oldest row is older than this is flushed, in nanoseconds (`hbase.regionserver.optionalcacheflushinterval`).
    public var flushAgeNanoseconds: UInt64 = 3_600_000_000_000
    /// Writes to a region wait while its memory is at least this many times ``flushBytesMax`` (`hbase.hregion.memstore.block.multiplier`).
    public var blockMultiplier: UInt64 = 4
    /// The heap of the server in bytes.
    public var heapBytes: UInt64 = 16 << 30
    /// The share of the heap that all memstores together may take, in parts per billion; beyond it writes wait
    /// (`hbase.regionserver.global.memstore.size`).
    public var memstoresPartsPerBillion: UInt64 = 400_000_000
    /// The share of that from which on the largest memstore is flushed, in parts per billion
    /// (`hbase.regionserver.global.memstore.size.lower.limit`).
    public var flushFromPartsPerBillion: UInt64 = 950_000_000
    /// The log goes on in a new segment after this many bytes.
    public var logSegmentBytesMax: UInt64 = 64 << 20
    /// With more segments than this, the memstore with the oldest row is flushed, so that the log can be truncated
    /// (`hbase.regionserver.maxlogs`).
    public var logSegmentsMax = 32
    /// How many files a minor compaction makes one of, at least (`hbase.hstore.compaction.min`).
    public var compactionFilesMin = 3
    /// And at most (`hbase.hstore.compaction.max`).
    public var compactionFilesMax = 10
    /// A file is compacted with newer ones if it is no larger than all of them together times this, in thousandths
    /// (`hbase.hstore.compaction.ratio`).
    public var compactionRatioThousandths: UInt64 = 1200
    /// How often all files of a region become one, in nanoseconds; zero for never (`hbase.hregion.majorcompaction`).
    public var majorPeriodNanoseconds: UInt64 = 604_800_000_000_000
    /// By how much of itself that period may be shorter or longer, at random, in parts per billion
    /// (`hbase.hregion.majorcompaction.jitter`).
    public var majorJitterPartsPerBillion: UInt64 = 500_000_000
    /// Writes to a region wait while it has at least this many files (`hbase.hstore.blockingStoreFiles`).
    public var blockingFilesMax = 16
    /// How long a write waits at most, in nanoseconds (`hbase.hstore.blockingWaitTime`).
    public var blockingWaitNanoseconds: UInt64 = 90_000_000_000
    /// How many bytes a flush or a compaction moves before it lets others have the disk.
    public var diskChunkBytesMax: UInt64 = 4 << 20
    /// The bug that is planted in it; none but to test that it is found.
    package var mutant: Mutant?

    /// The defaults.
    public init() {}

    /// A share of a number, rounded down.
    ///
    /// - Precondition: The share is at most one billion.
    static func share(_ partsPerBillion: UInt64, of number: UInt64) -> UInt64 {
        UInt64(1_000_000_000).dividingFullWidth(number.multipliedFullWidth(by: partsPerBillion)).quotient
    }
}

/// What follows from a configuration, computed once: the limits are looked at with each request.
struct MemstoreLimits: Hashable, Sendable {
    /// The bytes of all memstores from which on writes wait.
    let waitBytes: UInt64
    /// The bytes of all memstores from which on the largest is flushed.
    let flushBytes: UInt64
    /// The bytes of a region's memory from which on writes to it wait.
    let regionWaitBytes: UInt64

    /// The limits of a configuration.
    init(_ configuration: StorageConfiguration) {
        waitBytes = StorageConfiguration.share(configuration.memstoresPartsPerBillion, of: configuration.heapBytes)
        flushBytes = StorageConfiguration.share(configuration.flushFromPartsPerBillion, of: waitBytes)
        let region = configuration.flushBytesMax.multipliedReportingOverflow(by: configuration.blockMultiplier)
        regionWaitBytes = region.overflow ? .max : region.partialValue
    }
}
