/// Rows in the order of their keys, each key once, side by side: those of a file. A row takes 40 bytes.
struct SortedRows: Sendable {
    private var rows: ContiguousArray<StoredRow> = []
    /// The bytes that they take on a disk.
    private(set) var sizeBytes: UInt64 = 0

    /// No rows.
    ///
    /// - Parameter capacity: For how many there is to be room.
    init(capacity: Int = 0) {
        rows.reserveCapacity(capacity)
    }

    /// Rows in any order.
    ///
    /// - Precondition: Each key is there once.
    /// - Complexity: O(n log n).
    init(sorting unsorted: ContiguousArray<StoredRow>) {
        rows = unsorted
        rows.sort { $0.key < $1.key }
        sizeBytes = rows.reduce(0) { $0 + $1.sizeBytes }
    }

    /// How many rows there are.
    var count: Int { rows.count }
    /// Whether there are none.
    var isEmpty: Bool { rows.isEmpty }
    /// The bytes of memory that they take, with what is reserved for more.
    var memoryBytes: Int { rows.capacity * MemoryLayout<StoredRow>.stride }

    /// The row at a position.
    subscript(position: Int) -> StoredRow { rows[position] }

    /// Appends a row.
    ///
    /// - Precondition: Its key is beyond all others.
    mutating func append(_ row: StoredRow) {
        precondition(rows.last.map { $0.key < row.key } ?? true, "rows come in the order of their keys")
        rows.append(row)
        sizeBytes += row.sizeBytes
    }

    /// The row with a key, deleted or not.
    ///
    /// - Complexity: O(log n).
    func row(at key: RowKey) -> StoredRow? {
        guard let position = firstPosition(notBefore: key), rows[position].key == key else { return nil }
        return rows[position]
    }

    /// Whether a row may have a key between two, both included.
    func overlaps(_ lower: RowKey, _ upper: RowKey) -> Bool {
        guard let first = rows.first, let last = rows.last else { return false }
        return first.key <= upper && last.key >= lower
    }

    /// The position of the first row whose key is not before `key`; nothing if all are.
    ///
    /// - Complexity: O(log n).
    func firstPosition(notBefore key: RowKey) -> Int? {
        let position = lowerBound(of: key)
        return position < rows.count ? position : nil
    }

    /// The position of the last row whose key is not after `key`; nothing if all are.
    ///
    /// - Complexity: O(log n).
    func lastPosition(notAfter key: RowKey) -> Int? {
        let position = lowerBound(of: key)
        if position < rows.count, rows[position].key == key { return position }
        return self.position(before: position)
    }

    /// The position of the next row; nothing after the last.
    func position(after position: Int) -> Int? { position + 1 < rows.count ? position + 1 : nil }

    /// The position of the row before; nothing before the first.
    func position(before position: Int) -> Int? { position > 0 ? position - 1 : nil }

    /// How many rows have a key before `key`.
    private func lowerBound(of key: RowKey) -> Int {
        rows.withUnsafeBufferPointer { rows in
            var low = 0
            var high = rows.count
            while low < high {
                let middle = (low + high) / 2
                if rows[middle].key < key { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}
