import Testing

@testable import Chat

/// A device that starts connected, and rests whenever it can.
private struct Bench {
    static let placement = Placement(firstProcess: 0, loadBalancerCount: 1, chatServerCount: 2, storageServerCount: 1)
    static let me = DeviceID(user: UserID(1), index: 0)
    static let server = placement.chatServerAddress(1)
    let configuration: ClientConfiguration = {
        let retry = RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 3)
        return ClientConfiguration(
            sequencing: .perUserSequence, inFlightMax: 1, retry: retry, reconnect: retry,
            connectTimeoutNanoseconds: 500, heartbeatPeriodNanoseconds: 1000, heartbeatTimeoutNanoseconds: 2500)
    }()
    var resting: RestingClient? = .new
    var client: Client?
    var outbox = Outbox()
    var wakeCount: UInt32 = 0

    mutating func perform(_ body: (inout Client, ClientConfiguration, inout Outbox) -> Void) {
        outbox.removeAll()
        wakeCount += 1
        var awake =
            client
            ?? Client(
                resting ?? .new, device: Self.me, port: 7, placement: Self.placement, chatServer: 1,
                generation: wakeCount << 10, jitterSeed: 1, nowNanoseconds: 0)
        body(&awake, configuration, &outbox)
        resting = awake.resting(choice: awake.connectedServer == 1 ? 0 : nil)
        client = resting == nil ? awake : nil
    }

    mutating func receive(_ message: WireMessage) {
        perform { $0.receive(message, from: Self.server, nowNanoseconds: 0, configuration: $1, outbox: &$2) }
    }

    mutating func send() { perform { $0.send(to: UserID(2), contentBytes: 10, configuration: $1, outbox: &$2) } }

    static func row(_ place: UInt32) -> MailboxRow {
        var record = MessageRecord(
            id: MessageID(sender: UserID(2), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: place)),
            recipient: me.user, contentBytes: 10)
        record.sequence = place
        return MailboxRow(record: record, isRecipients: true)
    }

    var sent: [WireMessage] {
        outbox.effects.compactMap { if case .send(let message, _, _) = $0 { message } else { nil } }
    }
    var shown: [UInt32] {
        outbox.effects.compactMap {
            if case .observe(let observation) = $0, observation.kind == .displayed { observation.sequence } else { nil }
        }
    }
}

@Suite("Client: at rest")
struct RestingClientTests {
    @Test("it goes on where it was: with the next message, and the next place")
    func goesOn() {
        var bench = Bench()
        for place: UInt32 in 1...3 {
            bench.receive(.push(Bench.row(place), wantsReceipt: false))
            #expect(bench.shown == [place] && bench.resting != nil)
        }
        for ordinal: UInt32 in 0...1 {
            bench.send()
            guard case .submit(let record)? = bench.sent.first else {
                Issue.record("nothing is submitted")
                return
            }
            #expect(record.id.clientMessageID.ordinal == ordinal)
            #expect(bench.resting == nil, "it waits for the answer")
            bench.receive(.accepted(record.id, sequence: 4 + ordinal, timestampNanoseconds: 1))
            #expect(bench.shown == [4 + ordinal] && bench.resting != nil)
        }
    }

    @Test("it does not rest while it lacks a row")
    func gap() {
        var bench = Bench()
        bench.receive(.push(Bench.row(2), wantsReceipt: false))
        #expect(bench.sent == [.fetch(Bench.me, after: 0)] && bench.resting == nil)
        for place: UInt32 in 1...2 { bench.receive(.pageRow(Bench.row(place))) }
        bench.receive(.pageEnd(Bench.me, last: 2, head: 2))
        #expect(bench.shown == [1, 2] && bench.resting != nil)
    }

    @Test("a timer that it asked for before it rested is stale")
    func staleTimer() throws {
        var bench = Bench()
        bench.send()
        let token = try #require(
            bench.outbox.effects.lazy.compactMap { if case .timer(let token, _) = $0 { token } else { nil } }.first)
        bench.receive(
            .accepted(
                MessageID(sender: Bench.me.user, clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: 0)),
                sequence: 1,
                timestampNanoseconds: 1))
        bench.send()
        bench.perform { $0.fire(token, nowNanoseconds: 0, configuration: $1, outbox: &$2) }
        #expect(bench.sent.isEmpty, "the message that it was for is settled")
    }

    @Test("a device that lost its connection rests while it waits, and connects again when its wait is over")
    func waits() throws {
        var bench = Bench()
        for place: UInt32 in 1...2 { bench.receive(.push(Bench.row(place), wantsReceipt: false)) }
        for attempt: UInt64 in 1...3 {
            bench.receive(.reset(Bench.me))
            #expect(try #require(bench.resting).isWaiting == true)
            #expect(
                bench.outbox.effects.contains {
                    if case .timer(let token, 100) = $0 { token.kind == Client.connectTimerKind } else { false }
                })
            bench.perform { $0.waitIsOver(configuration: $1, outbox: &$2) }
            #expect(bench.sent == [.resolve(Bench.me)] && bench.resting == nil)
            bench.receive(.assigned(Bench.me, chatServer: 1))
            bench.receive(.opened(Bench.me, head: 2))
            #expect(try #require(bench.resting).isWaiting == false)
            var metrics = Metrics()
            bench.outbox.clientTally.recovery.note(atNanoseconds: attempt * 1_000_000_000)
            bench.outbox.clientTally.recovery.report(into: &metrics)
            #expect(metrics["recovery.lost"] == attempt && metrics["recovery.back"] == attempt)
        }
        bench.receive(.push(Bench.row(3), wantsReceipt: false))
        #expect(bench.shown == [3], "it knows what it had shown")
    }

    @Test("a device whose user does not want it to be online rests, and goes on where it was once the user does")
    func offline() throws {
        var bench = Bench()
        for place: UInt32 in 1...2 { bench.receive(.push(Bench.row(place), wantsReceipt: false)) }
        bench.perform { $0.disconnect(outbox: &$2) }
        #expect(bench.sent == [.close(Bench.me)])
        let offline = try #require(bench.resting)
        #expect(
            !offline.isOnline && !offline.isWaiting && RestingClient.new.isOnline && !RestingClient.offline.isOnline)
        bench.perform { $0.connect(configuration: $1, outbox: &$2) }
        #expect(bench.sent == [.resolve(Bench.me)] && bench.resting == nil)
        bench.receive(.assigned(Bench.me, chatServer: 1))
        bench.receive(.opened(Bench.me, head: 2))
        #expect(try #require(bench.resting).isOnline)
        bench.receive(.push(Bench.row(3), wantsReceipt: false))
        #expect(bench.shown == [3], "it knows what it had shown")
    }

    @Test("a device with a message that is not settled does not rest when its user goes")
    func offlineWithMessage() {
        var bench = Bench()
        bench.send()
        bench.perform { $0.disconnect(outbox: &$2) }
        #expect(bench.resting == nil)
    }

    @Test("a wait grows with each failure, also over rests, and a device that has too much to remember does not rest")
    func backoff() {
        var bench = Bench()
        bench.receive(.reset(Bench.me))
        var waits: [UInt64] = []
        for _ in 0..<2 {
            bench.perform { $0.waitIsOver(configuration: $1, outbox: &$2) }
            bench.receive(.assigned(Bench.me, chatServer: 1))
            bench.receive(.refused(Bench.me))
            waits += bench.outbox.effects.compactMap { if case .timer(_, let wait) = $0 { wait } else { nil } }
        }
        // The third failure is the last that the policy allows.
        #expect(waits == [200] && bench.client?.isOnline == false && bench.resting == nil)
    }

    @Test("a user who sends while the device waits is served when it is online again")
    func sendsWhileWaiting() {
        var bench = Bench()
        bench.receive(.reset(Bench.me))
        bench.send()
        #expect(bench.sent.isEmpty && bench.resting == nil)
        bench.perform { $0.waitIsOver(configuration: $1, outbox: &$2) }
        bench.receive(.assigned(Bench.me, chatServer: 1))
        bench.receive(.opened(Bench.me, head: 0))
        guard case .submit? = bench.sent.last else {
            Issue.record("nothing is submitted")
            return
        }
    }

    @Test("a device that has another server than the one it is looked for at does not rest")
    func elsewhere() {
        var client = Client(
            .new, device: Bench.me, port: 0, placement: Bench.placement, chatServer: 0, generation: 0, jitterSeed: 1,
            nowNanoseconds: 0)
        let (elsewhere, here) = (client.resting(choice: nil), client.resting(choice: 0))
        #expect(elsewhere == nil && here == .new)
    }

    @Test("a device awaits the time-out of a message until that is answered")
    func awaitsAnswers() throws {
        var bench = Bench()
        bench.send()
        let effects = bench.outbox.effects
        let retry = try #require(
            effects.lazy.compactMap { if case .timer(let token, _) = $0 { token } else { nil } }.first)
        #expect(Client.isTimeout(retry) && bench.client?.awaits(retry) == true)
        guard case .submit(let record)? = bench.sent.first else {
            Issue.record("\(bench.sent)")
            return
        }
        bench.perform {
            $0.receive(
                .accepted(record.id, sequence: 1, timestampNanoseconds: 1), from: Bench.server, nowNanoseconds: 0,
                configuration: $1, outbox: &$2)
            #expect(!$0.awaits(retry))
        }
        #expect(bench.resting != nil)
    }

    @Test(
        "a device that connects awaits an answer to each of its questions, and none once it is online, though it wakes again"
    )
    func awaitsConnection() throws {
        var bench = Bench()
        /// The timer that the device has asked for last.
        func asked() throws -> TimerToken {
            try #require(
                bench.outbox.effects.lazy.compactMap { if case .timer(let token, _) = $0 { token } else { nil } }.last)
        }
        bench.receive(.reset(Bench.me))
        let wait = try asked()
        #expect(!Client.isTimeout(wait) && wait.kind == Client.connectTimerKind)
        bench.perform { $0.waitIsOver(configuration: $1, outbox: &$2) }
        let balancer = try asked()
        #expect(Client.isTimeout(balancer) && bench.client?.awaits(balancer) == true)
        bench.receive(.assigned(Bench.me, chatServer: 1))
        let server = try asked()
        #expect(Client.isTimeout(server) && bench.client?.awaits(server) == true)
        #expect(bench.client?.awaits(balancer) == false)
        bench.receive(.opened(Bench.me, head: 0))
        #expect(bench.resting != nil)
        bench.receive(.reset(Bench.me))
        bench.perform { $0.waitIsOver(configuration: $1, outbox: &$2) }
        #expect(bench.client?.awaits(balancer) == false && bench.client?.awaits(server) == false)
        let again = try asked()
        #expect(bench.client?.awaits(again) == true)
        bench.perform { $0.fire(server, nowNanoseconds: 0, configuration: $1, outbox: &$2) }
        #expect(bench.outbox.effects.isEmpty && bench.resting == nil, "a stale time-out does nothing")
        bench.perform { $0.fire(again, nowNanoseconds: 0, configuration: $1, outbox: &$2) }
        #expect(bench.resting?.isWaiting == true, "one that is awaited lets it wait for the next attempt")
    }

    @Test("a device that wakes in the place of another is one that has rested, and keeps nothing of the other")
    func wakesInPlace() {
        func rested() -> Client {
            Client(
                RestingClient(onlineAt: 0, cursor: 4, ordinal: 2), device: Bench.me, port: 7,
                placement: Bench.placement, chatServer: 1, generation: 5, jitterSeed: 3, nowNanoseconds: 9)
        }
        var (other, outbox) = (rested(), Outbox())
        other.send(to: UserID(2), contentBytes: 10, configuration: Bench().configuration, outbox: &outbox)
        other.wake(
            RestingClient(onlineAt: 0, cursor: 4, ordinal: 2), device: Bench.me, port: 7, placement: Bench.placement,
            chatServer: 1, generation: 5, jitterSeed: 3, nowNanoseconds: 9)
        #expect(String(reflecting: other) == String(reflecting: rested()))
    }
}
