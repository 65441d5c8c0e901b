/// The rows of the message table that a storage server holds in memory, by mailbox and place. Volatile: after a crash it
/// is built again from the write-ahead log.
struct Memstore: Sendable {
    private var mailboxes: [UserID: [MailboxRow]] = [:]

    /// Writes a row; a row at the same place of the same mailbox is replaced.
    ///
    /// - Complexity: O(1) for the next place of a mailbox, else O(log n), and O(n) to insert between others.
    mutating func put(_ row: MailboxRow) {
        let place = row.record.sequence
        mailboxes[row.owner, default: []].insert(row, byPlace: place)
    }

    /// The rows of a mailbox after a place, in order.
    func rows(of user: UserID, after: UInt32, limit: UInt32) -> ArraySlice<MailboxRow> {
        guard let rows = mailboxes[user] else { return [] }
        return rows[rows.firstIndex(after: after)...].prefix(Int(limit))
    }

    /// The last rows of a mailbox, in order.
    func lastRows(of user: UserID, limit: UInt32) -> ArraySlice<MailboxRow> {
        (mailboxes[user] ?? []).suffix(Int(limit))
    }

    /// The last place of a mailbox; zero if it is empty.
    func head(of user: UserID) -> UInt32 {
        mailboxes[user]?.last?.record.sequence ?? 0
    }
}

extension [MailboxRow] {
    /// The index of the first row whose place is beyond `place`.
    fileprivate func firstIndex(after place: UInt32) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].record.sequence <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    fileprivate mutating func insert(_ row: MailboxRow, byPlace place: UInt32) {
        guard let last, last.record.sequence >= place else {
            append(row)
            return
        }
        let index = place == 0 ? 0 : firstIndex(after: place - 1)
        if self[index].record.sequence == place {
            self[index] = row
        } else {
            insert(row, at: index)
        }
    }
}
