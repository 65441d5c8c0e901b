/// Rows in the order of their keys.
extension Memstore {
    /// Calls `body` with the rows of a range in its direction, deleted ones too, until it returns false.
    ///
    /// - Complexity: O(rows) for the last messages of a mailbox or a thread; O(k) for others of them if k have a place not before the range's
    ///   first; O(k log k) in another table where the partition key has k rows.
    func forEachRow(in range: RowRange, _ body: (StoredRow) -> Bool) {
        guard range.table == .message || range.table == .groupMessage else {
            var rows = unorderedRows(in: range)
            rows.sort { range.isBackwards ? $0.place > $1.place : $0.place < $1.place }
            for row in rows where !body(row) { return }
            return
        }
        guard let place = owners.place(of: range.partition, OwnerTable.Chain(of: range.table)) else { return }
        var next = owners[place].first
        var found: [Int] = []
        while let index = next.index, entries[index].place >= range.places.lowerBound {
            next = entries[index].next
            guard entries[index].place <= range.places.upperBound, !entries[index].isHidden else { continue }
            if !range.isBackwards {
                found.append(index)
            } else if !body(entries[index].row) {
                return
            }
        }
        for index in found.reversed() where !body(entries[index].row) { return }
    }

    /// The first rows of a range in its direction, in the order of keys: as many as have `rowsMax` among them that are not deleted.
    func sorted(_ range: RowRange, rowsMax: Int) -> SortedRows {
        var rows: ContiguousArray<StoredRow> = []
        var remaining = rowsMax
        forEachRow(in: range) { row in
            guard remaining > 0 else { return false }
            rows.append(row)
            if !row.isDeleted { remaining -= 1 }
            return true
        }
        return SortedRows(sorting: rows)
    }

    /// All rows with keys between two, both included.
    ///
    /// - Complexity: O(n + k log k) for k of n rows.
    func sorted(from lower: RowKey, through upper: RowKey) -> SortedRows {
        var rows: ContiguousArray<StoredRow> = []
        func take(_ row: StoredRow) {
            let key = row.key
            if lower <= key, key <= upper { rows.append(row) }
        }
        if lower.table == .user {
            for cell in owners.cells { if let login = cell.login { take(login) } }
        }
        for entry in entries where !entry.isHidden { take(entry.row) }
        if upper.table.rawValue >= StorageTable.messageIndex.rawValue {
            index.forEachDerived { take(row(at: $0)) }
        }
        return SortedRows(sorting: rows)
    }

    /// All rows.
    ///
    /// - Complexity: O(n log n).
    func sorted() -> SortedRows { sorted(from: .first, through: .last) }

    /// The rows of a range of a table that is not chained in the order of places.
    private func unorderedRows(in range: RowRange) -> [StoredRow] {
        var rows: [StoredRow] = []
        func take(_ row: StoredRow) {
            if row.table == range.table, range.places.contains(row.place) { rows.append(row) }
        }
        forEachEntry(of: range.partition, OwnerTable.Chain(of: range.table)) { index in
            if !entries[index].isHidden { take(entries[index].row) }
        }
        switch range.table {
        case .user:
            if let place = owners.place(of: range.partition, .mailbox), let login = owners[place].login { take(login) }
        case .messageIndex, .recentContacts:
            let view: RowIndex.View = range.table == .messageIndex ? .index : .contact
            forEachEntry(of: range.partition, .mailbox) { index in
                let location = RowIndex.Location(entry: index, view: view)
                let row = row(at: location)
                if let slot = slot(of: row.key), self.index[slot] == location { take(row) }
            }
        case .message, .groupMessage, .thread: break
        }
        return rows
    }

    private func forEachEntry(of partition: UInt32, _ chain: OwnerTable.Chain, _ body: (Int) -> Void) {
        guard let place = owners.place(of: partition, chain) else { return }
        var next = owners[place].first
        while let index = next.index {
            body(index)
            next = entries[index].next
        }
    }
}
