internal import Language

/// How copies of rows on several storage servers are kept.
public struct ReplicationModel: Hashable, Sendable {
    /// How many servers have each shard.
    public let copies: UInt64
    /// Whether a write is answered only once all copies have it.
    public let waitsForCopies: Bool
    /// Whether copies that are missing or behind are made anew.
    public let repairs: Bool
    /// After how long in silence a server counts as lost, in nanoseconds.
    public let detectNanoseconds: UInt64
}

/// The section `replication`: copies, fragments, or both.
struct ReplicationSection {
    let copies: ReplicationModel?
    let reedSolomon: ReedSolomonModel?
}

extension ValueKind where Value == ReplicationSection {
    /// The section `replication`.
    static var replication: ValueKind {
        .section { reader in
            let copies = reader.optional(
                "copies", .integer(2...4), "How many storage servers have each logical shard.")
            let reedSolomon = reader.optional(
                "reed_solomon", .reedSolomon, "What storage servers log is kept on data nodes, in fragments.")
            let model = ReplicationModel(
                copies: copies ?? 2,
                waitsForCopies: reader.optional(
                    "acknowledge", .choice([("all_copies", true), ("primary", false)]), default: "all_copies",
                    "When a write is answered: once all copies have it on their logs, or once the primary has."),
                repairs: reader.optional(
                    "repair", .onOff, default: "on",
                    "Whether lost copies are made anew on other servers; `off` takes a server that returns as it is."),
                detectNanoseconds: reader.optional(
                    "detect_after", .duration(10_000_000...3_600_000_000_000), default: "3s",
                    "After how long in silence a storage server counts as lost, and is replaced."))
            if copies == nil {
                for key in ["acknowledge", "repair", "detect_after"] {
                    reader.rejectIfGiven(key, because: "there are no `copies`")
                }
                if reedSolomon == nil {
                    reader.report("copies", "`replication` needs `copies` or `reed_solomon`, or both")
                }
            }
            return ReplicationSection(copies: copies == nil ? nil : model, reedSolomon: reedSolomon)
        }
    }
}
