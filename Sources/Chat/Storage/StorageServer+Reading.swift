extension StorageServer {
    /// The row with a key; nothing if there is none, or if it was deleted.
    ///
    /// - Complexity: O(log n) for the memstore and each file until it is found.
    func row(at key: RowKey) -> StoredRow? {
        guard let row = newestRow(at: key), !row.isDeleted else { return nil }
        return row
    }

    private func newestRow(at key: RowKey) -> StoredRow? {
        let shard = RowKey.logicalShard(ofPartition: key.partition)
        if let index = volatile.regions.index(of: shard) {
            if let row = volatile.regions.values[index].memstore.row(at: key) { return row }
            if let row = volatile.regions.values[index].snapshot?.rows.row(at: key) { return row }
        }
        guard let index = durable.regions.index(of: shard) else { return nil }
        for file in durable.regions.values[index].files.reversed() {
            if let row = file.rows.row(at: key) { return row }
        }
        return nil
    }

    /// Calls `body` with the first rows of a range in its direction, at most `rowsMax`.
    ///
    /// - Complexity: O(log n) for the memstore and each file, and O(rows · files).
    func scan(_ range: RowRange, rowsMax: Int, _ body: (StoredRow) -> Void) {
        let lower = range.lowerBound
        let upper = range.upperBound
        var rows = MergedRows(
            sources(ofLogicalShard: RowKey.logicalShard(ofPartition: range.partition), lower, upper),
            from: range.isBackwards ? upper : lower, isBackwards: range.isBackwards)
        var remaining = rowsMax
        while remaining > 0, let row = rows.removeNext() {
            let key = row.key
            guard key >= lower, key <= upper else { return }
            guard !row.isDeleted else { continue }
            body(row)
            remaining -= 1
        }
    }

    /// The last place of a partition key in a table; zero if there is none.
    func lastPlace(_ table: StorageTable, partition: UInt32) -> UInt64 {
        var last: UInt64 = 0
        scan(RowRange(table, partition: partition, limit: 1, isBackwards: true), rowsMax: 1) { last = $0.place }
        return last
    }

    /// Calls `body` with every row of a logical shard, in the order of keys, from the first whose key is not before `key`, until it
    /// returns false.
    func forEachRow(ofLogicalShard shard: UInt32, notBefore key: RowKey, _ body: (StoredRow) -> Bool) {
        let last = RowKey(.thread, partition: .max, place: .max)
        var rows = MergedRows(sources(ofLogicalShard: shard, key, last), from: key)
        while let row = rows.removeNext() {
            if !row.isDeleted, !body(row) { return }
        }
    }

    /// What has rows of a region with keys between two, the newest first.
    private func sources(ofLogicalShard shard: UInt32, _ lower: RowKey, _ upper: RowKey) -> [SortedRows] {
        var sources: [SortedRows] = []
        if let index = volatile.regions.index(of: shard) {
            sources.append(volatile.regions.values[index].memstore)
            if let snapshot = volatile.regions.values[index].snapshot { sources.append(snapshot.rows) }
        }
        if let index = durable.regions.index(of: shard) {
            sources += durable.regions.values[index].files.reversed().map(\.rows)
        }
        return sources.filter { $0.overlaps(lower, upper) }
    }
}
