import Testing

@testable import Chat

/// A device whose user reads of the past; the tests play its chat server.
private struct Bench {
    static let placement = Placement(firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1)
    static let server = placement.chatServerAddress(0)
    static let me = DeviceID(user: UserID(0), index: 0)
    let configuration: ClientConfiguration
    var client = Client(device: Bench.me, port: 0, placement: Bench.placement, jitterSeed: 1)
    var outbox = Outbox()

    init(_ anchor: PageAnchor = .byCursor) {
        let policy = RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 0)
        configuration = ClientConfiguration(
            sequencing: .perUserSequence, inFlightMax: 1, retry: policy, reconnect: policy,
            connectTimeoutNanoseconds: 500, heartbeatPeriodNanoseconds: 1000, heartbeatTimeoutNanoseconds: 2500,
            pages: anchor)
    }

    mutating func connect() {
        client.connect(configuration: configuration, outbox: &outbox)
        receive(.assigned(Self.me, chatServer: 0), from: Self.placement.loadBalancerAddress(0))
        receive(.opened(Self.me, head: 0))
    }

    mutating func receive(_ message: WireMessage, places: [UInt32] = [], from source: Address = Bench.server) {
        outbox.removeAll()
        let rows = places.map { place in
            MailboxRow(
                record: MessageRecord(
                    id: MessageID(sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: place)),
                    recipient: Self.me.user, contentBytes: 1, sequence: place),
                isRecipients: true)
        }
        MailboxRow.words(of: rows).withUnsafeBufferPointer { words in
            client.receive(
                message, from: source, attachment: words, nowNanoseconds: 0, configuration: configuration,
                outbox: &outbox)
        }
    }

    mutating func read(size: UInt32 = 2, pages: UInt32 = 0, pause: UInt64 = 0) {
        outbox.removeAll()
        client.read(
            PageWish(
                counterpart: nil, size: size, pagesMax: pages, sinceNanoseconds: 0, pauseNanoseconds: pause),
            configuration: configuration, outbox: &outbox)
    }

    mutating func answer(_ places: [UInt32], head: UInt32, isLast: Bool = false) {
        receive(
            .pages(
                .page(
                    Self.me, number: client.pageRequestNumber, head: head, before: places.last ?? 1, isLast: isLast,
                    contentBytes: 0)), places: places)
    }

    mutating func fireLastTimer() {
        guard case .timer(let token, _)? = outbox.effects.last(where: { if case .timer = $0 { true } else { false } })
        else {
            Issue.record("no timer was asked for")
            return
        }
        outbox.removeAll()
        client.fire(token, nowNanoseconds: 0, configuration: configuration, outbox: &outbox)
    }

    /// Where the pages begin that the last input asked for.
    var starts: [PageRequest.Start] {
        outbox.effects.compactMap {
            if case .send(.pages(.request(let request)), _, _) = $0 { request.start } else { nil }
        }
    }
    var observed: [Observation] {
        outbox.effects.compactMap { if case .observe(let observation) = $0 { observation } else { nil } }
    }
}

@Suite("Client: reading of the past")
struct ClientPagesTests {
    @Test("by cursor, each page begins where the one before ended, until the last")
    func cursor() {
        var bench = Bench()
        bench.connect()
        bench.read()
        #expect(bench.starts == [.before(0)])
        bench.answer([5, 4], head: 5)
        #expect(
            bench.observed.map(\.kind) == [.messageWalkBegan, .pageRow, .pageRow] && bench.observed[0].sequence == 5)
        #expect(bench.starts == [.before(4)])
        bench.answer([3, 2], head: 6)
        bench.answer([1], head: 6, isLast: true)
        #expect(bench.observed.map(\.kind) == [.pageRow, .pageWalkEnded] && bench.starts.isEmpty)
        #expect(bench.outbox.clientTally.pages == 3 && bench.outbox.clientTally.pageRowsRepeated == 0)
    }

    @Test("by offset, each page skips those before, and a row that comes again is counted")
    func offset() {
        var bench = Bench(.byOffset)
        bench.connect()
        bench.read()
        #expect(bench.starts == [.skipping(pages: 0)])
        bench.answer([5, 4], head: 5)
        #expect(bench.starts == [.skipping(pages: 1)])
        bench.answer([4, 3], head: 6)
        #expect(bench.outbox.clientTally.pageRowsRepeated == 1)
    }

    @Test("no more pages are fetched than are wanted")
    func some() {
        var bench = Bench()
        bench.connect()
        bench.read(pages: 1)
        bench.answer([5, 4], head: 5)
        #expect(bench.starts.isEmpty)
        #expect(bench.observed.last?.kind == .pageWalkEnded && bench.observed.last?.sequence == 2)
    }

    @Test("a page that does not come is asked for again, and one that comes too late is ignored")
    func lost() {
        var bench = Bench()
        bench.connect()
        bench.read()
        let late = bench.client.pageRequestNumber
        bench.fireLastTimer()
        #expect(bench.starts == [.before(0)])
        bench.receive(
            .pages(.page(Bench.me, number: late, head: 2, before: 1, isLast: true, contentBytes: 0)), places: [2, 1])
        #expect(bench.outbox.effects.isEmpty)
    }

    @Test("the user looks at a page before the next is asked for")
    func pause() {
        var bench = Bench()
        bench.connect()
        bench.read(pause: 700)
        bench.answer([5, 4], head: 5)
        #expect(bench.starts.isEmpty)
        bench.fireLastTimer()
        #expect(bench.starts == [.before(4)])
    }

    @Test("an offline device reads once it is online, one wish after the other, and goes on where it was interrupted")
    func offline() {
        var bench = Bench()
        bench.read()
        bench.read(size: 9)
        #expect(bench.starts.isEmpty)
        bench.connect()
        #expect(bench.starts == [.before(0)])
        bench.answer([5, 4], head: 5)
        bench.receive(.reset(Bench.me))
        bench.fireLastTimer()
        bench.receive(.assigned(Bench.me, chatServer: 0), from: Bench.placement.loadBalancerAddress(0))
        bench.receive(.opened(Bench.me, head: 5))
        #expect(bench.starts == [.before(4)])
        bench.answer([3, 2, 1], head: 5, isLast: true)
        #expect(bench.starts == [.before(0)], "the second wish")
    }
}
