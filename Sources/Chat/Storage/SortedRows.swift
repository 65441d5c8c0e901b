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
    /// How many rows there are.
    private(set) var count = 0

    /// The row at a position.
    subscript(position: Position) -> StoredRow {
        chunks[position.chunk][position.row]
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
        guard let chunk = chunkIndex(for: key) else {
            appendChunk(row)
            return nil
        }
        let index = Self.firstIndex(in: chunks[chunk], notBefore: key)
        if index < chunks[chunk].count, chunks[chunk][index].key == key {
            let superseded = chunks[chunk][index]
            chunks[chunk][index] = row
            return superseded
        }
        guard chunks[chunk].count == Self.chunkRowsMax else {
            chunks[chunk].insert(row, at: index)
            count += 1
            return nil
        }
        if index == Self.chunkRowsMax, chunk == chunks.count - 1 {
            appendChunk(row)
            return nil
        }
        split(chunk)
        return put(row)
    }

    private mutating func appendChunk(_ row: StoredRow) {
        var chunk: [StoredRow] = []
        chunk.reserveCapacity(chunks.isEmpty ? 4 : Self.chunkRowsMax)
        chunk.append(row)
        chunks.append(chunk)
        count += 1
    }

    private mutating func split(_ chunk: Int) {
        let half = Self.chunkRowsMax / 2
        var upper: [StoredRow] = []
        upper.reserveCapacity(Self.chunkRowsMax)
        upper.append(contentsOf: chunks[chunk][half...])
        chunks[chunk].removeSubrange(half...)
        chunks.insert(upper, at: chunk + 1)
    }

    /// The chunk that a key belongs to: the last that begins at or before it, or the first.
    private func chunkIndex(for key: RowKey) -> Int? {
        guard !chunks.isEmpty else { return nil }
        var low = 1
        var high = chunks.count
        while low < high {
            let middle = (low + high) / 2
            if chunks[middle][0].key <= key { low = middle + 1 } else { high = middle }
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
