public import Chat

/// Judges a run while it happens, and forgets each message once everything is known of it: when it is acknowledged, durable for both users, and
/// shown by all devices of both. What remains is the messages that are under way and a few words for each user to whom anything happened, so
/// that a world of half a billion users can be judged.
///
/// It judges what can be told so: `no_loss`, `no_duplicates`, `sequence_gap_free`, `durable_after_ack`, `capacity_respected` and
/// `conservation`. All users are of populations that start connected.
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
        /// The devices that have shown it, a bit each.
        var shownBySender: UInt16 = 0
        var shownByRecipient: UInt16 = 0
    }

    /// What is known of the order of a user.
    private struct Order {
        var lastPlace: UInt32 = 0
        var lastMessage = MessageID(rawValue: 0)
    }

    private let names: any NameTable
    private let connectedAtStart: [RunRecord.ConnectedAtStart]
    private let settleNanoseconds: UInt64
    private let isSequenced: Bool
    private var messages: FlatTable<MessageID, Message> = [:]
    private var orders: FlatTable<UserID, Order> = [:]
    /// The last number that a device has shown.
    private var shown: FlatTable<DeviceID, UInt32> = [:]
    private var connections: ConnectedDevices
    private var noLoss = Judgement(.noLoss)
    private var noDuplicates = Judgement(.noDuplicates)
    private var gapFree = Judgement(.sequenceGapFree)
    private var durable = Judgement(.durableAfterAck)
    private var capacity = Judgement(.capacityRespected)
    private var conservation = Judgement(.conservation)

    /// How many messages there were, by what became of them.
    public private(set) var counts = MessageCounts()

    /// How many messages are not forgotten yet.
    var underwayCount: Int { messages.count }

    /// The invariants that are judged.
    public static let judged: [Invariant] = [
        .noLoss, .noDuplicates, .sequenceGapFree, .durableAfterAck, .conservation, .capacityRespected,
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
            messages[id]?.acknowledgedNanoseconds = now
            settle(id)
        case .failed:
            counts.failed += 1
            messages[id]?.isFailed = true
        case .displayed: return displayed(observation)
        case .connected: connections.connected(observation.device, atNanoseconds: now)
        case .disconnected: connections.disconnected(observation.device)
        case .assigned: if isSequenced { assigned(observation) }
        case .logged, .stored, .failedLogged:
            let user = observation.device.user
            if user == id.sender { messages[id]?.isDurableForSender = true }
            // What is on a chat server's own log stays there until both mailboxes have it.
            if messages[id]?.recipient == user || observation.kind == .logged {
                messages[id]?.isDurableForRecipient = true
            }
            settle(id)
        case .duplicateSuppressed: counts.duplicatesSuppressed += 1
        case .held: messages[id]?.isHeld = true
        case .connectionsAtLimit:
            capacity.check(
                UInt64(observation.sequence) <= id.rawValue, atNanoseconds: now,
                "chat server \(observation.counterpart.rawValue + 1) holds \(observation.sequence) connections at "
                    + "\(TimeText.seconds(now)); it may hold \(id.rawValue)")
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
        for (id, message) in messages.pairs.sorted(by: { $0.key < $1.key }) {
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
                guard let since = connections.connectedSince(device), since <= deadline else { continue }
                loss.check(
                    message.shownByRecipient & 1 << device.index != 0, atNanoseconds: acknowledged,
                    "\(name) was acknowledged at \(TimeText.seconds(acknowledged)), but \(names.name(of: device)), connected since "
                        + "\(TimeText.seconds(since)), never showed it")
            }
        }
        return [loss, noDuplicates, gapFree, durability, sums, capacity].map(\.result)
    }

    private mutating func displayed(_ observation: Observation) -> UInt64? {
        let (id, device, now, names) = (observation.message, observation.device, observation.timeNanoseconds, names)
        if isSequenced, observation.sequence > 0 {
            let last = shown[device] ?? 0
            shown[device] = observation.sequence
            gapFree.check(
                observation.sequence == last + 1, atNanoseconds: now,
                "\(names.name(of: device)) shows \(names.name(of: id)) with the number \(observation.sequence) at "
                    + "\(TimeText.seconds(now)), after the number \(last)")
        }
        guard var message = messages[id] else {
            noDuplicates.check(
                false, atNanoseconds: now,
                "\(names.name(of: device)) shows \(names.name(of: id)) at \(TimeText.seconds(now)), which all devices had shown already, or "
                    + "which nobody sent")
            return nil
        }
        let bit: UInt16 = 1 << device.index
        let isSenders = device.user == id.sender
        let isNew = (isSenders ? message.shownBySender : message.shownByRecipient) & bit == 0
        noDuplicates.check(
            isNew, atNanoseconds: now,
            "\(names.name(of: device)) shows \(names.name(of: id)) twice, again at \(TimeText.seconds(now))")
        if isSenders { message.shownBySender |= bit }
        if device.user == message.recipient { message.shownByRecipient |= bit }
        let isDelivery = device.user == message.recipient && device != id.device && !message.isDelivered
        message.isDelivered = message.isDelivered || isDelivery
        messages[id] = message
        if isDelivery { counts.delivered += 1 }
        settle(id)
        return isDelivery ? now - message.sentNanoseconds : nil
    }

    private mutating func assigned(_ observation: Observation) {
        let (id, user, now, names) = (observation.message, observation.device.user, observation.timeNanoseconds, names)
        let order = orders[user] ?? Order()
        // A mailbox that comes from the storage again tells its places again.
        guard observation.sequence >= order.lastPlace else { return }
        gapFree.check(
            observation.sequence == order.lastPlace + 1 || id == order.lastMessage, atNanoseconds: now,
            "the number \(observation.sequence) in the order of \(names.name(of: user)) is given to \(names.name(of: id)) at "
                + "\(TimeText.seconds(now)), but the last number, \(order.lastPlace), is that of \(names.name(of: order.lastMessage))"
        )
        orders[user] = Order(lastPlace: observation.sequence, lastMessage: id)
    }

    /// Forgets a message of which everything is known.
    private mutating func settle(_ id: MessageID) {
        guard let message = messages[id], message.acknowledgedNanoseconds != nil, message.isDurableForSender,
            message.isDurableForRecipient, message.isDelivered || message.recipient == id.sender
        else { return }
        let recipientCount = deviceCount(of: message.recipient)
        guard message.shownByRecipient.nonzeroBitCount == recipientCount,
            message.shownBySender.nonzeroBitCount == deviceCount(of: id.sender)
        else { return }
        messages[id] = nil
        for _ in 0..<recipientCount { noLoss.check(true, atNanoseconds: 0, "") }
        durable.check(true, atNanoseconds: 0, "")
        conservation.check(true, atNanoseconds: 0, "")
    }

    private func devices(of user: UserID) -> [DeviceID] {
        (0..<deviceCount(of: user)).map { DeviceID(user: user, index: UInt8($0)) }
    }

    private func deviceCount(of user: UserID) -> Int {
        connectedAtStart.first { $0.users.contains(user.rawValue) }?.deviceCount ?? 0
    }

}
