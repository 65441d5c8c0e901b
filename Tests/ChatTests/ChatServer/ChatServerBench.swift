import Testing

@testable import Chat

/// One chat server of two: users with even numbers are its own. The tests play devices, storage and the other chat server.
struct ChatServerBench {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 2, storageServerCount: 1)
    static let other = placement.chatServerAddress(1)
    static let storage = placement.storageServerAddress(0)
    var server: ChatServer
    var now: UInt64 = 0
    var effects: [Effect] = []
    var outbox = Outbox()

    init(
        _ acknowledge: AcknowledgeMode = .afterReceive, offline: OfflinePolicy = .storeAndRedeliver,
        connectionsMax: Int = 10, storeDelay: UInt64 = 0, deduplicates: Bool = true, retention: UInt64? = nil,
        mailboxesMax: Int? = nil
    ) {
        let retry = RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 0)
        var configuration = ChatServerConfiguration(
            acknowledge: acknowledge, offline: offline, connectionsMax: connectionsMax,
            heartbeatTimeoutNanoseconds: 1000, sweepPeriodNanoseconds: 400, poolConnectionsPerStorageServer: 4,
            storeDelayNanoseconds: storeDelay, requestTimeoutNanoseconds: 200, requestRetry: retry,
            deduplicates: deduplicates)
        configuration.retentionNanoseconds = retention
        configuration.mailboxesMax = mailboxesMax
        server = ChatServer(
            number: 0, placement: Self.placement, configuration: configuration, jitterSeed: 1)
    }

    static func device(_ user: UInt32, _ index: UInt8 = 0) -> DeviceID { DeviceID(user: UserID(user), index: index) }
    static func address(_ device: DeviceID) -> Address {
        Address(process: 100 + device.user.rawValue * 10 + UInt32(device.index))
    }
    static func message(_ ordinal: UInt32, from sender: UInt32, to recipient: UInt32) -> MessageRecord {
        MessageRecord(
            id: MessageID(
                sender: UserID(sender), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
            recipient: UserID(recipient), contentBytes: 10)
    }

    mutating func receive(_ message: WireMessage, from source: Address, port: UInt32 = 0) {
        var outbox = Outbox()
        server.receive(message, from: source, atPort: port, nowNanoseconds: now, outbox: &outbox)
        effects = outbox.effects
    }

    /// Answers every request to the storage of the last input, as an empty storage would, and collects what follows.
    mutating func answerStorage() {
        var all: [Effect] = []
        var requests = storageRequests
        while !requests.isEmpty {
            let (message, port) = requests.removeFirst()
            switch message {
            case .load(let user, _, _): receive(.rowsEnd(user, count: 0, head: 0), from: Self.storage, port: port)
            case .put(let row, let epoch):
                receive(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false), from: Self.storage,
                    port: port)
            default: Issue.record("unexpected request \(message)")
            }
            all += effects
            requests += storageRequests
        }
        effects = all
    }

    mutating func sync() {
        var outbox = Outbox()
        server.synced(nowNanoseconds: now, outbox: &outbox)
        effects = outbox.effects
    }

    mutating func connect(_ device: DeviceID) {
        receive(.open(device), from: Self.address(device))
        if !storageRequests.isEmpty { answerStorage() }
    }

    /// Connects a device to whose mailbox the storage has rows at some places.
    mutating func connect(_ device: DeviceID, stored places: [UInt32]) {
        receive(.open(device), from: Self.address(device))
        sendRows(places, of: device.user, port: storageRequests[0].port)
    }

    /// The storage answers a request for rows.
    mutating func sendRows(_ places: [UInt32], of user: UserID, port: UInt32) {
        for place in places {
            var record = Self.message(place, from: 1, to: user.rawValue)
            record.sequence = place
            receive(.row(MailboxRow(record: record, isRecipients: true)), from: Self.storage, port: port)
        }
        receive(.rowsEnd(user, count: UInt32(places.count), head: places.last ?? 0), from: Self.storage, port: port)
    }

    mutating func submit(_ message: MessageRecord) {
        receive(.submit(message), from: Self.address(message.id.device))
    }

    var storageRequests: [(WireMessage, port: UInt32)] {
        effects.compactMap {
            if case .send(let message, Self.storage, let port) = $0 { (message, port) } else { nil }
        }
    }

    func sent(to address: Address) -> [WireMessage] {
        effects.compactMap {
            if case .send(let message, let destination, _) = $0, destination == address { message } else { nil }
        }
    }

    func observed(_ kind: Observation.Kind) -> Int {
        effects.count { if case .observe(let observation) = $0 { observation.kind == kind } else { false } }
    }
}
