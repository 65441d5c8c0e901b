import Testing

@testable import Chat

private typealias Bench = ChatServerBench

@Suite("Chat server: connections")
struct ChatServerConnectionTests {
    @Test("a connection opens once the mailbox is loaded")
    func opens() {
        var bench = Bench()
        let phone = Bench.device(0)
        bench.receive(.open(phone), from: Bench.address(phone))
        #expect(bench.storageRequests.map(\.0) == [.load(UserID(0), epoch: 1, limit: 64)])
        bench.answerStorage()
        #expect(bench.sent(to: Bench.address(phone)) == [.opened(phone, head: 0)])
        #expect(bench.server.connectionCount == 1)
    }

    @Test("a full server refuses the next device, but not one that it has")
    func capacity() {
        var bench = Bench(connectionsMax: 1)
        bench.connect(Bench.device(0))
        bench.connect(Bench.device(2))
        #expect(bench.sent(to: Bench.address(Bench.device(2))) == [.refused(Bench.device(2))])
        bench.connect(Bench.device(0))
        #expect(bench.sent(to: Bench.address(Bench.device(0))) == [.opened(Bench.device(0), head: 0)])
    }

    @Test("words from a device without a connection are answered by a reset")
    func reset() {
        var bench = Bench()
        let phone = Bench.device(0)
        for message: WireMessage in [
            .heartbeat(phone), .submit(Bench.message(0, from: 0, to: 1)), .fetch(phone, after: 0),
            .received(phone, sequence: 1),
        ] {
            bench.receive(message, from: Bench.address(phone))
            #expect(bench.sent(to: Bench.address(phone)) == [.reset(phone)])
        }
    }

    @Test("a silent device is given up")
    func silence() {
        var bench = Bench()
        bench.connect(Bench.device(0))
        bench.now = 1000
        var outbox = Outbox()
        bench.server.fire(
            TimerToken(kind: ChatServer.TimerKind.sweep.rawValue, value: 0), nowNanoseconds: 1000, outbox: &outbox)
        #expect(bench.server.connectionCount == 0)
    }
}

@Suite("Chat server: messages")
struct ChatServerMessageTests {
    private let phone = Bench.device(0)
    private let message = Bench.message(0, from: 0, to: 1)

    @Test("after receive, it acknowledges, forwards and stores at once")
    func afterReceive() {
        var bench = Bench()
        bench.connect(phone)
        bench.now = 77
        bench.submit(message)
        #expect(
            bench.sent(to: Bench.address(phone)) == [.accepted(message.id, sequence: 1, timestampNanoseconds: 77)])
        #expect(bench.sent(to: Bench.other).count == 1)
        #expect(bench.storageRequests.count == 1)
    }

    @Test("after log, it does nothing before the sync")
    func afterLog() {
        var bench = Bench(.afterLog)
        bench.connect(phone)
        bench.submit(message)
        #expect(bench.effects == [.sync(bytes: 58)])
        bench.sync()
        #expect(bench.sent(to: Bench.address(phone)).count == 1 && bench.sent(to: Bench.other).count == 1)
    }

    @Test("after store, the recipient's server comes first, then the sender's row, then the acknowledgement")
    func afterStore() {
        var bench = Bench(.afterStore)
        bench.connect(phone)
        bench.submit(message)
        #expect(bench.sent(to: Bench.other).count == 1 && bench.storageRequests.isEmpty)
        bench.receive(.forwarded(message.id, delivered: true), from: Bench.other)
        #expect(bench.storageRequests.count == 1 && bench.sent(to: Bench.address(phone)).isEmpty)
        bench.answerStorage()
        #expect(bench.sent(to: Bench.address(phone)).count == 1)
    }

    @Test("a message that comes again is acknowledged again and stored once")
    func deduplication() {
        var bench = Bench()
        bench.connect(phone)
        bench.submit(message)
        bench.submit(message)
        #expect(bench.observed(.duplicateSuppressed) == 1)
        #expect(
            bench.sent(to: Bench.address(phone)) == [.accepted(message.id, sequence: 1, timestampNanoseconds: 0)])
        #expect(bench.storageRequests.isEmpty && bench.sent(to: Bench.other).isEmpty)
    }

    @Test("a server that does not look for duplicates gives a message that comes again another place")
    func withoutDeduplication() {
        var bench = Bench(deduplicates: false)
        bench.connect(phone)
        bench.submit(message)
        bench.receive(.forwarded(message.id, delivered: true), from: Bench.other)
        bench.submit(message)
        #expect(bench.observed(.duplicateSuppressed) == 0)
        #expect(
            bench.sent(to: Bench.address(phone)) == [.accepted(message.id, sequence: 2, timestampNanoseconds: 0)])
        #expect(bench.sent(to: Bench.other).count == 1)
    }

    @Test("a forwarded message that comes again is answered again and pushed once")
    func forwardedTwice() {
        var bench = Bench()
        bench.connect(phone)
        let incoming = Bench.message(0, from: 1, to: 0)
        bench.receive(.forward(incoming), from: Bench.other)
        #expect(bench.sent(to: Bench.address(phone)).count == 1)
        #expect(bench.sent(to: Bench.other) == [.forwarded(incoming.id, delivered: true)])
        bench.receive(.forward(incoming), from: Bench.other)
        #expect(bench.sent(to: Bench.address(phone)).isEmpty)
        #expect(bench.sent(to: Bench.other) == [.forwarded(incoming.id, delivered: true)])
    }

    @Test("the sender's other devices get the message, the sending one its acknowledgement")
    func otherDevices() {
        var bench = Bench()
        let laptop = Bench.device(0, 1)
        bench.connect(phone)
        bench.connect(laptop)
        bench.submit(message)
        #expect(bench.sent(to: Bench.address(laptop)).count == 1)
        guard case .push = bench.sent(to: Bench.address(laptop)).first else {
            Issue.record("unexpected effect")
            return
        }
        guard case .accepted = bench.sent(to: Bench.address(phone)).first else {
            Issue.record("unexpected effect")
            return
        }
    }

    @Test("of two messages to one user the second is forwarded once the first is answered")
    func lanes() {
        var bench = Bench()
        bench.connect(phone)
        bench.submit(message)
        bench.submit(Bench.message(1, from: 0, to: 1))
        #expect(bench.sent(to: Bench.other).isEmpty)
        bench.submit(Bench.message(2, from: 0, to: 3))
        #expect(bench.sent(to: Bench.other).count == 1, "another user's lane is free")
        bench.receive(.forwarded(message.id, delivered: true), from: Bench.other)
        #expect(bench.sent(to: Bench.other).count == 1)
    }

    @Test("with notify, a recipient who is offline is reported and nothing is kept")
    func notifyOffline() {
        var bench = Bench(offline: .notify)
        bench.connect(phone)
        let toSelfServer = Bench.message(0, from: 0, to: 2)
        bench.submit(toSelfServer)
        bench.answerStorage()
        #expect(bench.sent(to: Bench.address(phone)) == [.undelivered(toSelfServer.id)])
        #expect(bench.observed(.assigned) == 0)
    }

    @Test("with notify, a message counts as delivered once a device has it")
    func notifyReceipt() {
        var bench = Bench(offline: .notify)
        bench.connect(phone)
        let incoming = Bench.message(0, from: 1, to: 0)
        bench.receive(.forward(incoming), from: Bench.other)
        #expect(bench.sent(to: Bench.other).isEmpty)
        bench.receive(.received(phone, sequence: 1), from: Bench.address(phone))
        #expect(bench.sent(to: Bench.other) == [.forwarded(incoming.id, delivered: true)])
    }
}

@Suite("Chat server: crashes")
struct ChatServerCrashTests {
    private let phone = Bench.device(0)
    private let message = Bench.message(0, from: 0, to: 1)

    private func restart(_ bench: inout Bench) {
        bench.server.crash()
        var outbox = Outbox()
        bench.server.restart(jitterSeed: 2, nowNanoseconds: 0, outbox: &outbox)
        bench.effects = outbox.effects
    }

    @Test("what was only received is gone")
    func volatileState() {
        var bench = Bench(storeDelay: 1000)
        bench.connect(phone)
        bench.submit(message)
        restart(&bench)
        #expect(bench.effects.isEmpty && bench.server.connectionCount == 0)
    }

    @Test("what was on the log is stored and forwarded again, at the place that it had")
    func log() {
        var bench = Bench(.afterLog, storeDelay: 1000)
        bench.connect(phone)
        bench.submit(message)
        bench.sync()
        restart(&bench)
        #expect(bench.storageRequests.map(\.0) == [.load(UserID(0), epoch: 2, limit: 64)])
        bench.answerStorage()
        #expect(bench.sent(to: Bench.other).count == 1)
        guard case .put(let row, let epoch) = bench.storageRequests.last?.0 else {
            Issue.record("unexpected effect")
            return
        }
        #expect(row.record.id == message.id && row.record.sequence == 1 && epoch == 2)
        bench.connect(phone)
        #expect(bench.sent(to: Bench.address(phone)) == [.opened(phone, head: 1)])
    }

    @Test("what waited for the sync is gone, and its place is given again")
    func unsynced() {
        var bench = Bench(.afterLog)
        bench.connect(phone)
        bench.submit(message)
        restart(&bench)
        bench.connect(phone)
        bench.submit(Bench.message(1, from: 0, to: 1))
        bench.sync()
        #expect(
            bench.sent(to: Bench.address(phone)) == [
                .accepted(Bench.message(1, from: 0, to: 1).id, sequence: 1, timestampNanoseconds: 0)
            ])
    }

    @Test("a request to the storage that is not answered is repeated over a new connection")
    func storageRetry() throws {
        var bench = Bench()
        bench.receive(.open(phone), from: Bench.address(phone))
        let port = try #require(bench.storageRequests.first).port
        func fire(_ kind: ChatServer.TimerKind, _ value: UInt64) {
            var outbox = Outbox()
            bench.server.fire(TimerToken(kind: kind.rawValue, value: value), nowNanoseconds: 0, outbox: &outbox)
            bench.effects = outbox.effects
        }
        fire(.poolTimeout, 1 << 32 | UInt64(port))
        guard case .timer(let token, 100) = bench.effects.first else {
            Issue.record("unexpected effect")
            return
        }
        fire(.poolRetry, token.value)
        let again = try #require(bench.storageRequests.first)
        #expect(again.0 == .load(UserID(0), epoch: 1, limit: 64) && again.port != port)
    }
}
