/// A device's request for one page of its user's mailbox, the newest rows first: fetchMessages and fetchConversation of the source design.
@frozen
public struct PageRequest: Hashable, Sendable {
    /// The most rows that a page may have.
    public static let sizeMax: UInt32 = 1000

    /// Where a page begins.
    @frozen
    public enum Start: Hashable, Sendable {
        /// Below a place of the mailbox, which the answer to the request before named; at the newest row if that is zero. What arrives
        /// between two requests moves nothing.
        case before(UInt32)
        /// After this many pages, counted from the row that is the newest when the request is answered.
        case skipping(pages: UInt32)
    }

    /// Which device asks.
    public let device: DeviceID
    /// The device's own count of its requests.
    public let number: UInt32
    /// The number of the page, from zero.
    public let page: UInt32
    /// How many rows a page has, 1 to ``sizeMax``.
    public let size: UInt32
    /// Only messages that went between the user and this one, if there is one.
    public let counterpart: UserID?
    /// Only messages that the sender's chat server received after this time of its clock, in nanoseconds; zero for all.
    public let sinceNanoseconds: UInt64
    /// Where the page begins.
    public let start: Start

    /// Makes a request.
    public init(
        device: DeviceID, number: UInt32, page: UInt32, size: UInt32, counterpart: UserID?, sinceNanoseconds: UInt64,
        start: Start
    ) {
        precondition((1...Self.sizeMax).contains(size), "a page has 1 to \(Self.sizeMax) rows, not \(size)")
        self.device = device
        self.number = number
        self.page = page
        self.size = size
        self.counterpart = counterpart
        self.sinceNanoseconds = sinceNanoseconds
        self.start = start
    }

    /// Whether every row of the mailbox is asked for.
    var isUnfiltered: Bool { counterpart == nil && sinceNanoseconds == 0 }

    /// Whether a row of the mailbox is asked for.
    func wants(_ row: MailboxRow) -> Bool {
        guard sinceNanoseconds == 0 || row.record.timestampNanoseconds > sinceNanoseconds else { return false }
        guard let counterpart else { return true }
        guard row.record.thread == nil else { return false }
        return (row.record.sender == device.user ? row.record.recipient : row.record.sender) == counterpart
    }
}
