internal import Plan

/// What makes a storage server write new data to a file.
public enum FlushTrigger: String, Sendable, CaseIterable {
    /// A region has so much of it.
    case size
    /// It is so old.
    case age
    /// All regions together have so much of it.
    case memory
}

/// When new data is written to files, on a shard that is full.
public struct FlushSizing: Hashable, Sendable {
    /// How many regions a full shard has.
    public let regions: Figure
    /// Bytes that are new in a region in a day.
    public let bytesPerRegionAndDay: Figure
    /// How long a region takes to reach the size at which it is flushed, in seconds.
    public let secondsToSize: Figure
    /// How long all regions of a server take to fill the memory for new data, in seconds.
    public let secondsToMemory: Figure
    /// After how long the data is flushed in fact, in seconds.
    public let seconds: Figure
    /// Which of the three rules.
    public let trigger: FlushTrigger
    /// How large the files become, in bytes.
    public let fileBytes: Figure
}

extension FlushSizing {
    init(_ plan: Plan, load: StorageLoad, servers: Figure) {
        let policy = plan.policies.storage
        let day = Term.constant(86_400)
        regions = Figure("regions of a full shard", "regions", (policy.shardBytes / policy.regionBytes).roundedUp)
        let perRegion = Figure(
            "regions of all shards", "regions", policy.logicalShards * policy.shardBytes / policy.regionBytes)
        bytesPerRegionAndDay = Figure("new bytes in a region in a day", "B/d", load.bytesPerDay / perRegion)
        secondsToSize = Figure(
            "time until a region has the size to be flushed", "s", policy.flushBytes / bytesPerRegionAndDay * day)
        let perServer = Figure("new bytes of a server in a day", "B/d", load.bytesPerDay / servers)
        secondsToMemory = Figure(
            "time until new data fills its memory", "s",
            plan.hardware.storageServer.memoryBytes * policy.memstoreShare / perServer * day)
        seconds = Figure(
            "time between flushes of a region", "s",
            Term.smallest([secondsToSize, policy.flushSeconds, secondsToMemory]))
        if seconds.value == policy.flushSeconds.value {
            trigger = .age
        } else {
            trigger = seconds.value == secondsToSize.value ? .size : .memory
        }
        fileBytes = Figure("size of a flushed file", "B", bytesPerRegionAndDay * seconds / day)
    }
}
