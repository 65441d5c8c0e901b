extension UserID {
    /// The logical shard of the user's mailbox, where rows are partitioned by user.
    public var logicalShard: UInt32 { RowKey.logicalShard(ofPartition: rawValue) }
}

extension MessageID {
    /// The logical shard of the message, where rows are partitioned by message: hash(message) % logical shards.
    var logicalShard: UInt32 { UInt32(StableHash.hash(rawValue) % UInt64(Placement.logicalShards)) }
}
