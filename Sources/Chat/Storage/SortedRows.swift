/// Rows in the order of their keys, each key once, in chunks of at most ``chunkRowsMax``.
///
/// Rows that are put in order fill their chunks; rows that are put between others leave them about 70 % full, so that a row takes 40 to
/// 58 bytes. There is nothing per partition key.
struct SortedRows: Sendable {
    /// The most rows in a chunk.
    static let chunkRowsMax = 128

    /// Where a row is. It is good until rows are put.
    struct Position: Hashable, Sendable {
        var chunk: Int
        var row: Int
    }

    private var chunks: [[StoredRow]] = []
    /// The key of the first row of each chunk, side by side, so that a search for a chunk looks at none of them.
    private var firstKeys: [RowKey] = []
    /// The key of the last row; nothing if there are none.
    private var lastKey: RowKey?
    /// How many rows there are.
    private(set) var count = 0
    /// The bytes that they take on a disk.
    private(set) var sizeBytes: UInt64 = 0

    /// The row at a position.
    subscript(position: Position) -> StoredRow {
        chunks[position.chunk][position.row]
    }

    /// Whether there are none.
    var isEmpty: Bool { count == 0 }

    /// The row with a key, deleted or not.
    ///
    /// - Complexity: O(log n).
    func row(at key: RowKey) -> StoredRow? {
        guard let position = firstPosition(notBefore: key), self[position].key == key else { return nil }
        return self[position]
    }

    /// Whether a row may have a key between two, both included.
    func overlaps(_ lower: RowKey, _ upper: RowKey) -> Bool {
        guard let first = firstKeys.first, let last = lastKey else { return false }
        return first <= upper && last >= lower
    }

    /// The same rows in full chunks.
    ///
    /// - Complexity: O(n).
    func dense() -> SortedRows {
        var dense = SortedRows()
        dense.chunks.reserveCapacity((count + Self.chunkRowsMax - 1) / Self.chunkRowsMax)
        for chunk in chunks {
            for row in chunk { dense.put(row) }
        }
        return dense
    }

    /// The bytes of memory that the rows take, with what their chunks do not use.
    var memoryBytes: Int {
        let header = 32
        let tables =
            chunks.capacity * MemoryLayout<[StoredRow]>.stride + firstKeys.capacity * MemoryLayout<RowKey>.stride
        return chunks.reduce(2 * header + tables) {
            $0 + header + $1.capacity * MemoryLayout<StoredRow>.stride
        }
    }

    /// The position of the first row whose key is not before `key`; nothing if all are.
    ///
    /// - Complexity: O(log n).
    func firstPosition(notBefore key: RowKey) -> Position? {
        guard let chunk = chunkIndex(for: key) else { return nil }
        let row = Self.firstIndex(in: chunks[chunk], notBefore: key)
        if row < chunks[chunk].count { return Position(chunk: chunk, row: row) }
        return chunk + 1 < chunks.count ? Position(chunk: chunk + 1, row: 0) : nil
    }

    /// The position of the last row whose key is not after `key`; nothing if all are.
    ///
    /// - Complexity: O(log n).
    func lastPosition(notAfter key: RowKey) -> Position? {
        guard let chunk = chunkIndex(for: key) else { return nil }
        let row = Self.firstIndex(in: chunks[chunk], notBefore: key)
        let isThere = row < chunks[chunk].count && chunks[chunk][row].key == key
        if isThere { return Position(chunk: chunk, row: row) }
        return position(before: Position(chunk: chunk, row: row))
    }

    /// The position of the first row.
    var firstPosition: Position? { chunks.isEmpty ? nil : Position(chunk: 0, row: 0) }

    /// The position of the next row; nothing after the last.
    func position(after position: Position) -> Position? {
        if position.row + 1 < chunks[position.chunk].count {
            return Position(chunk: position.chunk, row: position.row + 1)
        }
        return position.chunk + 1 < chunks.count ? Position(chunk: position.chunk + 1, row: 0) : nil
    }

    /// The position of the row before; nothing before the first.
    func position(before position: Position) -> Position? {
        if position.row > 0 { return Position(chunk: position.chunk, row: position.row - 1) }
        guard position.chunk > 0 else { return nil }
        return Position(chunk: position.chunk - 1, row: chunks[position.chunk - 1].count - 1)
    }

    /// Puts a row where it belongs.
    ///
    /// - Returns: The row with the same key that it supersedes, if there was one.
    /// - Complexity: O(log n), and O(n / ``chunkRowsMax``) for one in about ``chunkRowsMax`` / 2 rows.
    @discardableResult
    mutating func put(_ row: StoredRow) -> StoredRow? {
        let key = row.key
        if let lastKey, lastKey >= key { return putBetween(row, key) }
        lastKey = key
        sizeBytes += row.sizeBytes
        count += 1
        if let last = chunks.indices.last, chunks[last].count < Self.chunkRowsMax {
            chunks[last].append(row)
        } else {
            var chunk: [StoredRow] = []
            // A few rows are all that many regions have.
            if !chunks.isEmpty { chunk.reserveCapacity(Self.chunkRowsMax) }
            chunk.append(row)
            chunks.append(chunk)
            firstKeys.append(key)
        }
        return nil
    }

    /// Puts a row whose key is not beyond all others.
    private mutating func putBetween(_ row: StoredRow, _ key: RowKey) -> StoredRow? {
        guard var chunk = chunkIndex(for: key) else { preconditionFailure("there are rows") }
        var index = Self.firstIndex(in: chunks[chunk], notBefore: key)
        if index < chunks[chunk].count, chunks[chunk][index].key == key {
            let superseded = chunks[chunk][index]
            chunks[chunk][index] = row
            sizeBytes = sizeBytes - superseded.sizeBytes + row.sizeBytes
            return superseded
        }
        if chunks[chunk].count == Self.chunkRowsMax {
            split(chunk)
            if index > chunks[chunk].count {
                index -= chunks[chunk].count
                chunk += 1
            }
        }
        chunks[chunk].insert(row, at: index)
        if index == 0 { firstKeys[chunk] = key }
        sizeBytes += row.sizeBytes
        count += 1
        return nil
    }

    private mutating func split(_ chunk: Int) {
        let half = Self.chunkRowsMax / 2
        var upper: [StoredRow] = []
        upper.reserveCapacity(Self.chunkRowsMax)
        upper.append(contentsOf: chunks[chunk][half...])
        chunks[chunk].removeSubrange(half...)
        chunks.insert(upper, at: chunk + 1)
        firstKeys.insert(upper[0].key, at: chunk + 1)
    }

    /// The chunk that a key belongs to: the last that begins at or before it, or the first.
    private func chunkIndex(for key: RowKey) -> Int? {
        guard !firstKeys.isEmpty else { return nil }
        var low = 1
        var high = firstKeys.count
        while low < high {
            let middle = (low + high) / 2
            if firstKeys[middle] <= key { low = middle + 1 } else { high = middle }
        }
        return low - 1
    }

    private static func firstIndex(in chunk: [StoredRow], notBefore key: RowKey) -> Int {
        var low = 0
        var high = chunk.count
        while low < high {
            let middle = (low + high) / 2
            if chunk[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
