/// A row of a table: its key, two words, a number, eight flags, and its content, which is represented by its size. 40 bytes.
///
/// A row with the key of an earlier one supersedes it.
@frozen
public struct StoredRow: Hashable, Sendable {
    /// The place in the key.
    public let place: UInt64
    /// The first word; see ``StorageTable`` for the meaning of the columns.
    public var first: UInt64
    /// The second word.
    public var second: UInt64
    /// The partition key.
    public let partition: UInt32
    /// The content, or a reference to it.
    public let content: MessageContent
    /// A number.
    public var number: UInt32
    /// The table.
    public let table: StorageTable
    /// Flags whose meaning is the table's; the highest is ``isDeleted``.
    public var flags: UInt8

    /// The bytes that a row takes on a disk beside its content.
    public static let overheadBytes: UInt32 = 48
    /// The words of a row in an attachment.
    public static let wordCount = 5

    /// Makes a row.
    @inlinable
    public init(
        _ key: RowKey, first: UInt64 = 0, second: UInt64 = 0, number: UInt32 = 0,
        content: MessageContent = MessageContent(bytes: 0), flags: UInt8 = 0
    ) {
        place = key.place
        self.first = first
        self.second = second
        partition = key.partition
        self.content = content
        self.number = number
        table = key.table
        self.flags = flags
    }

    /// A row that deletes the one with a key: reads see neither any more.
    @inlinable
    public init(deleting key: RowKey) {
        self.init(key, flags: 0x80)
    }

    /// What the row is found by.
    @inlinable
    public var key: RowKey { RowKey(table, partition: partition, place: place) }

    /// Whether it stands for the absence of a row.
    @inlinable
    public var isDeleted: Bool { flags & 0x80 != 0 }

    /// The bytes of the content, or of the reference to it.
    @inlinable
    public var contentBytes: UInt32 { content.carriedBytes }

    /// The bytes that the row takes on a disk.
    @inlinable
    public var sizeBytes: UInt64 { UInt64(Self.overheadBytes) + UInt64(contentBytes) }

    /// The row in ``wordCount`` words, appended to others.
    public func append(to words: inout [UInt64]) {
        words.append(place)
        words.append(first)
        words.append(second)
        words.append(UInt64(content.rawValue) << 32 | UInt64(partition))
        words.append(UInt64(flags) << 40 | UInt64(table.rawValue) << 32 | UInt64(number))
    }

    /// Restores a row from the ``wordCount`` words at an offset.
    ///
    /// - Precondition: ``append(to:)`` made them.
    public init(words: UnsafeBufferPointer<UInt64>, at offset: Int) {
        let last = words[offset + 4]
        guard let table = StorageTable(rawValue: UInt8(truncatingIfNeeded: last >> 32)) else {
            preconditionFailure("\(last >> 32 & 0xff) is not the number of a table")
        }
        self.init(
            RowKey(table, partition: UInt32(truncatingIfNeeded: words[offset + 3]), place: words[offset]),
            first: words[offset + 1], second: words[offset + 2], number: UInt32(truncatingIfNeeded: last),
            content: MessageContent(rawValue: UInt32(truncatingIfNeeded: words[offset + 3] >> 32)),
            flags: UInt8(truncatingIfNeeded: last >> 40))
    }
}
