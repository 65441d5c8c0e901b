import Testing

@testable import Chat

/// A device with a script of inputs; the tests read what it sends and shows.
private struct Bench {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1)
    static let server = Bench.placement.chatServerAddress(0)
    static let balancer = Bench.placement.loadBalancerAddress(0)
    static let me = DeviceID(user: UserID(0), index: 0)
    var configuration: ClientConfiguration
    var client = Client(device: Bench.me, port: 0, placement: Bench.placement, jitterSeed: 1)
    var now: UInt64 = 0
    var effects: [Effect] = []

    init(_ sequencing: SequencingMode, inFlightMax: Int = 1, attempts: UInt32 = 3, deduplicates: Bool = true) {
        func policy(_ attempts: UInt32) -> RetryPolicy {
            RetryPolicy(
                firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
                attemptsMax: attempts)
        }
        configuration = ClientConfiguration(
            sequencing: sequencing, inFlightMax: inFlightMax, retry: policy(attempts), reconnect: policy(0),
            connectTimeoutNanoseconds: 500, heartbeatPeriodNanoseconds: 1000, heartbeatTimeoutNanoseconds: 2500,
            deduplicates: deduplicates)
    }

    mutating func perform(_ body: (inout Client, ClientConfiguration, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&client, configuration, &outbox)
        effects = outbox.effects
    }

    mutating func receive(_ message: WireMessage, from source: Address = Bench.server) {
        let now = now
        perform { $0.receive(message, from: source, nowNanoseconds: now, configuration: $1, outbox: &$2) }
    }

    mutating func send(_ recipient: UInt32 = 1) {
        perform { $0.send(to: UserID(recipient), contentBytes: 10, configuration: $1, outbox: &$2) }
    }

    mutating func connect(head: UInt32 = 0) {
        perform { $0.connect(configuration: $1, outbox: &$2) }
        receive(.assigned(Bench.me, chatServer: 0), from: Bench.balancer)
        receive(.opened(Bench.me, head: head))
    }

    mutating func fire(_ kind: Client.TimerKind, _ value: UInt64) {
        let now = now
        perform {
            $0.fire(
                TimerToken(kind: kind.rawValue, value: value), nowNanoseconds: now, configuration: $1, outbox: &$2)
        }
    }

    /// The messages sent by the last input.
    var sent: [WireMessage] { effects.compactMap { if case .send(let message, _, _) = $0 { message } else { nil } } }

    /// What the last input made observers see.
    var observed: [Observation.Kind] {
        effects.compactMap { if case .observe(let observation) = $0 { observation.kind } else { nil } }
    }

    /// The messages that the last input made the device show, by ordinal.
    var shown: [UInt32] {
        effects.compactMap {
            if case .observe(let observation) = $0, observation.kind == .displayed {
                observation.message.clientMessageID.ordinal
            } else {
                nil
            }
        }
    }

    /// The device's own message number `ordinal`.
    static func own(_ ordinal: UInt32) -> MessageRecord {
        MessageRecord(
            id: MessageID(sender: me.user, clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
            recipient: UserID(1), contentBytes: 10)
    }

    /// A row with someone else's message.
    static func row(_ sequence: UInt32, ordinal: UInt32? = nil, time: UInt64 = 0) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(
                    sender: UserID(1),
                    clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal ?? sequence)),
                recipient: me.user, contentBytes: 10, timestampNanoseconds: time, sequence: sequence),
            isRecipients: true)
    }
}

@Suite("Client: connecting")
struct ClientConnectionTests {
    @Test("it asks a load balancer, opens a connection there, and beats")
    func connects() {
        var bench = Bench(.perUserSequence)
        bench.perform { $0.connect(configuration: $1, outbox: &$2) }
        #expect(bench.sent == [.resolve(Bench.me)])
        bench.receive(.assigned(Bench.me, chatServer: 0), from: Bench.balancer)
        #expect(bench.sent == [.open(Bench.me)])
        bench.receive(.opened(Bench.me, head: 0))
        #expect(bench.observed == [.connected])
        bench.now = 1000
        bench.fire(.heartbeat, UInt64(bench.client.connectionGeneration))
        #expect(bench.sent == [.heartbeat(Bench.me)])
    }

    @Test("a silent chat server is given up, and the device connects again")
    func silence() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.now = 2500
        bench.fire(.heartbeat, UInt64(bench.client.connectionGeneration))
        #expect(bench.observed == [.disconnected])
        bench.fire(.connect, UInt64(bench.client.connectionGeneration))
        #expect(bench.sent == [.resolve(Bench.me)])
    }

    @Test("a load balancer that does not answer is passed over after the time-out")
    func timeOut() {
        var bench = Bench(.perUserSequence)
        bench.perform { $0.connect(configuration: $1, outbox: &$2) }
        bench.fire(.connectTimeout, UInt64(bench.client.connectionGeneration))
        #expect(bench.sent.isEmpty && bench.client.connection == .waiting)
        bench.fire(.connect, UInt64(bench.client.connectionGeneration))
        #expect(bench.sent == [.resolve(Bench.me)])
    }

    @Test("a timer of an earlier connection does nothing")
    func staleTimer() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        let stale = UInt64(bench.client.connectionGeneration)
        bench.receive(.reset(Bench.me))
        bench.fire(.heartbeat, stale)
        #expect(bench.effects.isEmpty)
    }

    @Test("a device that goes offline says so and stays offline")
    func disconnects() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.perform { client, _, outbox in client.disconnect(outbox: &outbox) }
        #expect(bench.sent == [.close(Bench.me)])
        #expect(bench.observed == [.disconnected])
        bench.receive(.push(Bench.row(1), wantsReceipt: false))
        #expect(bench.effects.isEmpty)
    }
}

@Suite("Client: sending")
struct ClientSendingTests {
    @Test("a message waits while the device is offline and is submitted once it is online")
    func waits() {
        var bench = Bench(.perUserSequence)
        bench.send()
        #expect(bench.sent.isEmpty && bench.observed == [.sent])
        bench.connect()
        #expect(bench.sent == [.submit(Bench.own(0))])
    }

    @Test("a message that is not answered is submitted again, unchanged, until the budget is spent")
    func retries() {
        var bench = Bench(.perUserSequence, attempts: 3)
        bench.connect()
        bench.send()
        #expect(bench.sent == [.submit(Bench.own(0))])
        bench.fire(.retry, 1)
        #expect(bench.sent == [.submit(Bench.own(0))])
        bench.fire(.retry, 1)
        #expect(bench.effects.isEmpty, "the timer of the first attempt is stale")
        bench.fire(.retry, 2)
        #expect(bench.sent == [.submit(Bench.own(0))])
        bench.fire(.retry, 3)
        #expect(bench.observed == [.failed] && bench.sent.isEmpty)
    }

    @Test("with one in flight the next message waits for the first to be settled")
    func oneInFlight() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.send()
        bench.send()
        #expect(bench.sent.isEmpty)
        bench.receive(.accepted(Bench.own(0).id, sequence: 1, timestampNanoseconds: 5))
        #expect(bench.observed == [.acknowledged, .displayed])
        #expect(bench.sent == [.submit(Bench.own(1))])
    }

    @Test("with two in flight it does not")
    func twoInFlight() {
        var bench = Bench(.perUserSequence, inFlightMax: 2)
        bench.connect()
        bench.send()
        bench.send()
        #expect(bench.sent == [.submit(Bench.own(1))])
    }

    @Test("an undeliverable message is tried again by the timer, and given up at the end of the budget")
    func undelivered() {
        var bench = Bench(.perUserSequence, attempts: 2)
        bench.connect()
        bench.send()
        bench.receive(.undelivered(Bench.own(0).id))
        #expect(bench.effects.isEmpty)
        bench.fire(.retry, 1)
        #expect(bench.sent == [.submit(Bench.own(0))])
        bench.receive(.undelivered(Bench.own(0).id))
        #expect(bench.observed == [.failed])
    }

    @Test("an acknowledgement that comes twice counts once")
    func secondAcknowledgement() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.send()
        bench.receive(.accepted(Bench.own(0).id, sequence: 1, timestampNanoseconds: 5))
        bench.receive(.accepted(Bench.own(0).id, sequence: 1, timestampNanoseconds: 5))
        #expect(bench.effects.isEmpty)
    }

    @Test("what is unsettled is held, for the count at the end of a run")
    func held() {
        var bench = Bench(.perUserSequence)
        bench.send()
        bench.perform { client, _, outbox in client.reportHeld(outbox: &outbox) }
        #expect(bench.observed == [.held])
    }
}

@Suite("Client: showing")
struct ClientShowingTests {
    @Test("under timestamps the device shows its own message at once and others as they arrive")
    func timestamps() {
        var bench = Bench(.serverTimestamp)
        bench.connect()
        bench.send()
        #expect(bench.shown == [0])
        bench.receive(.push(Bench.row(2, ordinal: 12), wantsReceipt: false))
        #expect(bench.shown == [12])
        bench.receive(.push(Bench.row(1, ordinal: 11), wantsReceipt: false))
        #expect(bench.shown == [11], "it arrived later")
    }

    @Test("under sequence numbers it shows in order, and fetches what is missing")
    func sequence() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.receive(.push(Bench.row(2), wantsReceipt: false))
        #expect(bench.shown.isEmpty && bench.sent == [.fetch(Bench.me, after: 0)])
        bench.receive(.push(Bench.row(1), wantsReceipt: false))
        #expect(bench.shown == [1, 2])
    }

    @Test("a page is shown whole; under timestamps sorted by time")
    func pageByTime() {
        var bench = Bench(.serverTimestamp)
        bench.connect(head: 3)
        #expect(bench.sent == [.fetch(Bench.me, after: 0)])
        bench.receive(.push(Bench.row(4), wantsReceipt: false))
        #expect(bench.shown.isEmpty, "history comes first")
        for (sequence, time) in [(1, 300), (2, 100), (3, 200)] as [(UInt32, UInt64)] {
            bench.receive(.pageRow(Bench.row(sequence, time: time)))
        }
        bench.receive(.pageEnd(Bench.me, last: 3, head: 4))
        #expect(bench.shown == [2, 3, 1, 4])
    }

    @Test("a page that lost a row on the way is fetched again")
    func brokenPage() {
        var bench = Bench(.perUserSequence)
        bench.connect(head: 2)
        bench.receive(.pageRow(Bench.row(2)))
        bench.receive(.pageEnd(Bench.me, last: 2, head: 2))
        #expect(bench.shown.isEmpty)
        #expect(bench.sent == [.fetch(Bench.me, after: 0)])
    }

    @Test("a device goes on behind rows that are no longer kept for it")
    func expired() {
        var bench = Bench(.perUserSequence)
        bench.configuration.isRetentionLimited = true
        bench.connect(head: 4)
        bench.receive(.pageRow(Bench.row(4)))
        bench.receive(.pageEnd(Bench.me, last: 4, head: 4, missing: 2))
        #expect(bench.sent == [.fetch(Bench.me, after: 0)], "row 3 was lost on the way")
        bench.receive(.pageRow(Bench.row(3)))
        bench.receive(.pageRow(Bench.row(4)))
        bench.receive(.pageEnd(Bench.me, last: 4, head: 4, missing: 2))
        #expect(bench.observed == [.expired, .displayed, .displayed] && bench.shown == [3, 4])
        #expect(bench.sent == [.received(Bench.me, sequence: 4)])
    }

    @Test("a heartbeat that tells of a row that never came makes the device fetch it")
    func heartbeatGap() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.receive(.heartbeatReply(Bench.me, head: 1))
        #expect(bench.sent == [.fetch(Bench.me, after: 0)])
    }

    @Test("the same row twice is shown once, and so is the same message at another place")
    func duplicates() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.receive(.push(Bench.row(1, ordinal: 7), wantsReceipt: false))
        #expect(bench.shown == [7])
        bench.receive(.push(Bench.row(1, ordinal: 7), wantsReceipt: false))
        bench.receive(.push(Bench.row(2, ordinal: 7), wantsReceipt: false))
        #expect(bench.shown.isEmpty)
    }

    @Test("a device that does not look for duplicates shows a message at each of its places")
    func withoutDeduplication() {
        var bench = Bench(.perUserSequence, deduplicates: false)
        bench.connect()
        bench.receive(.push(Bench.row(1, ordinal: 7), wantsReceipt: false))
        bench.receive(.push(Bench.row(2, ordinal: 7), wantsReceipt: false))
        #expect(bench.shown == [7])
    }

    @Test("its own message in a page stands for the acknowledgement that got lost")
    func ownInPage() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.send()
        bench.receive(.heartbeatReply(Bench.me, head: 1))
        var record = Bench.own(0)
        record.sequence = 1
        bench.receive(.pageRow(MailboxRow(record: record, isRecipients: false)))
        bench.receive(.pageEnd(Bench.me, last: 1, head: 1))
        #expect(bench.observed == [.acknowledged, .displayed])
    }

    @Test("a receipt goes out when it is wanted and nothing is missing")
    func receipts() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.receive(.push(Bench.row(1), wantsReceipt: true))
        #expect(bench.sent == [.received(Bench.me, sequence: 1)])
        bench.receive(.push(Bench.row(2), wantsReceipt: false))
        #expect(bench.sent.isEmpty)
    }

    @Test("a mailbox that lost its tail hands the same places out again")
    func shorterMailbox() {
        var bench = Bench(.perUserSequence)
        bench.connect()
        bench.receive(.push(Bench.row(1), wantsReceipt: false))
        bench.receive(.push(Bench.row(2), wantsReceipt: false))
        bench.receive(.reset(Bench.me))
        bench.fire(.connect, UInt64(bench.client.connectionGeneration))
        bench.receive(.assigned(Bench.me, chatServer: 0), from: Bench.balancer)
        bench.receive(.opened(Bench.me, head: 1))
        bench.receive(.push(Bench.row(2, ordinal: 9), wantsReceipt: false))
        #expect(bench.shown == [9])
    }
}
