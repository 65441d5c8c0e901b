import Testing

@testable import Chat

/// A device without a lasting connection; the tests play its chat server.
private struct Bench {
    static let placement = Placement(firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1)
    static let server = placement.chatServerAddress(0)
    static let me = DeviceID(user: UserID(0), index: 0)
    var configuration: ClientConfiguration
    var client = Client(device: Bench.me, port: 0, placement: Bench.placement, jitterSeed: 1)
    var now: UInt64 = 0
    var outbox = Outbox()

    init(_ model: ConnectionConfiguration.Model, sequencing: SequencingMode = .perUserSequence) {
        let policy = RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 0)
        configuration = ClientConfiguration(
            sequencing: sequencing, inFlightMax: 1, retry: policy, reconnect: policy, connectTimeoutNanoseconds: 500,
            heartbeatPeriodNanoseconds: 10, heartbeatTimeoutNanoseconds: 4000,
            connection: ConnectionConfiguration(model: model, answerTimeoutNanoseconds: 300, headerBytes: 800))
    }

    mutating func connect(head: UInt32 = 0) {
        client.connect(configuration: configuration, outbox: &outbox)
        receive(.assigned(Self.me, chatServer: 0), from: Self.placement.loadBalancerAddress(0))
        receive(.opened(Self.me, head: head))
    }

    mutating func receive(_ message: WireMessage, rows: [MailboxRow] = [], from source: Address = Bench.server) {
        outbox.removeAll()
        MailboxRow.words(of: rows).withUnsafeBufferPointer { words in
            client.receive(
                message, from: source, attachment: words, nowNanoseconds: now, configuration: configuration,
                outbox: &outbox)
        }
    }

    /// Answers the request that is outstanding.
    mutating func answer(_ rows: [MailboxRow] = [], head: UInt32, missing: UInt32 = 0) {
        receive(
            .polled(Self.me, number: client.fetchGeneration, head: head, contentBytes: 0, missing: missing), rows: rows)
    }

    /// Lets the last timer of a kind that was asked for fire.
    mutating func fire(_ kind: Client.TimerKind) {
        guard let timer = timers.last(where: { $0.token.kind == kind.rawValue }) else {
            Issue.record("no timer \(kind) was asked for")
            return
        }
        outbox.removeAll()
        client.fire(timer.token, nowNanoseconds: now, configuration: configuration, outbox: &outbox)
    }

    var timers: [(token: TimerToken, wait: UInt64)] {
        outbox.effects.compactMap { if case .timer(let token, let wait) = $0 { (token, wait) } else { nil } }
    }
    var sent: [WireMessage] {
        outbox.effects.compactMap { if case .send(let message, _, _) = $0 { message } else { nil } }
    }
    /// The places up to which the requests sent by the last input say that the device has everything.
    var polledAfter: [UInt32] { sent.compactMap { if case .poll(_, let after, _) = $0 { after } else { nil } } }
    var shown: [UInt32] {
        outbox.effects.compactMap {
            guard case .observe(let observation) = $0, observation.kind == .displayed else { return nil }
            return observation.message.clientMessageID.ordinal
        }
    }

    static func row(_ sequence: UInt32, time: UInt64 = 0) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: sequence)),
                recipient: me.user, contentBytes: 10, timestampNanoseconds: time, sequence: sequence),
            isRecipients: true)
    }
}

@Suite("Client: asking for what is new")
struct ClientPollingTests {
    private static let longPoll = ConnectionConfiguration.Model.longPoll(holdNanoseconds: 2000)
    private static let poll = ConnectionConfiguration.Model.poll(periodNanoseconds: 700)

    @Test("with long polls one request is always outstanding, and no heartbeat is sent")
    func outstanding() {
        var bench = Bench(Self.longPoll)
        bench.connect()
        #expect(bench.polledAfter == [0])
        #expect(bench.timers.map(\.token.kind) == [Client.TimerKind.fetch.rawValue] && bench.timers[0].wait == 2300)
        bench.answer(head: 0)
        #expect(bench.polledAfter == [0])
        bench.answer([Bench.row(1), Bench.row(2)], head: 2)
        #expect(bench.shown == [1, 2] && bench.polledAfter == [2])
        #expect(bench.sent.count == 1, "the next request is the receipt")
    }

    @Test("with polls the device asks again a period after the answer, at once if there is more")
    func period() {
        var bench = Bench(Self.poll)
        bench.connect()
        bench.answer([Bench.row(1)], head: 3)
        #expect(bench.polledAfter == [1])
        bench.answer([Bench.row(2), Bench.row(3)], head: 3)
        #expect(bench.polledAfter.isEmpty && bench.timers.map(\.wait) == [700])
        bench.fire(.poll)
        #expect(bench.polledAfter == [3])
    }

    @Test("a device goes on behind rows that are no longer kept for it, be there others in the answer or not")
    func expired() {
        var bench = Bench(Self.longPoll)
        bench.configuration.isRetentionLimited = true
        bench.connect()
        bench.answer(head: 4, missing: 2)
        #expect(bench.shown.isEmpty && bench.polledAfter == [2] && bench.outbox.clientTally.expiredRows == 2)
        bench.answer([Bench.row(4)], head: 4, missing: 1)
        #expect(bench.shown == [4] && bench.polledAfter == [4])
    }

    @Test("an answer that does not come is asked for again, and one that comes too late is ignored")
    func lostAnswer() {
        var bench = Bench(Self.longPoll)
        bench.connect()
        let late = bench.client.fetchGeneration
        bench.now = 2300
        bench.fire(.fetch)
        #expect(bench.polledAfter == [0] && bench.outbox.clientTally.pollsTimedOut == 1)
        bench.receive(.polled(Bench.me, number: late, head: 1, contentBytes: 0), rows: [Bench.row(1)])
        #expect(bench.outbox.effects.isEmpty)
        bench.answer([Bench.row(1)], head: 1)
        #expect(bench.shown == [1])
    }

    @Test("a chat server that stays silent is given up")
    func silence() {
        var bench = Bench(Self.longPoll)
        bench.connect()
        bench.now = 2300
        bench.fire(.fetch)
        bench.now = 4600
        bench.fire(.fetch)
        #expect(!bench.client.isOnline && bench.outbox.clientTally.connectionsLost == 1)
        #expect(bench.polledAfter.isEmpty)
    }

    @Test("a device whose session is forgotten opens another and goes on from what it has")
    func reset() {
        var bench = Bench(Self.poll)
        bench.connect()
        bench.answer([Bench.row(1)], head: 1)
        bench.receive(.reset(Bench.me))
        bench.fire(.connect)
        #expect(bench.sent == [.resolve(Bench.me)])
        bench.receive(.assigned(Bench.me, chatServer: 0), from: Bench.placement.loadBalancerAddress(0))
        bench.receive(.opened(Bench.me, head: 2))
        #expect(bench.polledAfter == [1] && bench.outbox.clientTally.reconnects == 1)
    }

    @Test("an answer with a gap is not taken, but asked for again")
    func gap() {
        var bench = Bench(Self.longPoll)
        bench.connect()
        bench.answer([Bench.row(2)], head: 2)
        #expect(bench.shown.isEmpty && bench.polledAfter == [0])
    }

    @Test("under timestamps the rows of one answer are shown by time")
    func timestamps() {
        var bench = Bench(Self.poll, sequencing: .serverTimestamp)
        bench.connect()
        bench.answer([Bench.row(1, time: 9), Bench.row(2, time: 5)], head: 2)
        #expect(bench.shown == [2, 1])
    }
}
