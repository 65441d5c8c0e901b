extension StorageServer {
    /// Reports what the server has of shards in the end: of those that moved here the rows, as ``Observation/Kind/readable``, and each
    /// copy, as ``Observation/Kind/shardCopy``.
    func reportShards(outbox: inout Outbox) {
        guard let seat = shardSeat, let table = volatile.shards, table.isConfirmed else { return }
        for shard in 0..<Placement.logicalShards where table[shard].assignment.members.contains(seat.number) {
            let rows = rows(ofLogicalShard: shard, limit: .max)
            if table[shard].primary == seat.number, table[shard].assignment.version > 1 {
                for row in rows where row.table == .message {
                    let record = row.mailboxRow.record
                    outbox.observe(
                        Observation(
                            .readable, device: DeviceID(user: UserID(row.partition), index: 0), message: record.id,
                            sequence: record.sequence))
                }
            }
            guard seat.configuration.replication != nil, !rows.isEmpty else { continue }
            let hash = rows.words.reduce(UInt64(0)) { StableHash.hash($0 ^ $1) }
            outbox.observe(
                Observation(
                    .shardCopy, device: DeviceID(user: UserID(shard), index: 0), message: MessageID(rawValue: hash),
                    counterpart: UserID(seat.number), sequence: UInt32(clamping: rows.count)))
        }
    }

    /// Reports what the server did about shards.
    public func reportShards(into metrics: inout Metrics) {
        archive?.report(into: &metrics)
        guard let seat = shardSeat else { return }
        typealias Figure = ShardFigures
        metrics.record(Figure.rowsMoved, shardCounts.movedRows)
        metrics.record(Figure.bytesMoved, shardCounts.movedBytes)
        metrics.record(Figure.caughtUp, shardCounts.caughtUpRecords)
        metrics.record(Figure.redirects, shardCounts.redirects)
        metrics.record(Figure.forwards, shardCounts.forwards)
        guard seat.configuration.replication != nil else { return }
        metrics.record(Figure.repairRows, shardCounts.repairRows)
        metrics.record(Figure.repairBytes, shardCounts.repairBytes)
        var all: UInt64 = 0
        var own: UInt64 = 0
        for shard in 0..<Placement.logicalShards {
            let bytes = rows(ofLogicalShard: shard, limit: .max).reduce(UInt64(0)) { $0 + $1.sizeBytes }
            all += bytes
            if volatile.shards?[shard].primary == seat.number { own += bytes }
        }
        metrics.record(Figure.bytesStored, all)
        metrics.record(Figure.bytesLogical, own)
    }
}
