/// What is said about which chat server is responsible for a user, where that changes.
@frozen
public enum BalancingMessage: Hashable, Sendable {
    // MARK: Device and load balancer

    /// Device to load balancer: that server is full; which else may I ask? `rank` counts the servers that were.
    case resolveAnother(DeviceID, rank: UInt32)
    /// The answer: the number of a chat server that the user may be on only because those before it are full.
    case assignedAnother(DeviceID, chatServer: UInt32, rank: UInt32)

    // MARK: Device and chat server

    /// Device to chat server: open a connection, since the servers before you, `rank` of them, are full.
    case openAnother(DeviceID, rank: UInt32)
    /// Another chat server has the user: open a connection there.
    case redirect(DeviceID, chatServer: UInt32)
    /// Device to chat server, once connected: I have the rows up to `sequence`, and this message was the last. An earlier owner may have given
    /// the place to it that has another here.
    case lastShown(DeviceID, sequence: UInt32, MessageID)
    /// The answer if it has: what you have beyond `sequence` may be other rows than mine.
    case rewind(DeviceID, to: UInt32)

    // MARK: Load balancer and chat server

    /// Load balancer to chat server: are you alive? `version` is that of the load balancer's view of the membership.
    case healthCheck(MembershipVersion)
    /// The answer: the server's own view, and how many connections it holds.
    case healthAnswer(server: UInt32, version: MembershipVersion, connections: UInt32)
    /// Load balancer to chat server and to other load balancers: these chat servers are members. The words of the ``ServerSet`` travel with it.
    case membership(MembershipVersion, from: UInt32)

    // MARK: Chat server and storage

    /// Make me the owner of the mailbox and send its last `limit` rows, unless another server than `previous` owns it.
    case claim(UserID, server: UInt32, previous: UInt32, limit: UInt32)
    /// The end of the rows: how many were sent, and the last place. `token` is the owner's from now on; the mailbox was another's before unless
    /// it `isContinued`.
    case claimed(UserID, count: UInt32, head: UInt32, token: FencingToken, isContinued: Bool)
    /// Another server owns the mailbox.
    case owned(UserID, by: UInt32)

    // MARK: Chat server and chat server

    /// To the owner of a mailbox: give it up to me. `version` is the claimant's view; `rank` tells how many servers before it are full; with
    /// `forDevice` a device of the user is waiting there.
    case release(UserID, to: UInt32, version: MembershipVersion, rank: UInt16, forDevice: Bool)
    /// The answer: the mailbox is completely in the storage and not mine any more.
    case released(UserID)
    /// The other answer: the user stays here.
    case kept(UserID)
    /// The answer to a message for a user who is not here, forwarded or handed over: try that server.
    case moved(MessageID, UserID, to: UInt32, isHandedOver: Bool)
    /// A row that was accepted by a server that then lost the mailbox before the storage had it: give it a place of yours.
    case adopt(MailboxRow)
    /// The answer: the row has a place that is final.
    case adopted(MessageID, UserID)
}
