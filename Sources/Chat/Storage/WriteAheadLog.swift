/// The write-ahead log of a storage server, as it is on the disk: what is here was synced and survives a crash.
struct WriteAheadLog: Sendable {
    private var words: [UInt64] = []
    /// How many records there are.
    private(set) var recordCount: UInt64 = 0

    /// Appends a record that is synced.
    mutating func append(_ record: LogRecord) {
        record.append(to: &words)
        recordCount += 1
    }

    /// Appends the beginning of a record: the disk lost power while it wrote.
    mutating func appendTorn(_ record: LogRecord, wordCount: Int) {
        var whole: [UInt64] = []
        record.append(to: &whole)
        words += whole.prefix(min(wordCount, whole.count - 1))
    }

    /// Calls `body` with each record, oldest first, and drops what follows the last whole one.
    mutating func replay(_ body: (LogRecord) -> Void) {
        var offset = 0
        words.withUnsafeBufferPointer { words in
            while let (record, next) = LogRecord.read(words, at: offset) {
                body(record)
                offset = next
            }
        }
        words.removeSubrange(offset...)
    }
}
