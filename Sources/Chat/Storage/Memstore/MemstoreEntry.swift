/// A row of a ``Memstore``, in 44 bytes: its columns and its place in a chain. Words are cut in halves, so that nothing is lost to alignment.
struct MemstoreEntry: Sendable {
    private var placeLow, placeHigh: UInt32
    private var firstLow, firstHigh: UInt32
    private var secondLow, secondHigh: UInt32
    /// The partition key.
    let partition: UInt32
    private var content: UInt32
    private var number: UInt32
    /// The entry behind this one in its chain.
    var next: EntryLink
    /// The table in the lowest byte, the flags in the next, then whether it is hidden.
    private var bits: UInt32

    private static let hiddenBit: UInt32 = 1 << 16

    /// An entry that is in no chain yet.
    init(_ row: StoredRow) {
        (placeLow, placeHigh) = Self.halves(row.place)
        (firstLow, firstHigh) = Self.halves(row.first)
        (secondLow, secondHigh) = Self.halves(row.second)
        partition = row.partition
        content = row.content.rawValue
        number = row.number
        next = .none
        bits = UInt32(row.table.rawValue) | UInt32(row.flags) << 8
    }

    /// The place in the key.
    var place: UInt64 { UInt64(placeHigh) << 32 | UInt64(placeLow) }
    /// The first word; of a message its identifier.
    var first: UInt64 { UInt64(firstHigh) << 32 | UInt64(firstLow) }

    /// Whether the row itself was superseded, and is kept for the rows that follow from it.
    var isHidden: Bool { bits & Self.hiddenBit != 0 }

    /// The table.
    var table: StorageTable {
        guard let table = StorageTable(rawValue: UInt8(truncatingIfNeeded: bits)) else {
            preconditionFailure("an entry has the number of a table")
        }
        return table
    }

    /// The row.
    var row: StoredRow {
        StoredRow(
            RowKey(table, partition: partition, place: place), first: first,
            second: UInt64(secondHigh) << 32 | UInt64(secondLow), number: number,
            content: MessageContent(rawValue: content), flags: UInt8(truncatingIfNeeded: bits >> 8))
    }

    /// Hides the row.
    mutating func hide() {
        bits |= Self.hiddenBit
    }

    /// Puts another row with the same key in its place.
    mutating func replace(with row: StoredRow) {
        let next = next
        self = MemstoreEntry(row)
        self.next = next
    }

    private static func halves(_ word: UInt64) -> (UInt32, UInt32) {
        (UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32))
    }
}

/// Which entry of a ``Memstore`` comes next in a chain, or that none does, in 27 bits.
struct EntryLink: Hashable, Sendable {
    /// How many bits a link has.
    static let bitCount: UInt32 = 27
    /// No entry.
    static let none = EntryLink(rawValue: 0)

    /// One more than the entry's index; zero for none.
    let rawValue: UInt32

    /// Restores a link from its bits.
    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A link to the entry at an index.
    init(_ index: Int) {
        precondition(index < 1 << Self.bitCount - 1, "a memstore has at most 2^27 - 1 rows")
        rawValue = UInt32(index + 1)
    }

    /// The index of the entry; nothing if there is none.
    var index: Int? { rawValue == 0 ? nil : Int(rawValue) - 1 }
}
