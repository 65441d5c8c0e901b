internal import Language

/// Large content, which goes by reference to an object store.
public struct MediaModel: Hashable, Sendable {
    /// The most bytes of content that travel with a message.
    public let inlineBytesMax: UInt64
    /// The machines of the object stores.
    public let tier: SystemModel.Tier
    /// How fast their disks read and write, in bytes per second; zero for no limit.
    public let diskBytesPerSecond: UInt64
    /// Whether an upload is confirmed before it is on the disk.
    public let confirmsBeforeSync: Bool
    /// How many uploads and downloads a device has under way at once.
    public let transfersMax: UInt64
    /// How long one may take, in nanoseconds.
    public let timeoutNanoseconds: UInt64
    /// When a device tries again.
    public let retry: RetryModel
}

/// The messages of a population that carry media.
public struct PopulationMediaModel: Hashable, Sendable {
    /// The share of all messages, in parts per billion.
    public let sharePartsPerBillion: UInt64
    /// The size of their content, in bytes.
    public let bytes: DistributionModel
}

extension ValueKind where Value == MediaModel {
    /// The section `media` of `system`.
    static var media: ValueKind {
        .section { reader in
            MediaModel(
                inlineBytesMax: reader.optional(
                    "inline_max", .messageSize, default: "64KiB",
                    "The most content that travels with a message; more is put into an object store, and the message refers to it."
                ),
                tier: SystemModel.Tier(
                    count: reader.optional(
                        "object_stores", .integer(1...1000), default: "1",
                        "How many object stores there are; a hash of the message says which has its media."),
                    cores: reader.optional("cores", .integer(1...1024), default: "4", "Cores of each."),
                    messageNanoseconds: reader.optional(
                        "cpu_per_request", .duration(0...10_000_000_000), default: "50us",
                        "What a request costs on one core."),
                    connectionNanoseconds: 0,
                    logSyncNanoseconds: reader.optional(
                        "log_sync", .timeDistribution, default: "{ lognormal: { median: 400us, p99: 4ms } }",
                        "How long it takes to sync what was written.")),
                diskBytesPerSecond: reader.optional(
                    "disk_rate", .bandwidth, default: "100MB/s", "How fast a disk reads and writes media."),
                confirmsBeforeSync: reader.optional(
                    "confirm", .choice([("after_sync", false), ("before_sync", true)]), default: "after_sync",
                    "`after_sync`: an upload is confirmed once it is on the disk; `before_sync`: as soon as it has arrived."
                ),
                transfersMax: reader.optional(
                    "transfers", .integer(1...64), default: "4",
                    "How many uploads and downloads a device has under way at once."),
                timeoutNanoseconds: reader.optional(
                    "timeout", .duration(1_000_000...86_400_000_000_000), default: "30s",
                    "How long an upload or a download may take before it counts as failed."),
                retry: reader.optional(
                    "retry", .retry(first: "1s", max: "30s", jitter: "50%", attempts: "8"), default: "{}",
                    "When a device tries again after one that failed; a message whose upload is given up has failed."))
        }
    }
}

extension ValueKind where Value == PopulationMediaModel {
    /// The section `media` of a population.
    static var populationMedia: ValueKind {
        .section { reader in
            PopulationMediaModel(
                sharePartsPerBillion: reader.required("share", .positiveRatio, "How many of the messages carry media."),
                bytes: reader.required("size", .sizeDistribution, "The size of the content of those."))
        }
    }
}
