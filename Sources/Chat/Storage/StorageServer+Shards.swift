extension StorageServer {
    /// The rows of a logical shard that are durable, in the order of their keys: those of all its users and threads in all tables, with
    /// the fences in the header rows.
    ///
    /// Whoever moves a shard reads it piece by piece, and writes each piece at the other server as batches, one for each partition key.
    ///
    /// - Parameters:
    ///   - key: The rows before it are left out; the key of the last row of a piece begins the next, which repeats that row.
    ///   - limit: The most rows that are wanted.
    /// - Complexity: O(n log n) for the rows that no file has yet, and O(log n + `limit`) for the others.
    public func rows(
        ofLogicalShard shard: UInt32, notBefore key: RowKey = .first, limit: Int
    ) -> [StoredRow] {
        var rows: [StoredRow] = []
        forEachRow(ofLogicalShard: shard, from: key) { row in
            guard rows.count < limit else { return false }
            rows.append(row)
            return true
        }
        return rows
    }

    /// Drops all rows of a logical shard, with their fences. The log has a record of it: they are gone once that is synced; a crash
    /// before that leaves them.
    public mutating func dropRows(ofLogicalShard shard: UInt32, outbox: inout Outbox) {
        append(
            .drop(logicalShard: shard), for: nil, from: Address(process: 0), 0, position: ShardPosition(),
            outbox: &outbox)
    }
}
