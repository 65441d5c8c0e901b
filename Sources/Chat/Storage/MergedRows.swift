/// The rows of several sources as one, in the order of keys or against it: of each key the row of the newest source.
///
/// Rows that stand for deleted ones come as they are.
struct MergedRows {
    private let sources: [SortedRows]
    private let isBackwards: Bool
    private var next: [Int?]

    /// - Parameters:
    ///   - sources: The newest first.
    ///   - key: The first key, or the last if the order is backwards.
    init(_ sources: [SortedRows], from key: RowKey, isBackwards: Bool = false) {
        self.sources = sources
        self.isBackwards = isBackwards
        next = sources.map { isBackwards ? $0.lastPosition(notAfter: key) : $0.firstPosition(notBefore: key) }
    }

    /// Takes the next row.
    ///
    /// - Complexity: O(sources).
    mutating func removeNext() -> StoredRow? {
        var best: StoredRow?
        for index in sources.indices {
            guard let position = next[index] else { continue }
            let row = sources[index][position]
            guard let known = best else {
                best = row
                continue
            }
            if isBackwards ? row.key > known.key : row.key < known.key { best = row }
        }
        guard let best else { return nil }
        let key = best.key
        for index in sources.indices {
            guard let position = next[index], sources[index][position].key == key else { continue }
            next[index] =
                isBackwards ? sources[index].position(before: position) : sources[index].position(after: position)
        }
        return best
    }
}
