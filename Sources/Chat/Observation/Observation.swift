/// What a component did that someone outside the system may want to know: a device displayed a message, a server
/// suppressed a duplicate. Components report observations beside their effects; no component ever reads one.
///
/// The checks judge a run by these alone. An observation is a plain 40-byte value.
@frozen
public struct Observation: Hashable, Sendable {
    /// What happened. The comments say what the other fields mean for each kind; fields not named are zero.
    @frozen
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// The user pressed send on `device`: `message` now waits in the device's outbox. `counterpart` is the recipient; of a
        /// message of a thread it says nothing, and `sequence` is the number of the thread. ``Observation/detail`` is the size of the media
        /// that it refers to in bytes, zero if it carries its content itself.
        case sent
        /// `device` learnt that the system took responsibility for its `message`.
        case acknowledged
        /// `device` gave up on its `message` and told its user so.
        case failed
        /// `device` appended `message` to what its user sees. `counterpart` is the recipient of the message; `sequence`
        /// is the message's place in the order of the device's user where the system assigns one, else zero.
        case displayed
        /// `device` has an open connection: the chat server confirmed it.
        case connected
        /// `device` no longer has a connection, or no longer believes that it has one.
        case disconnected
        /// The chat server that owns the mailbox of `device.user` gave `message` the place `sequence` in it (from one); it carries
        /// ``Observation/timestampNanoseconds``.
        case assigned
        /// A chat server has `message` on its own write-ahead log, synced.
        case logged
        /// The storage has `message` in the mailbox of `device.user`, durably.
        case stored
        /// The chat server that owns the mailbox of `device.user` received `message` again and did nothing with it but
        /// answer.
        case duplicateSuppressed
        /// Reported once at the end of a run: a component still holds `message` on its way to `device.user`, so that it
        /// is pending rather than lost.
        case held
        /// `device` learnt that rows of its user's mailbox up to the place `sequence`, which it lacks, are no longer kept for it.
        case expired

        // MARK: Presence, 32 to 39

        /// The chat server of `device.user` opened a connection of the user, who had none there.
        case cameOnline = 32
        /// It lost the last connection of `device.user`.
        case wentOffline = 33
        /// `device` shows a status of `counterpart`: ``Observation/shownStatus``, in `sequence`.
        case statusShown = 34
        /// `device` no longer shows the status of `counterpart`.
        case statusHidden = 35

        // MARK: Sharding, 56 to 63

        /// A logical shard, whose number stands in `device.user`, is at another storage server from now on, whose number stands in
        /// `counterpart`. `sequence` is the version of the assignment.
        case shardMoved = 56
        /// Reported once at the end of a run: the storage server that has the shard of the mailbox of `device.user` has `message` in
        /// it, at the place `sequence`. Of shards that have moved only.
        case readable = 57
        /// Reported once at the end of a run: a storage server, whose number stands in `counterpart`, has a copy of a logical shard,
        /// whose number stands in `device.user`. `sequence` is the number of rows, and the bits of `message` are a hash over them.
        case shardCopy = 58

        // MARK: Pages, 64 to 71

        /// `device` has the first page of its user's messages: those that a chat server received after the time that is the raw value of
        /// `message`, in nanoseconds, zero for all. `sequence` is the last place of the mailbox then.
        case messageWalkBegan = 64
        /// The same of the user's conversation with `counterpart`.
        case conversationWalkBegan = 65
        /// `device` has a row of a page: `message` at the place `sequence` of its user's mailbox.
        case pageRow = 66
        /// `device` has the last page: it asked for `sequence` rows at most.
        case pageWalkEnded = 67

        // MARK: Balancing, 72 to 79

        /// A chat server that holds as many connections as it may, or more, opened one to `device` or refused it: `sequence` is how many
        /// it holds then, `counterpart` the number of the server, and `message` in its raw value how many it may hold.
        case connectionsAtLimit = 72
        /// The storage made the chat server with the number `counterpart` the owner of the mailbox of `device.user`. `sequence` is its token, greater
        /// than that of the owner before.
        case ownerTook = 73
        /// A write of the chat server with the number `counterpart` to the mailbox of `device.user` was accepted: by the storage, or by that
        /// server if it takes responsibility before the storage does. It has the token `sequence`; `message` is what was written.
        case ownerWrote = 74
        /// A cache server confirmed that `message` is written at the place `sequence` of the mailbox of `device.user`.
        case cacheConfirmed = 48
        /// The user of `device` wants to see the recent messages and conversations.
        case recentAsked = 49
        /// What `device` read has `message` in the index of recent messages, at the place `sequence`; `counterpart` is the other user.
        case recentMessage = 50
        /// What `device` read has `message` in the index of recent conversations, as the last one with `counterpart`, at the place
        /// `sequence`.
        case recentConversation = 51
        /// That was all that `device` read.
        case recentRead = 52
        /// A chat server gave up writing `message` to the storage, at the place `sequence` of the mailbox of `device.user`, and has it on
        /// its log of failed requests, synced.
        case failedLogged = 80
        /// The storage has `message` at the place `sequence` in the thread with the number of `counterpart`, durably. `device` is the one that
        /// sent it.
        case placed = 40
        /// `device.user` is a member of the thread with the number of `counterpart` from the place `sequence` on.
        case memberSince
        /// The membership of `device.user` in the thread with the number of `counterpart` ends with the message at the place `sequence`.
        case memberUpTo
        /// Reported once at the end of a run: a component still holds `message` on its way to its thread, or to members whose chat server
        /// has not taken it.
        case heldForThread

        // MARK: Storage, 88 to 95

        /// Reported once at the end of a run: a storage server has `message` in the mailbox of `device.user`, durably, whether or not anyone was
        /// told so.
        case kept = 88

        // MARK: Media, 96 to 103

        /// `device` has the media that a `message` refers to which it shows.
        case mediaFetched = 96
        /// Reported once at the end of a run: the object store with the number `counterpart` has the media of `message` durably.
        /// `sequence` is their size in bytes.
        case mediaHeld = 97
    }

    /// The virtual time in nanoseconds. Components do not know it and leave zero; whoever runs them stamps it.
    public var timeNanoseconds: UInt64
    /// The message that it is about; zero where it is about none.
    public let message: MessageID
    /// The device, or any device of the user whose mailbox it is about (`index` zero).
    public let device: DeviceID
    /// The other user of the message, where the kind says so.
    public let counterpart: UserID
    /// The place in the order of `device.user`, from one; zero where there is none.
    public let sequence: UInt32
    /// What happened.
    public let kind: Kind
    /// What the kind says; zero where it says nothing.
    public let detail: UInt32

    /// Makes an observation; the fields that its kind does not use may be left out.
    @inlinable
    public init(
        _ kind: Kind, device: DeviceID, message: MessageID = MessageID(rawValue: 0), counterpart: UserID = UserID(0),
        sequence: UInt32 = 0, detail: UInt32 = 0, timeNanoseconds: UInt64 = 0
    ) {
        self.timeNanoseconds = timeNanoseconds
        self.message = message
        self.device = device
        self.counterpart = counterpart
        self.sequence = sequence
        self.kind = kind
        self.detail = detail
    }

    /// The place of a row of a mailbox, with the time at which the sender's chat server received the message.
    public static func assigned(_ row: MailboxRow) -> Observation {
        let timestamp = row.record.timestampNanoseconds
        return Observation(
            .assigned, device: DeviceID(user: row.owner, index: 0), message: row.record.id,
            counterpart: UserID(UInt32(truncatingIfNeeded: timestamp)), sequence: row.record.sequence,
            detail: UInt32(truncatingIfNeeded: timestamp >> 32))
    }

    /// When the sender's chat server received the message, in nanoseconds of that server's own clock: in `counterpart` and `detail` of
    /// ``Kind/assigned``.
    public var timestampNanoseconds: UInt64 { UInt64(detail) << 32 | UInt64(counterpart.rawValue) }
}

extension Observation {
    /// A write of an owner was accepted.
    static func ownerWrote(_ row: MailboxRow, owner: UInt32, epoch: UInt32) -> Observation {
        Observation(
            .ownerWrote, device: DeviceID(user: row.owner, index: 0), message: row.record.id,
            counterpart: UserID(owner), sequence: epoch)
    }
}
