internal import DequeModule

/// The write-ahead log of a chat server that acknowledges messages once they are on it. It survives a crash.
///
/// A record is dropped once nothing remains to be done for it and for those before it: its row is in the storage, and the
/// recipient's chat server has taken responsibility where that is someone else's.
struct ServerLog: Sendable {
    /// The records, oldest first, each with what remains to be done for it.
    private var records: Deque<Record> = []
    /// How many records were dropped, so that a record keeps its number.
    private var droppedCount: UInt64 = 0

    /// A row of a mailbox that the server is responsible for.
    struct Record: Hashable, Sendable {
        let row: MailboxRow
        /// What remains to be done for it: to store it, and in a sender's mailbox to forward it.
        var remaining: UInt8
    }

    /// The rows, oldest first, with their numbers.
    var numberedRows: [(number: UInt64, row: MailboxRow)] {
        records.enumerated().map { (droppedCount + UInt64($0.offset), $0.element.row) }
    }

    /// How many things must be done for a row.
    private static func obligations(of row: MailboxRow) -> UInt8 { row.isRecipients ? 1 : 2 }

    /// Appends a row.
    ///
    /// - Returns: The number of its record.
    mutating func append(_ row: MailboxRow) -> UInt64 {
        records.append(Record(row: row, remaining: Self.obligations(of: row)))
        return droppedCount + UInt64(records.count - 1)
    }

    /// The server restarts. Only the records themselves and which are dropped are on the disk: what was done for the others
    /// is forgotten, and must be done again. All of it can be done twice.
    mutating func forgetProgress() {
        for index in records.indices {
            records[index].remaining = Self.obligations(of: records[index].row)
        }
    }

    /// One of the things that remained to be done for a record is done.
    ///
    /// - Returns: Whether it was the last.
    mutating func progress(_ number: UInt64) -> Bool {
        guard number >= droppedCount else { return true }
        let index = Int(number - droppedCount)
        precondition(records[index].remaining > 0, "a log record was finished twice")
        records[index].remaining -= 1
        let isFinished = records[index].remaining == 0
        dropFinished()
        return isFinished
    }

    /// Nothing remains to be done for a record, whatever it was.
    mutating func finish(_ number: UInt64) {
        guard number >= droppedCount else { return }
        records[Int(number - droppedCount)].remaining = 0
        dropFinished()
    }

    private mutating func dropFinished() {
        while let first = records.first, first.remaining == 0 {
            records.removeFirst()
            droppedCount += 1
        }
    }
}
