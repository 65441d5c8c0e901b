internal import DequeModule

/// Something that a cache server does for a chat server and that needs the storage.
struct CacheWork: Sendable {
    /// What was asked for.
    enum Request: Sendable {
        /// To write a row through to the storage.
        case put(MailboxRow, epoch: UInt32)
        /// The last rows of a mailbox, and to fence off its earlier owners.
        case load(UserID, epoch: UInt32, limit: UInt32)
        /// The last rows of a mailbox, and to make a chat server its owner, as a storage server would.
        case claim(UserID, server: UInt32, previous: UInt32, limit: UInt32)
        /// A page of a mailbox that is not in the cache.
        case scan(UserID, after: UInt32, limit: UInt32)
        /// The indices of a user who has no entry.
        case refill(DeviceID, reading: UInt16, head: UInt32)
    }

    /// Who asked: the address to answer to, and the port to answer from.
    struct Caller: Sendable {
        let source: Address
        let port: UInt32
    }

    let request: Request
    let caller: Caller
    let askedNanoseconds: UInt64
    /// Without a lock: the user's entry as it was when the write began. It is what the write puts its row into.
    var before: CacheEntry?
    /// Whether the write is confirmed already, so that it must be finished.
    var isConfirmed = false

    /// Whose mailbox it is about.
    var user: UserID {
        switch request {
        case .put(let row, _): row.owner
        case .load(let user, _, _), .claim(let user, _, _, _), .scan(let user, _, _): user
        case .refill(let device, _, _): device.user
        }
    }

    /// Whether it changes the user's entry, so that it needs the user's lock.
    var isWrite: Bool {
        switch request {
        case .put, .load, .claim, .refill: true
        case .scan: false
        }
    }
}

/// The lock of a user at a cache server while it is held.
struct UserLock: Sendable {
    /// The writes that wait for it, by number.
    var waiting: Deque<UInt64> = []
    /// Whether one index of the user is changed and the other not yet, so that nobody may read them.
    var isUpdating = false
    /// What waits until both are.
    var readers: [Reader] = []

    /// A request to read.
    struct Reader: Sendable {
        let message: WireMessage
        let caller: CacheWork.Caller
        let askedNanoseconds: UInt64
    }
}
