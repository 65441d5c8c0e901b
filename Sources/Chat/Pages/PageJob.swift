/// A request for a page that a chat server is putting together, from the newest row to older ones.
struct PageJob: Hashable, Sendable {
    let request: PageRequest
    /// The last place of the mailbox when the request came.
    let head: UInt32
    /// The rows from this place on were looked at.
    private(set) var before: UInt32
    /// How many more rows that are asked for belong to the pages before.
    private var skip: UInt64
    /// The rows of the page so far.
    private(set) var rows: [MailboxRow] = []

    /// Begins a page of a mailbox whose last place is `head`.
    init(_ request: PageRequest, head: UInt32) {
        self.request = request
        self.head = head
        switch request.start {
        case .before(let place):
            before = place == 0 ? head + 1 : min(place, head + 1)
            skip = 0
        case .skipping(let pages):
            before = head + 1
            skip = UInt64(pages) * UInt64(request.size)
            if request.isUnfiltered {
                // Where every row counts, those of the pages before need not be looked at.
                before -= UInt32(min(skip, UInt64(head)))
                skip = 0
            }
        }
    }

    /// Whether the oldest row was looked at.
    var isLast: Bool { before <= 1 }
    /// Whether the page is complete.
    var isDone: Bool { isLast || rows.count >= Int(request.size) }
    /// The place of the next row to look at.
    var nextPlace: UInt32 { before - 1 }

    /// How many rows to ask the storage for, up to ``nextPlace``.
    var storageRowsMax: UInt32 {
        let chunk = ChatServerConfiguration.pageRowsMax
        let needed = request.isUnfiltered ? min(chunk, request.size - UInt32(rows.count)) : chunk
        return min(needed, nextPlace)
    }

    /// Looks at the row at ``nextPlace``.
    mutating func take(_ row: MailboxRow) {
        before = row.record.sequence
        guard request.wants(row) else { return }
        if skip > 0 {
            skip -= 1
        } else {
            rows.append(row)
        }
    }

    /// Looks at rows from the storage, which has none between `after` and ``nextPlace`` but these.
    mutating func take(storageRows: [MailboxRow], after: UInt32) {
        for row in storageRows.reversed() where row.record.sequence <= nextPlace {
            if isDone { return }
            take(row)
        }
        if !isDone { before = after + 1 }
    }
}
