/// A record of a storage server's write-ahead log: all that one request changes. After a crash it is applied as a whole or not at all,
/// which makes the writes of a request atomic.
enum LogRecord: Hashable, Sendable {
    /// A message in a mailbox. Its rows in the message index and the recent contacts follow from it.
    case mailbox(MailboxRow)
    /// A row, such as that of a login.
    case row(StoredRow)
    /// Rows of one partition key.
    case batch([StoredRow])
    /// All rows of a logical shard are gone.
    case drop(logicalShard: UInt32)

    /// The bytes that the record takes on the disk: one header and the content for a message, a header and the content for each row of
    /// a batch.
    var sizeBytes: UInt64 {
        switch self {
        case .mailbox(let row): UInt64(StorageServer.recordBytes) + UInt64(row.record.contentBytes)
        case .row(let row): row.sizeBytes
        case .batch(let rows): rows.reduce(0) { $0 + $1.sizeBytes }
        case .drop: UInt64(StorageServer.recordBytes)
        }
    }

    /// The logical shard whose rows it changes.
    var logicalShard: UInt32 {
        switch self {
        case .mailbox(let row): RowKey.logicalShard(ofPartition: row.owner.rawValue)
        case .row(let row): RowKey.logicalShard(ofPartition: row.partition)
        case .batch(let rows): RowKey.logicalShard(ofPartition: rows[0].partition)
        case .drop(let shard): shard
        }
    }
}

extension LogRecord {
    private enum Kind: UInt8 { case mailbox = 1, batch, drop }

    /// Appends the record to the words of a log: a header with kind, length and checksum, then the fields.
    func append(to words: inout [UInt64]) {
        let start = words.count
        words.append(0)
        let kind: Kind
        switch self {
        case .mailbox(let row):
            kind = .mailbox
            let fields = Payload(.row, row).words
            words.append(fields.0)
            words.append(fields.1)
            words.append(fields.2)
            words.append(fields.3)
        case .row(let row):
            kind = .batch
            row.append(to: &words)
        case .batch(let rows):
            kind = .batch
            for row in rows { row.append(to: &words) }
        case .drop(let shard):
            kind = .drop
            words.append(UInt64(shard))
        }
        let head = UInt64(words.count - start - 1) << 8 | UInt64(kind.rawValue)
        words[start] = words.withUnsafeBufferPointer { words in
            UInt64(Self.checksum(of: words, start + 1..<words.count, head: head)) << 32 | head
        }
    }

    /// How many words the record takes on a log.
    var wordCount: Int {
        switch self {
        case .mailbox: 5
        case .row: 1 + StoredRow.wordCount
        case .batch(let rows): 1 + rows.count * StoredRow.wordCount
        case .drop: 2
        }
    }

    /// Where the record at an offset in the words of a log ends; nothing if it ends beyond the words.
    static func end(_ words: UnsafeBufferPointer<UInt64>, at offset: Int) -> Int? {
        guard offset < words.count else { return nil }
        let end = offset + 1 + Int((words[offset] & 0xffff_ffff) >> 8)
        return end <= words.count ? end : nil
    }

    /// Reads the record at an offset in the words of a log.
    ///
    /// - Returns: The record and the offset of the next; nothing if the record is torn: if it ends beyond the words, or does not have
    ///   its checksum.
    static func read(_ words: UnsafeBufferPointer<UInt64>, at offset: Int) -> (record: LogRecord, next: Int)? {
        guard let end = end(words, at: offset), let kind = Kind(rawValue: UInt8(truncatingIfNeeded: words[offset]))
        else {
            return nil
        }
        let head = words[offset] & 0xffff_ffff
        let start = offset + 1
        guard checksum(of: words, start..<end, head: head) == words[offset] >> 32 else { return nil }
        switch kind {
        case .mailbox:
            let fields = (words[start], words[start + 1], words[start + 2], words[start + 3])
            return (.mailbox(Payload(kind: Payload.Kind.row.rawValue, words: fields).row), end)
        case .batch where end - start == StoredRow.wordCount: return (.row(StoredRow(words: words, at: start)), end)
        case .batch:
            let rows = stride(from: start, to: end, by: StoredRow.wordCount).map { StoredRow(words: words, at: $0) }
            return (.batch(rows), end)
        case .drop: return (.drop(logicalShard: UInt32(truncatingIfNeeded: words[start])), end)
        }
    }

    /// FNV-1a by whole words, mixed and cut to 32 bits, so that a change of any one bit changes it.
    private static func checksum(of words: UnsafeBufferPointer<UInt64>, _ range: Range<Int>, head: UInt64) -> UInt32 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ head
        hash &*= 0x0000_0100_0000_01b3
        for index in range {
            hash ^= words[index]
            hash &*= 0x0000_0100_0000_01b3
            hash ^= hash >> 32
        }
        return UInt32(truncatingIfNeeded: StableHash.hash(hash))
    }
}
