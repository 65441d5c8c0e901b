internal import DequeModule

/// What a chat server keeps of the mailbox of a user whom it is responsible for: the messages that the user sent or
/// received, each with its place. The recent ones are at hand, older ones are in the storage.
struct Mailbox: Sendable {
    let owner: UserID
    /// The rows at hand, without gaps; the last one has the place ``lastSequence``.
    private(set) var rows: Deque<MailboxRow> = []
    /// The last place that was handed out.
    private(set) var lastSequence: UInt32
    /// Rows up to this place are committed: the server has taken responsibility for them and may show them to anyone.
    var committedHead: UInt32
    /// Rows up to this place are in the storage.
    var storedHead: UInt32
    /// Rows beyond ``storedHead`` up to this place are on the log of failed requests.
    var failedHead: UInt32
    /// Rows up to this place may be written to the storage.
    var storeDueHead: UInt32
    /// Whether a write is under way. There is one at a time, so that the storage never has a gap.
    var isStoring = false
    /// Rows up to this place are on a device.
    var receivedHead: UInt32 = 0
    /// What the server shows the storage with each row: which life of the server this is, or the token of the owner.
    let epoch: UInt32
    /// How many servers are full that the user belongs to rather than to this one.
    let rank: UInt32
    /// Whether it is being given up: then nothing more is taken.
    var isReleasing = false

    /// A mailbox as the storage has it: of its last rows, those without a gap.
    ///
    /// - Precondition: the places of the rows ascend, up to `head`.
    init(owner: UserID, storedRows: [MailboxRow], head: UInt32, epoch: UInt32 = 1, rank: UInt32 = 0) {
        precondition(storedRows.last.map { $0.record.sequence == head } ?? true, "the last row is the head")
        self.owner = owner
        self.epoch = epoch
        self.rank = rank
        var first = storedRows.endIndex
        while first > 0, storedRows[first - 1].record.sequence == head - UInt32(storedRows.endIndex - first) {
            first -= 1
        }
        rows = Deque(storedRows[first...])
        lastSequence = head
        committedHead = head
        storedHead = head
        failedHead = head
        storeDueHead = head
    }

    /// Whether rows are on the log of failed requests, so that those after them must not be written to the storage yet.
    var hasFailedRows: Bool { failedHead > storedHead }
    /// Rows up to this place are in the storage or on the log of failed requests.
    var handedOverHead: UInt32 { max(storedHead, failedHead) }

    /// Rows up to a place may be written to the storage.
    mutating func allowStore(upTo sequence: UInt32) {
        storeDueHead = max(storeDueHead, sequence)
    }

    /// Begins to hand the next due row over, unless one is under way.
    ///
    /// - Returns: The row, and what to show the storage with it; nothing of that if the row must go to the log of failed requests.
    mutating func beginStoring() -> (row: MailboxRow, epoch: UInt32?)? {
        guard !isStoring, handedOverHead < storeDueHead, let row = row(at: handedOverHead + 1) else { return nil }
        isStoring = true
        return (row, hasFailedRows ? nil : epoch)
    }

    /// Whether it was to be given up and may go, since the storage has all of it.
    var isReleased: Bool { isReleasing && !isStoring && storedHead == lastSequence }

    /// Whether nothing remains to be done for any row, nor for the owner.
    var isSettled: Bool {
        // Nobody else knows that the user is here rather than on a server that was full.
        storedHead == lastSequence && committedHead == lastSequence && !isStoring && !hasFailedRows && rank == 0
            && !isReleasing
    }

    /// Appends a row at the next place.
    ///
    /// - Returns: The row with its place.
    mutating func append(_ record: MessageRecord, isRecipients: Bool) -> MailboxRow {
        precondition(lastSequence < MessageRecord.sequenceMax, "the mailbox of user \(owner.rawValue) is full")
        var placed = record
        lastSequence += 1
        placed.sequence = lastSequence
        let row = MailboxRow(record: placed, isRecipients: isRecipients)
        rows.append(row)
        return row
    }

    /// Goes on behind rows that were stored and that the storage has lost.
    mutating func skip(to sequence: UInt32) {
        rows.removeAll()
        lastSequence = sequence
        committedHead = sequence
        storedHead = sequence
        failedHead = max(failedHead, sequence)
        storeDueHead = max(storeDueHead, sequence)
    }

    /// The row of a message, if it is at hand.
    ///
    /// - Complexity: O(rows at hand); the newest are looked at first.
    func row(of id: MessageID) -> MailboxRow? {
        rows.last { $0.record.id == id }
    }

    /// The row at a place, if it is at hand.
    func row(at sequence: UInt32) -> MailboxRow? {
        guard let first = rows.first?.record.sequence, sequence >= first, sequence <= lastSequence else { return nil }
        return rows[Int(sequence - first)]
    }

    /// Whether every row after a place is at hand.
    func hasRows(after sequence: UInt32) -> Bool {
        sequence >= lastSequence || (rows.first.map { $0.record.sequence <= sequence + 1 } ?? false)
    }

    /// Whether a row that was placed in an earlier life needs no place any more: it is here, or the mailbox goes on behind what is at hand.
    func hasPassed(_ row: MailboxRow) -> Bool {
        if let first = rows.first, row.record.sequence < first.record.sequence { return true }
        return self.row(of: row.record.id) != nil
    }

    /// Forgets the oldest rows that the storage has, beyond what is kept at hand.
    mutating func trim(keeping count: Int) {
        while rows.count > count, let first = rows.first, first.record.sequence <= min(storedHead, committedHead) {
            rows.removeFirst()
        }
    }
}
