public import Chat

/// What was observed of a run, put in order for the judges: by message, by device and by mailbox.
///
/// Lists keep the order in which things were first seen; dictionaries are only looked up in, never walked through.
///
/// - Complexity: O(1) on average for each observation.
public struct RunRecord: Sendable {
    /// A message on a device's screen.
    public struct Shown: Hashable, Sendable {
        /// The message.
        public let message: MessageID
        /// When the device showed it, in nanoseconds.
        public let timeNanoseconds: UInt64
        /// Its place in the order of the device's user; zero where there is none.
        public let sequence: UInt32
    }

    /// What was observed of a device.
    struct DeviceRecord: Sendable {
        let device: DeviceID
        var view: [Shown] = []
        /// The position in the view at which a message was first shown.
        var positions: [MessageID: Int] = [:]
        /// Since when it has been connected, in nanoseconds; nothing if it is not.
        var connectedSinceNanoseconds: UInt64?
        /// When it was connected: from, to.
        var sessions: [Range<UInt64>] = []
        /// Up to which places of its user's order it was told, and when, that rows which it lacks are no longer kept.
        var expired: [(timeNanoseconds: UInt64, sequence: UInt32)] = []
    }

    /// What was observed of a message.
    struct MessageRecordOfRun: Sendable {
        let id: MessageID
        var destination: Destination?
        var sentNanoseconds: UInt64?
        var acknowledgedNanoseconds: UInt64?
        var failedNanoseconds: UInt64?
        var deliveredNanoseconds: UInt64?
        var firstSeenNanoseconds: UInt64
        var isDurableForSender = false
        var isDurableForRecipient = false
        var isHeld = false

        var isOfThread: Bool { if case .thread = destination { true } else { false } }
    }

    /// Whom a message is for.
    enum Destination: Hashable, Sendable {
        /// A user.
        case user(UserID)
        /// The members of a thread at the message's place.
        case thread(ThreadID)
    }

    /// A place that was given to a message in a mailbox.
    struct Assignment: Sendable {
        let message: MessageID
        let sequence: UInt32
        let timeNanoseconds: UInt64
        /// When the sender's chat server received the message, in nanoseconds of its clock.
        let timestampNanoseconds: UInt64
    }

    /// The places that were given in the mailbox of a user.
    struct MailboxRecord: Sendable {
        let owner: UserID
        var assignments: [Assignment] = []
    }

    private(set) var devices: [DeviceRecord] = []
    private(set) var messages: [MessageRecordOfRun] = []
    private(set) var mailboxes: [MailboxRecord] = []
    private(set) var groups = GroupRecord()
    private(set) var duplicatesSuppressedCount = 0
    private(set) var balancing = BalancingRecord()
    private(set) var storePath = StorePathRecord()
    private(set) var sharding = ShardingRecord()
    private(set) var presence = PresenceRecord()
    private(set) var pages = PageRecord()
    private(set) var cache = CacheRecord()
    private(set) var media = MediaRecord()
    private var deviceIndex: [DeviceID: Int] = [:]
    private var messageIndex: [MessageID: Int] = [:]
    private var mailboxIndex: [UserID: Int] = [:]
    private var devicesOfUser: [UserID: [Int]] = [:]

    /// The devices that are connected when the run begins: so many of each user of a range who is online. Nothing is observed of that.
    public struct ConnectedAtStart: Sendable {
        let users: Range<UInt32>
        let deviceCount: Int
        private let isOnline: (@Sendable (UserID) -> Bool)?

        /// Some users, by number, and how many devices each has.
        ///
        /// - Parameter isOnline: Whether a user is online; nothing if all are.
        public init(users: Range<UInt32>, deviceCount: Int, isOnline: (@Sendable (UserID) -> Bool)? = nil) {
            self.users = users
            self.deviceCount = deviceCount
            self.isOnline = isOnline
        }

        /// Whether a user of the range is online when the run begins.
        func isOnline(_ user: UserID) -> Bool { isOnline?(user) ?? true }
    }

    private let connectedAtStart: [ConnectedAtStart]

    /// A record of nothing.
    public init(connectedAtStart: [ConnectedAtStart] = []) {
        self.connectedAtStart = connectedAtStart
    }

    /// Takes up an observation. They come in the order of time.
    public mutating func observe(_ observation: Observation) {
        let now = observation.timeNanoseconds
        switch observation.kind {
        case .sent:
            let index = index(of: observation)
            messages[index].sentNanoseconds = now
            messages[index].destination =
                observation.sequence == 0 ? .user(observation.counterpart) : .thread(ThreadID(observation.sequence))
            if observation.sequence == 0 { noteDevices(of: observation.counterpart) }
            media.observe(observation)
        case .acknowledged: messages[index(of: observation)].acknowledgedNanoseconds = now
        case .failed: messages[index(of: observation)].failedNanoseconds = now
        case .displayed: displayed(observation)
        case .expired: devices[index(of: observation.device)].expired.append((now, observation.sequence))
        case .connected: devices[index(of: observation.device)].connectedSinceNanoseconds = now
        case .disconnected:
            let index = index(of: observation.device)
            if let since = devices[index].connectedSinceNanoseconds { devices[index].sessions.append(since..<now) }
            devices[index].connectedSinceNanoseconds = nil
            presence.left(observation.device, atNanoseconds: now)
        case .assigned:
            mailboxes[index(ofMailboxOf: observation.device.user)].assignments.append(
                Assignment(
                    message: observation.message, sequence: observation.sequence, timeNanoseconds: now,
                    timestampNanoseconds: observation.timestampNanoseconds))
        case .logged:
            // What is on a log stays there until both mailboxes have it, or another log.
            let index = index(of: observation)
            messages[index].isDurableForRecipient = true
            if observation.device.user == observation.message.sender { messages[index].isDurableForSender = true }
            if messages[index].isOfThread { groups.observe(observation) }
        case .stored, .failedLogged:
            noteDurable(observation)
            if messages[index(of: observation)].isOfThread { groups.observe(observation) }
            storePath.observe(observation)
            sharding.observe(observation)
        case .kept: noteDurable(observation)
        case .duplicateSuppressed: duplicatesSuppressedCount += 1
        case .held:
            let index = index(of: observation)
            messages[index].isHeld = true
            if messages[index].isOfThread { groups.observe(observation) }
        case .placed, .memberSince, .memberUpTo, .heldForThread: groups.observe(observation)
        case .connectionsAtLimit, .ownerTook, .ownerWrote: balancing.observe(observation)
        case .cacheConfirmed, .recentAsked, .recentMessage, .recentConversation, .recentRead: cache.observe(observation)
        case .mediaFetched, .mediaHeld: media.observe(observation)
        case .shardMoved, .readable, .shardCopy: sharding.observe(observation)
        case .cameOnline, .wentOffline, .statusShown, .statusHidden: presence.observe(observation)
        case .messageWalkBegan, .conversationWalkBegan, .pageRow, .pageWalkEnded: pages.observe(observation)
        }
    }

    /// What a device showed, in order; empty if nothing was observed of it.
    public func view(of device: DeviceID) -> [Shown] {
        deviceIndex[device].map { devices[$0].view } ?? []
    }

    /// The messages of which anything was observed, in the order in which it was.
    public var messageIDs: [MessageID] { messages.map(\.id) }

    /// Everything that devices showed, device by device, each in order.
    public var showings: [(device: DeviceID, shown: Shown)] {
        devices.flatMap { record in record.view.map { (record.device, $0) } }
    }

    /// How long each delivered message took from being sent to its recipient's first device, in nanoseconds, in the order of
    /// sending.
    public var deliveryNanoseconds: [UInt64] { deliveryNanoseconds(sentFrom: 0) }

    /// The same of the messages that were sent at a time or later.
    public func deliveryNanoseconds(sentFrom nanoseconds: UInt64) -> [UInt64] {
        messages.compactMap { message in
            guard let sent = message.sentNanoseconds, sent >= nanoseconds,
                let delivered = message.deliveredNanoseconds
            else { return nil }
            return delivered - sent
        }
    }

    /// How many messages there were, by what became of them.
    public var counts: MessageCounts {
        var counts = MessageCounts(duplicatesSuppressed: duplicatesSuppressedCount)
        for message in messages {
            if message.sentNanoseconds != nil { counts.sent += 1 }
            if message.acknowledgedNanoseconds != nil { counts.acked += 1 }
            if message.deliveredNanoseconds != nil { counts.delivered += 1 }
            if message.failedNanoseconds != nil { counts.failed += 1 }
        }
        return counts
    }

    /// The devices of a user of which anything was observed.
    func devices(of user: UserID) -> [DeviceRecord] {
        (devicesOfUser[user] ?? []).map { devices[$0] }
    }

    /// The places that were given in the mailbox of a user, in the order of time.
    func assignments(ofMailboxOf user: UserID) -> [Assignment] {
        mailboxIndex[user].map { mailboxes[$0].assignments } ?? []
    }

    /// Whom a message is for; nothing if nobody sent it.
    func recipient(of message: MessageID) -> UserID? {
        guard let index = messageIndex[message], case .user(let user) = messages[index].destination else { return nil }
        return user
    }

    /// The same with everything put together that needs all observations.
    var settled: RunRecord {
        var record = self
        record.groups.settle()
        return record
    }

    /// Who is to get a message: its recipient, or the members of its thread at its place but for the sender; nobody if it has no place.
    func recipients(of message: MessageRecordOfRun) -> [UserID] {
        switch message.destination {
        case .user(let user): [user]
        case .thread(let thread): groups.members(of: thread, at: message.id).filter { $0 != message.id.sender }
        case nil: []
        }
    }

    /// The storage, or a log of failed requests, has a message in a mailbox.
    private mutating func noteDurable(_ observation: Observation) {
        let index = index(of: observation)
        if observation.device.user == observation.message.sender { messages[index].isDurableForSender = true }
        if messages[index].destination == .user(observation.device.user) {
            messages[index].isDurableForRecipient = true
        }
    }

    /// The devices of a user who is connected from the start are there, whether anything is observed of them or not.
    private mutating func noteDevices(of user: UserID) {
        for index in 0..<(devicesAtStart(of: user)?.deviceCount ?? 0) {
            _ = self.index(of: DeviceID(user: user, index: UInt8(index)))
        }
    }

    private func devicesAtStart(of user: UserID) -> ConnectedAtStart? {
        connectedAtStart.first { $0.users.contains(user.rawValue) }
    }

    private mutating func displayed(_ observation: Observation) {
        let device = index(of: observation.device)
        let message = index(of: observation)
        let position = devices[device].view.count
        devices[device].view.append(
            Shown(
                message: observation.message, timeNanoseconds: observation.timeNanoseconds,
                sequence: observation.sequence))
        if devices[device].positions[observation.message] == nil {
            devices[device].positions[observation.message] = position
        }
        var isDelivery = observation.device != observation.message.device
        switch messages[message].destination {
        case .thread: isDelivery = isDelivery && observation.device.user != observation.message.sender
        case .user, nil: isDelivery = isDelivery && observation.device.user == observation.counterpart
        }
        if isDelivery, messages[message].deliveredNanoseconds == nil {
            messages[message].deliveredNanoseconds = observation.timeNanoseconds
        }
    }

    private mutating func index(of observation: Observation) -> Int {
        if let index = messageIndex[observation.message] { return index }
        messageIndex[observation.message] = messages.count
        messages.append(
            MessageRecordOfRun(id: observation.message, firstSeenNanoseconds: observation.timeNanoseconds))
        return messages.count - 1
    }

    private mutating func index(of device: DeviceID) -> Int {
        if let index = deviceIndex[device] { return index }
        deviceIndex[device] = devices.count
        devicesOfUser[device.user, default: []].append(devices.count)
        var record = DeviceRecord(device: device)
        if let start = devicesAtStart(of: device.user), device.index < start.deviceCount, start.isOnline(device.user) {
            record.connectedSinceNanoseconds = 0
        }
        devices.append(record)
        return devices.count - 1
    }

    private mutating func index(ofMailboxOf user: UserID) -> Int {
        if let index = mailboxIndex[user] { return index }
        mailboxIndex[user] = mailboxes.count
        mailboxes.append(MailboxRecord(owner: user))
        return mailboxes.count - 1
    }
}

/// How many messages there were, by what became of them.
public struct MessageCounts: Hashable, Sendable {
    /// Messages that users sent.
    public var sent = 0
    /// Messages whose sender learnt that the system took responsibility.
    public var acked = 0
    /// Messages that a device of the recipient showed, other than the one that sent it.
    public var delivered = 0
    /// Messages whose sender was told that they failed.
    public var failed = 0
    /// How often a server recognised a message that it had already.
    public var duplicatesSuppressed = 0
}
