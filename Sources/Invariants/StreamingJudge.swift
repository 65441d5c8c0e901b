public import Chat

/// Judges a run while it happens, and forgets each message once everything is known of it: when it is acknowledged, durable for both users, and
/// shown by all devices of both. What remains is the messages that are under way and a few words for each user to whom anything happened, so
/// that a world of half a billion users can be judged.
///
/// It judges what can be told so: `no_loss`, `no_duplicates`, `sequence_gap_free`, `durable_after_ack`, `capacity_respected`,
/// `one_owner` and `conservation`. All users are of populations that start connected.
///
/// - Complexity: O(1) on average for each observation.
public struct StreamingJudge {
    /// A message of which something is still to come.
    private struct Message {
        let recipient: UserID
        let sentNanoseconds: UInt64
        var acknowledgedNanoseconds: UInt64?
        var isDelivered = false
        var isFailed = false
        var isHeld = false
        var isDurableForSender = false
        var isDurableForRecipient = false
        /// Its numbers in the orders of both users; zero before it has one.
        var numberOfSender: UInt32 = 0
        var numberOfRecipient: UInt32 = 0
        /// The devices that have shown it, a bit each.
        var shownBySender: UInt16 = 0
        var shownByRecipient: UInt16 = 0
    }

    /// What is known of the order of a user.
    private struct Order {
        var lastPlace: UInt32 = 0
        /// The last number that the user's first device has shown.
        var lastShown: UInt32 = 0
        var lastMessage = MessageID(rawValue: 0)
    }

    private let names: any NameTable
    private let connectedAtStart: [RunRecord.ConnectedAtStart]
    private let settleNanoseconds: UInt64
    private let isSequenced: Bool
    private var messages: FlatTable<MessageID, Message> = [:]
    private var orders: FlatTable<UserID, Order> = [:]
    /// The last numbers that devices have shown, but for the first ones of users.
    private var shown: FlatTable<DeviceID, UInt32> = [:]
    private var connections: ConnectedDevices
    private var noLoss = Judgement(.noLoss)
    private var noDuplicates = Judgement(.noDuplicates)
    private var gapFree = Judgement(.sequenceGapFree)
    private var durable = Judgement(.durableAfterAck)
    private var capacity = Judgement(.capacityRespected)
    private var oneOwner = Judgement(.oneOwner)
    private var conservation = Judgement(.conservation)
    private var owners = MailboxOwners()

    /// How many messages there were, by what became of them.
    public private(set) var counts = MessageCounts()

    /// How many messages are not forgotten yet.
    var underwayCount: Int { messages.count }

    /// The invariants that are judged.
    public static let judged: [Invariant] = [
        .noLoss, .noDuplicates, .sequenceGapFree, .durableAfterAck, .conservation, .capacityRespected,
        .oneOwner,
    ]

    /// Prepares to judge.
    ///
    /// - Parameters:
    ///   - connectedAtStart: All users, and how many devices each has.
    ///   - settleNanoseconds: How long anything that must come true is given.
    ///   - isSequenced: Whether users have an order of their own.
    ///   - names: What things are called.
    public init(
        connectedAtStart: [RunRecord.ConnectedAtStart], settleNanoseconds: UInt64, isSequenced: Bool,
        names: any NameTable
    ) {
        self.connectedAtStart = connectedAtStart
        self.settleNanoseconds = settleNanoseconds
        connections = ConnectedDevices(atStart: connectedAtStart, settleNanoseconds: settleNanoseconds)
        self.isSequenced = isSequenced
        self.names = names
    }

    /// Takes up an observation. They come in the order of time.
    ///
    /// - Returns: If it is the first showing of a message by the recipient: how long that took from when it was sent, in nanoseconds.
    public mutating func observe(_ observation: Observation) -> UInt64? {
        let now = observation.timeNanoseconds
        let id = observation.message
        switch observation.kind {
        case .sent:
            counts.sent += 1
            messages[id] = Message(recipient: observation.counterpart, sentNanoseconds: now)
        case .acknowledged:
            counts.acked += 1
            note(id) { $0.acknowledgedNanoseconds = now }
        case .failed:
            counts.failed += 1
            messages.update(id) { $0.isFailed = true }
        case .displayed: return displayed(observation)
        case .connected: connections.connected(observation.device, atNanoseconds: now)
        case .disconnected: connections.disconnected(observation.device)
        case .assigned: if isSequenced { assigned(observation) }
        case .logged, .stored, .failedLogged:
            let user = observation.device.user
            note(id) { message in
                if user == id.sender { message.isDurableForSender = true }
                // What is on a chat server's own log stays there until both mailboxes have it.
                if message.recipient == user || observation.kind == .logged { message.isDurableForRecipient = true }
            }
        case .duplicateSuppressed: counts.duplicatesSuppressed += 1
        case .held: messages.update(id) { $0.isHeld = true }
        case .connectionsAtLimit:
            capacity.check(
                UInt64(observation.sequence) <= id.rawValue, atNanoseconds: now,
                "chat server \(observation.counterpart.rawValue + 1) holds \(observation.sequence) connections at "
                    + "\(TimeText.seconds(now)); it may hold \(id.rawValue)")
        case .ownerTook: owners.took(observation)
        case .ownerWrote:
            guard let write = owners.write(observation) else { break }
            let names = names
            oneOwner.check(write.isOfOwner, atNanoseconds: now, write.sentence(names))
        default: break
        }
        return nil
    }

    /// What the run says about the invariants that are judged, were it to end now.
    ///
    /// - Parameters:
    ///   - endNanoseconds: The time.
    /// - Complexity: O(n log n) in the number of messages under way.
    public func results(endNanoseconds: UInt64) -> [InvariantResult] {
        var (loss, durability, sums) = (noLoss, durable, conservation)
        let deadline = endNanoseconds - min(endNanoseconds, settleNanoseconds)
        let sorted = messages.pairs.sorted { $0.key < $1.key }
        let connectedSince = connections.connectedSince(
            sorted.lazy.filter { $0.value.acknowledgedNanoseconds != nil }.flatMap { devices(of: $0.value.recipient) })
        for (id, message) in sorted {
            let name = names.name(of: id)
            sums.check(
                message.isDelivered || message.isFailed || message.isHeld || message.recipient == id.sender,
                atNanoseconds: message.sentNanoseconds,
                "\(name), sent at \(TimeText.seconds(message.sentNanoseconds)), has vanished: it was neither delivered nor reported as "
                    + "failed, and no component has it any more")
            guard let acknowledged = message.acknowledgedNanoseconds, acknowledged <= deadline else { continue }
            durability.check(
                message.isDurableForSender && message.isDurableForRecipient, atNanoseconds: acknowledged,
                "\(name) was acknowledged at \(TimeText.seconds(acknowledged)), but no log and no storage has it for "
                    + names.name(of: message.isDurableForRecipient ? id.sender : message.recipient))
            for device in devices(of: message.recipient) {
                guard let since = connectedSince[device], since <= deadline else { continue }
                loss.check(
                    message.shownByRecipient & 1 << device.index != 0, atNanoseconds: acknowledged,
                    "\(name) was acknowledged at \(TimeText.seconds(acknowledged)), but \(names.name(of: device)), connected "
                        + "\(connectedText(of: device, since: since)), never showed it"
                        + (message.isDurableForRecipient ? "; a log or the storage has it for that user" : ""))
            }
        }
        return [loss, noDuplicates, gapFree, durability, sums, capacity, oneOwner].map(\.result)
    }

    /// For how long a device has been connected, as far as that is remembered.
    private func connectedText(of device: DeviceID, since nanoseconds: UInt64) -> String {
        if nanoseconds > 0 { return "since \(TimeText.seconds(nanoseconds))" }
        return connections.wasAway ? "for \(TimeText.seconds(settleNanoseconds)) or longer" : "from the start"
    }

    private mutating func displayed(_ observation: Observation) -> UInt64? {
        let (id, device, now) = (observation.message, observation.device, observation.timeNanoseconds)
        if isSequenced, observation.sequence > 0 { checkOrder(of: observation) }
        let bit: UInt16 = 1 << device.index
        let isSenders = device.user == id.sender
        var (isKnown, isNew, isDelivery) = (false, false, false)
        var sentNanoseconds: UInt64 = 0
        note(id) { message in
            isKnown = true
            sentNanoseconds = message.sentNanoseconds
            isNew = (isSenders ? message.shownBySender : message.shownByRecipient) & bit == 0
            if isSenders { message.shownBySender |= bit }
            guard device.user == message.recipient else { return }
            message.shownByRecipient |= bit
            isDelivery = device != id.device && !message.isDelivered
            if isDelivery { message.isDelivered = true }
        }
        if isKnown && isNew {
            noDuplicates.holds()
        } else {
            let names = names
            noDuplicates.check(
                false, atNanoseconds: now,
                "\(names.name(of: device)) shows \(names.name(of: id)) "
                    + (isKnown
                        ? "twice, again at \(TimeText.seconds(now))"
                        : "at \(TimeText.seconds(now)), which all devices had shown already, or which nobody sent"))
        }
        guard isDelivery else { return nil }
        counts.delivered += 1
        return now - sentNanoseconds
    }

    /// A device shows a number: it is the one after the last.
    private mutating func checkOrder(of observation: Observation) {
        let (device, sequence) = (observation.device, observation.sequence)
        let last: UInt32
        if device.index == 0 {
            last = orders.update(device.user, default: Order()) { Self.exchange(&$0.lastShown, with: sequence) }
        } else {
            last = shown.update(device, default: 0) { Self.exchange(&$0, with: sequence) }
        }
        guard sequence != last + 1 else { return gapFree.holds() }
        let (id, now, names) = (observation.message, observation.timeNanoseconds, names)
        gapFree.check(
            false, atNanoseconds: now,
            "\(names.name(of: device)) shows \(names.name(of: id)) with the number \(sequence) at "
                + "\(TimeText.seconds(now)), after the number \(last)")
    }

    private static func exchange(_ number: inout UInt32, with new: UInt32) -> UInt32 {
        defer { number = new }
        return number
    }

    /// A message gets a number in the order of a user: its first, which is the one after the last.
    ///
    /// A mailbox that comes from the storage again tells its numbers again, so that of a message that is forgotten, as everybody has shown it, a number
    /// up to the last says nothing.
    private mutating func assigned(_ observation: Observation) {
        let (id, user, sequence) = (observation.message, observation.device.user, observation.sequence)
        let known = messages.update(id) { message in
            user == id.sender
                ? Self.note(sequence, &message.numberOfSender) : Self.note(sequence, &message.numberOfRecipient)
        }
        if known == sequence { return }
        let last = orders.update(user, default: Order()) { order in
            defer { if sequence > order.lastPlace { (order.lastPlace, order.lastMessage) = (sequence, id) } }
            return order
        }
        let isOlder = sequence < last.lastPlace || sequence == last.lastPlace && id == last.lastMessage
        guard known != nil || !isOlder else { return }
        if known == 0, sequence == last.lastPlace + 1 { return gapFree.holds() }
        let (now, names) = (observation.timeNanoseconds, names)
        let but =
            if known == nil {
                "all devices have shown that already, or nobody sent it"
            } else if let known, known > 0 {
                "it has the number \(known)"
            } else {
                "the last number, \(last.lastPlace), is that of \(names.name(of: last.lastMessage))"
            }
        gapFree.check(
            false, atNanoseconds: now,
            "the number \(sequence) in the order of \(names.name(of: user)) is given to \(names.name(of: id)) at "
                + "\(TimeText.seconds(now)), but \(but)")
    }

    /// Notes the first number of a message in an order.
    ///
    /// - Returns: What it was before; zero if it had none.
    private static func note(_ sequence: UInt32, _ number: inout UInt32) -> UInt32 {
        defer { if number == 0 { number = sequence } }
        return number
    }

    /// Notes something of a message, unless it is forgotten, and forgets it once everything is known of it.
    private mutating func note(_ id: MessageID, _ change: (inout Message) -> Void) {
        let users = connectedAtStart
        let settled = messages.update(id) { message in
            change(&message)
            return Self.settledRecipients(of: message, from: id.sender, among: users)
        }
        guard let settled, let recipientCount = settled else { return }
        _ = messages.removeValue(forKey: id)
        noLoss.holds(count: recipientCount)
        durable.holds()
        conservation.holds()
    }

    /// How many devices the recipient of a message has of which everything is known; nothing if something is still to come.
    private static func settledRecipients(
        of message: Message, from sender: UserID, among users: [RunRecord.ConnectedAtStart]
    ) -> Int? {
        guard message.acknowledgedNanoseconds != nil, message.isDurableForSender, message.isDurableForRecipient,
            message.isDelivered || message.recipient == sender
        else { return nil }
        let recipientCount = deviceCount(of: message.recipient, among: users)
        guard message.shownByRecipient.nonzeroBitCount == recipientCount,
            message.shownBySender.nonzeroBitCount == deviceCount(of: sender, among: users)
        else { return nil }
        return recipientCount
    }

    private func devices(of user: UserID) -> [DeviceID] {
        (0..<Self.deviceCount(of: user, among: connectedAtStart)).map { DeviceID(user: user, index: UInt8($0)) }
    }

    private static func deviceCount(of user: UserID, among users: [RunRecord.ConnectedAtStart]) -> Int {
        users.first { $0.users.contains(user.rawValue) }?.deviceCount ?? 0
    }
}
