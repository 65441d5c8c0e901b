extension StorageServer {
    /// The row with a key; nothing if there is none, or if it was deleted.
    ///
    /// - Complexity: O(log n) for the memstore and each file until it is found.
    mutating func row(at key: RowKey) -> StoredRow? {
        guard let row = newestRow(at: key), !row.isDeleted else { return nil }
        return row
    }

    private mutating func newestRow(at key: RowKey) -> StoredRow? {
        let shard = RowKey.logicalShard(ofPartition: key.partition)
        let inMemory = volatile.regions.withValue(of: shard) { region in
            region.memstore.row(at: key) ?? region.snapshot?.rows.row(at: key)
        }
        if let row = inMemory ?? nil { return row }
        let inFiles = durable.regions.withValue(of: shard) { region in
            region.files.lazy.reversed().compactMap { $0.rows.row(at: key) }.first
        }
        return inFiles ?? nil
    }

    /// Calls `body` with the first rows of a range in its direction, at most `rowsMax`.
    ///
    /// - Complexity: That of ``Memstore/forEachRow(in:_:)``, and O(log n) for each file, and O(rows · files).
    mutating func scan(_ range: RowRange, rowsMax: Int, _ body: (StoredRow) -> Void) {
        guard rowsMax > 0 else { return }
        let shard = RowKey.logicalShard(ofPartition: range.partition)
        let lower = range.lowerBound
        let upper = range.upperBound
        var remaining = rowsMax
        var sources = Self.fileRows(of: volatile.regions, durable.regions, shard: shard, lower, upper)
        guard !sources.isEmpty else {
            _ = volatile.regions.withValue(of: shard) { region in
                region.memstore.forEachRow(in: range) { row in
                    guard !row.isDeleted else { return true }
                    body(row)
                    remaining -= 1
                    return remaining > 0
                }
            }
            return
        }
        if let rows = volatile.regions.withValue(of: shard, { $0.memstore.sorted(range, rowsMax: rowsMax) }) {
            sources.insert(rows, at: 0)
        }
        var rows = MergedRows(sources, from: range.isBackwards ? upper : lower, isBackwards: range.isBackwards)
        while remaining > 0, let row = rows.removeNext(), row.key >= lower, row.key <= upper {
            guard !row.isDeleted else { continue }
            body(row)
            remaining -= 1
        }
    }

    /// The last place of a partition key in a table; zero if there is none.
    mutating func lastPlace(_ table: StorageTable, partition: UInt32) -> UInt64 {
        var last: UInt64 = 0
        scan(RowRange(table, partition: partition, limit: 1, isBackwards: true), rowsMax: 1) { last = $0.place }
        return last
    }

    /// Calls `body` with every row of a logical shard from a key to another, in the order of keys, until it returns false.
    ///
    /// - Complexity: O(n log n) for the rows of the memstore, and O(log n) for each file, and O(rows · files).
    func forEachRow(
        ofLogicalShard shard: UInt32, from lower: RowKey, through upper: RowKey = .last, _ body: (StoredRow) -> Bool
    ) {
        var sources = Self.fileRows(of: volatile.regions, durable.regions, shard: shard, lower, upper)
        if let rows = volatile.regions.withValue(of: shard, { $0.memstore.sorted(from: lower, through: upper) }) {
            sources.insert(rows, at: 0)
        }
        var rows = MergedRows(sources, from: lower)
        while let row = rows.removeNext(), row.key <= upper {
            if !row.isDeleted, !body(row) { return }
        }
    }

    /// What files, and the memstore that is becoming one, have of a region with keys between two, the newest first.
    private static func fileRows(
        of memory: ShardTable<RegionMemory>, _ files: ShardTable<RegionFiles>, shard: UInt32, _ lower: RowKey,
        _ upper: RowKey
    ) -> [SortedRows] {
        var sources: [SortedRows] = []
        if let rows = memory.withValue(of: shard, { $0.snapshot?.rows }) ?? nil { sources.append(rows) }
        if let index = files.index(of: shard) { sources += files.values[index].files.reversed().map(\.rows) }
        return sources.isEmpty ? sources : sources.filter { $0.overlaps(lower, upper) }
    }
}
