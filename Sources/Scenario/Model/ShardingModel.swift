internal import Language

/// How rows are spread over the storage servers.
public struct ShardingModel: Hashable, Sendable {
    /// Servers that are added while the system runs.
    public struct GrowthStep: Hashable, Sendable {
        /// When, in nanoseconds.
        public let timeNanoseconds: UInt64
        /// How many.
        public let serverCount: UInt64
        /// Where the step stands.
        let position: SourcePosition
    }

    /// Whether rows are assigned to shards by message, else by user.
    public let isByMessage: Bool
    /// Whether requests for a shard that has moved are handed on, else answered with where it is.
    public let forwardsStaleRequests: Bool
    /// Whether writes that come while a shard is copied follow it.
    public let catchesUp: Bool
    /// How many rows one message of a copy carries at most.
    public let chunkRowsMax: UInt64
    /// How many shards are copied at once.
    public let movesAtOnceMax: UInt64
    /// After how long a step of a copy is repeated, in nanoseconds.
    public let stepTimeoutNanoseconds: UInt64
    /// The servers that are added, in order of time.
    public let growth: [GrowthStep]

    /// How many servers are added in all.
    public var addedServerCount: UInt64 { growth.reduce(0) { $0 + $1.serverCount } }
}

extension ValueKind where Value == ShardingModel {
    /// What holds where a scenario asks for copies and says nothing about sharding.
    static var withoutMoves: ShardingModel {
        ValueKind.sharding(replication: nil).fallback()
    }

    /// The section `sharding`.
    static func sharding(replication: ReplicationModel?) -> ValueKind {
        .section { reader in
            let isByMessage = reader.optional(
                "partition_by", .choice([("user", false), ("message_id", true)]), default: "user",
                "`user`: a mailbox is in one of the 1000 logical shards; `message_id`: it is spread over all, and a page asks each server."
            )
            let growth = reader.optional(
                "growth", ValueKind<ShardingModel.GrowthStep>.growthStep.list(1...100),
                "Storage servers that are added while the system runs; shards move to them until all have as many.")
            if isByMessage, growth != nil {
                reader.rejectIfGiven("growth", because: "only shards of whole mailboxes move (`partition_by: user`)")
            }
            if isByMessage, replication != nil {
                reader.report("partition_by", "only shards of whole mailboxes have copies (`partition_by: user`)")
            }
            let model = ShardingModel(
                isByMessage: isByMessage,
                forwardsStaleRequests: reader.optional(
                    "stale_requests", .choice([("redirect", false), ("forward", true)]), default: "redirect",
                    "What a server does with a request for a shard that it no longer has: tell where it is, or hand it on."
                ),
                catchesUp: reader.optional(
                    "catch_up", .onOff, default: "on",
                    "Whether writes that come while a shard is copied are sent after it; `off` loses them."),
                chunkRowsMax: reader.optional(
                    "chunk", .integer(1...4096), default: "256", "How many rows one message of a copy carries at most."),
                movesAtOnceMax: reader.optional(
                    "moves_at_once", .integer(1...1000), default: "4", "How many shards are copied at the same time."),
                stepTimeoutNanoseconds: reader.optional(
                    "step_timeout", .duration(1_000_000...3_600_000_000_000), default: "500ms",
                    "After how long a step of a copy that was not answered is repeated."),
                growth: (growth ?? []).sorted { $0.timeNanoseconds < $1.timeNanoseconds })
            if growth == nil, replication == nil {
                for key in ["stale_requests", "catch_up", "chunk", "moves_at_once", "step_timeout"] {
                    reader.rejectIfGiven(key, because: "without `growth` and without copies no shard changes hands")
                }
            }
            return model
        }
    }
}

extension ValueKind where Value == ShardingModel.GrowthStep {
    fileprivate static var growthStep: ValueKind {
        .section { reader in
            let time = reader.required(
                "at", ValueKind<UInt64>.duration(0...Scenario.durationMax).located, "When they are added.")
            return ShardingModel.GrowthStep(
                timeNanoseconds: time.value,
                serverCount: reader.required("add_storage_servers", .integer(1...1000), "How many are added."),
                position: time.position)
        }
    }
}
