internal import Language

/// The cache servers between chat servers and storage.
public struct CacheModel: Hashable, Sendable {
    /// Their machines.
    public let tier: SystemModel.Tier
    /// Of how many users each keeps what is recent.
    public let entriesEach: UInt64
    /// Whether one write of a user goes through at a time.
    public let isLocking: Bool
    /// Whether a write is confirmed before the storage has it.
    public let confirmsBeforeDatabase: Bool
}

extension ValueKind where Value == CacheModel {
    /// The section `cache`.
    static var cache: ValueKind {
        .section { reader in
            CacheModel(
                tier: SystemModel.Tier(
                    count: reader.required(
                        "servers", .integer(1...1000), "How many there are; a user's rows are cached on exactly one."),
                    cores: reader.optional("cores", .integer(1...1024), default: "4", "Cores of each."),
                    messageNanoseconds: reader.optional(
                        "cpu_per_request", .duration(0...10_000_000_000), default: "20us",
                        "What a request costs on one core."),
                    connectionNanoseconds: 0, logSyncNanoseconds: .constant(0)),
                entriesEach: reader.optional(
                    "entries_each", .integer(1...100_000_000), default: "100_000",
                    "Of how many users a server keeps what is recent; those who were used least recently give way."),
                isLocking: reader.optional(
                    "lock", .choice([("on", true), ("off", false)]), default: "on",
                    "Whether one write of a user goes through at a time, and no reading between the updates of both indices."
                ),
                confirmsBeforeDatabase: reader.optional(
                    "confirm", .choice([("after_database", false), ("before_database", true)]),
                    default: "after_database",
                    "`after_database`: a write is confirmed once the storage has it; `before_database`: once the cache has it."
                ))
        }
    }
}
