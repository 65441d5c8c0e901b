/// Rows as words that travel with a message: four words each, packed as in a message of one row.
extension MailboxRow {
    /// How many words a row takes.
    static let wordCount = 4

    /// Rows packed one after the other.
    static func words(of rows: some Collection<MailboxRow>) -> [UInt64] {
        var words: [UInt64] = []
        words.reserveCapacity(rows.count * wordCount)
        for row in rows {
            let packed = Payload(.pageRow, row).words
            words.append(packed.0)
            words.append(packed.1)
            words.append(packed.2)
            words.append(packed.3)
        }
        return words
    }

    /// Unpacks the row number `index`, from zero.
    ///
    /// - Precondition: There are words for it.
    init(_ words: UnsafeBufferPointer<UInt64>, index: Int) {
        let first = index * Self.wordCount
        let packed = Payload(
            kind: Payload.Kind.pageRow.rawValue,
            words: (words[first], words[first + 1], words[first + 2], words[first + 3]))
        self = packed.row
    }
}
