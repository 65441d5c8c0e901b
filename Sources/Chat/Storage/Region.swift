/// The rows of one logical shard, in all tables.
///
/// Regions are fixed: one for each logical shard, as a table of HBase is when it is split beforehand by a hash of the key. They are what
/// moves when a shard moves. All rows of a partition key are in one region, so that a batch of them is atomic.
struct Region: Sendable {
    /// The logical shard.
    let logicalShard: UInt32
    /// The rows in memory.
    var memstore = SortedRows()

    /// The row with a key; nothing if there is none, or if it was deleted.
    ///
    /// - Complexity: O(log n).
    func row(at key: RowKey) -> StoredRow? {
        guard let position = memstore.firstPosition(notBefore: key) else { return nil }
        let row = memstore[position]
        return row.key == key && !row.isDeleted ? row : nil
    }

    /// Calls `body` with the first rows of a range in its direction, at most `rowsMax`.
    ///
    /// - Complexity: O(log n + rows).
    func scan(_ range: RowRange, rowsMax: Int, _ body: (StoredRow) -> Void) {
        var remaining = rowsMax
        var next =
            range.isBackwards
            ? memstore.lastPosition(notAfter: range.upperBound)
            : memstore.firstPosition(notBefore: range.lowerBound)
        while remaining > 0, let position = next {
            let row = memstore[position]
            let key = row.key
            guard key >= range.lowerBound, key <= range.upperBound else { return }
            if !row.isDeleted {
                body(row)
                remaining -= 1
            }
            next = range.isBackwards ? memstore.position(before: position) : memstore.position(after: position)
        }
    }

    /// Calls `body` with every row, in the order of keys, from the first whose key is not before `key`, until it returns false.
    func forEachRow(notBefore key: RowKey, _ body: (StoredRow) -> Bool) {
        var next = memstore.firstPosition(notBefore: key)
        while let position = next {
            let row = memstore[position]
            if !row.isDeleted, !body(row) { return }
            next = memstore.position(after: position)
        }
    }
}
