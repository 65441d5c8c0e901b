/// What a chat server knows about who owns which user, where users move between servers. Nothing of it survives a crash.
struct Ownership: Sendable {
    /// The server's view of the membership.
    var version: MembershipVersion
    var mapping: ServerMapping
    /// Where users are who are not where the mapping says, as other servers told.
    var routes: [UserID: UInt32] = [:]
    /// Mailboxes that the server is about to own.
    var claims: [UserID: Claim] = [:]
    /// The servers that wait for mailboxes that this one is giving up.
    var claimants: [UserID: [UInt32]] = [:]
    /// Rows that this server accepted before it lost their mailbox, oldest first.
    var handovers: [Handover] = []
    var isOfferingHandovers = false
    /// The servers that forwarded messages whose senders they do not own (any more), and that wait for an answer.
    var forwarders: [MessageID: UInt32] = [:]

    /// A mailbox that the server is about to own.
    struct Claim: Sendable {
        /// How many servers are full that the user belongs to rather than to this one.
        var rank: UInt32 = 0
        /// Whether a device waits for it.
        var isForDevice = false
        /// The server that was asked to give the mailbox up, until it has answered.
        var owner: UInt32?
        /// How often one was asked; a timer that carries an older count is stale.
        var askedCount: UInt32 = 0
    }

    /// A row for which a place must be found in a mailbox that is another's now.
    struct Handover: Sendable {
        let row: MailboxRow
        /// Its record on this server's log, if it has one.
        let logNumber: UInt64?
    }

    /// The state of a server that has the view that all have at the start, or none.
    init(_ mapping: ServerMapping, isKnown: Bool) {
        version = isKnown ? .initial : .unknown
        self.mapping = mapping
    }

    /// Whether a user who is on no server may be on this one, if so many before it are full.
    func mayOwn(_ user: UserID, server: UInt32, rank: UInt32) -> Bool {
        let key = UInt64(user.rawValue)
        if mapping.isFirstChoice(server, of: key) { return true }
        return rank > 0 && mapping.members.contains(server) && mapping.server(of: key, rank: rank) == server
    }
}
