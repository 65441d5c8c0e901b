/// What a chat server asks of the storage.
enum StorageRequest: Hashable, Sendable {
    /// The last rows of a mailbox, and to fence off its earlier owners.
    case load(UserID)
    /// The same, and to become its owner, unless another server than this or the previous one is.
    case claim(UserID, previous: UInt32)
    /// To write a row with the epoch of the mailbox.
    case put(MailboxRow, epoch: UInt32)
    /// To write a row that is on the log of failed requests.
    case replay(MailboxRow)
    /// A page of a mailbox.
    case scan(DeviceID, after: UInt32)
    /// One storage server's part of the answer to another request, which ``ShardRouting`` knows.
    case part(ShardRouting.Part, of: UserID)
    /// Rows for the page that the chat server knows by a number.
    case page(UserID, job: UInt32, after: UInt32, limit: UInt32)

    /// The user whose rows it is about, and so the storage server that it goes to.
    var user: UserID {
        switch self {
        case .load(let user), .claim(let user, _), .page(let user, _, _, _), .part(_, let user): user
        case .put(let row, _), .replay(let row): row.owner
        case .scan(let device, _): device.user
        }
    }

    /// The row that it is to write.
    var written: MailboxRow? {
        switch self {
        case .put(let row, _), .replay(let row): row
        case .load, .claim, .scan, .page, .part: nil
        }
    }
}
