internal import DequeModule

/// The log of a chat server's writes that failed for good: rows that the storage did not take within the budget of attempts. It is
/// synced to the server's own disk and survives a crash.
///
/// A record is dropped once its row is in the storage and so are those before it.
struct FailedLog: Sendable {
    /// The rows, oldest first; nothing where the row is in the storage.
    private var rows: Deque<MailboxRow?> = []
    /// How many records were dropped, so that a record keeps its number.
    private var droppedCount: UInt64 = 0
    /// How many rows are not in the storage.
    private(set) var count = 0

    /// The rows that are not in the storage, oldest first, with their numbers.
    var numberedRows: [(number: UInt64, row: MailboxRow)] {
        rows.enumerated().compactMap { offset, row in row.map { (droppedCount + UInt64(offset), $0) } }
    }

    /// Appends a row.
    ///
    /// - Returns: The number of its record.
    mutating func append(_ row: MailboxRow) -> UInt64 {
        rows.append(row)
        count += 1
        return droppedCount + UInt64(rows.count - 1)
    }

    /// The row of a record is in the storage.
    mutating func finish(_ number: UInt64) {
        precondition(number >= droppedCount, "a record of the failed log was finished twice")
        let index = Int(number - droppedCount)
        precondition(rows[index] != nil, "a record of the failed log was finished twice")
        rows[index] = nil
        count -= 1
        while case .some(.none) = rows.first {
            rows.removeFirst()
            droppedCount += 1
        }
    }
}
