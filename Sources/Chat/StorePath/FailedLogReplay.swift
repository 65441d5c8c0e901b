internal import DequeModule

/// Which rows of a chat server's log of failed requests are to be written next: a lane for each storage server, in the order of the
/// log, one row of a lane at a time. Volatile: after a crash it is built again from the log.
///
/// The rows of one mailbox are in one lane as long as there are any, even if another storage server takes the mailbox over.
struct FailedLogReplay: Sendable {
    /// The rows for one storage server.
    struct Lane: Sendable {
        fileprivate(set) var records: Deque<(number: UInt64, row: MailboxRow)> = []
        /// Whether the first row is on its way to the storage.
        fileprivate(set) var isUnderway = false
        /// Whether the storage answered the last time that it was asked.
        fileprivate(set) var isAnswering = false
    }

    private var lanes: [Lane]
    /// The lane of each mailbox that has rows on the log, and how many.
    private var mailboxes: [UserID: (lane: Int, count: Int)] = [:]
    /// Whether a timer is set for the next probe.
    var isProbeDue = false

    /// No rows.
    init(serverCount: UInt32) {
        lanes = Array(repeating: Lane(), count: Int(serverCount))
    }

    /// Whether there is nothing to replay.
    var isEmpty: Bool { mailboxes.isEmpty }
    /// The numbers of the lanes.
    var laneNumbers: Range<Int> { lanes.indices }

    /// Appends a row of the log.
    ///
    /// - Parameters:
    ///   - server: The storage server that has the mailbox at present.
    ///   - isFirst: Whether the row is the next to be replayed, rather than the last.
    /// - Returns: The lane.
    mutating func append(_ row: MailboxRow, number: UInt64, server: UInt32, isFirst: Bool = false) -> Int {
        let lane = mailboxes[row.owner]?.lane ?? Int(server)
        mailboxes[row.owner, default: (lane, 0)].count += 1
        let place = isFirst ? (lanes[lane].isUnderway ? 1 : 0) : lanes[lane].records.count
        lanes[lane].records.insert((number, row), at: place)
        return lane
    }

    /// Whether the lane of a mailbox's rows may go on at once, since its storage server answers.
    func isAnswering(_ lane: Int) -> Bool { lanes[lane].isAnswering }

    /// Takes the next row of a lane that has none on its way.
    mutating func start(_ lane: Int) -> MailboxRow? {
        guard !lanes[lane].isUnderway, let first = lanes[lane].records.first else { return nil }
        lanes[lane].isUnderway = true
        return first.row
    }

    /// The row on its way is in the storage.
    ///
    /// - Returns: The number of its record, and the lane.
    mutating func finish(_ row: MailboxRow) -> (number: UInt64, lane: Int) {
        guard let mailbox = mailboxes[row.owner], let first = lanes[mailbox.lane].records.first, first.row == row else {
            preconditionFailure("a row is replayed that is not the first of its lane")
        }
        lanes[mailbox.lane].records.removeFirst()
        lanes[mailbox.lane].isUnderway = false
        lanes[mailbox.lane].isAnswering = true
        mailboxes[row.owner] = mailbox.count > 1 ? (mailbox.lane, mailbox.count - 1) : nil
        return (first.number, mailbox.lane)
    }

    /// The row on its way was not answered: the lane waits for the next probe.
    mutating func fail(_ row: MailboxRow) {
        guard let lane = mailboxes[row.owner]?.lane else {
            preconditionFailure("a row is replayed that is not on the log")
        }
        lanes[lane].isUnderway = false
        lanes[lane].isAnswering = false
    }
}
