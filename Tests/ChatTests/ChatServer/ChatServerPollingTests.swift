import Testing

@testable import Chat

/// A chat server whose devices ask for what is new; the tests play devices and the storage.
private struct Bench {
    static let placement = Placement(firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1)
    static let storage = placement.storageServerAddress(0)
    static let alice = DeviceID(user: UserID(0), index: 0)
    static let bob = DeviceID(user: UserID(1), index: 0)
    static let laptop = DeviceID(user: UserID(1), index: 1)
    var server: ChatServer
    var now: UInt64 = 0
    var outbox = Outbox()

    init(
        _ model: ConnectionConfiguration.Model = .longPoll(holdNanoseconds: 1000),
        offline: OfflinePolicy = .storeAndRedeliver
    ) {
        server = ChatServer(
            number: 0, placement: Self.placement,
            configuration: ChatServerConfiguration(
                acknowledge: .afterReceive, offline: offline, connectionsMax: 10, heartbeatTimeoutNanoseconds: 1500,
                sweepPeriodNanoseconds: 400, poolConnectionsPerStorageServer: 4, storeDelayNanoseconds: 0,
                requestTimeoutNanoseconds: 200,
                requestRetry: RetryPolicy(
                    firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
                    attemptsMax: 0),
                connection: ConnectionConfiguration(model: model, answerTimeoutNanoseconds: 300, headerBytes: 800)),
            jitterSeed: 1)
    }

    static func address(_ device: DeviceID) -> Address {
        Address(process: 100 + device.user.rawValue * 10 + UInt32(device.index))
    }

    mutating func receive(_ message: WireMessage, from source: Address, port: UInt32 = 0) {
        outbox.removeAll()
        server.receive(message, from: source, atPort: port, nowNanoseconds: now, outbox: &outbox)
    }

    mutating func connect(_ device: DeviceID) {
        receive(.open(device), from: Self.address(device))
        for (message, port) in storageRequests {
            guard case .load(let user, _, _) = message else { continue }
            receive(.rowsEnd(user, count: 0, head: 0), from: Self.storage, port: port)
        }
    }

    mutating func poll(_ device: DeviceID, after: UInt32, number: UInt32) {
        receive(.poll(device, after: after, number: number), from: Self.address(device))
    }

    mutating func send(_ ordinal: UInt32, from sender: DeviceID = Bench.alice, to recipient: DeviceID = Bench.bob) {
        let id = MessageID(
            sender: sender.user, clientMessageID: ClientMessageID(deviceIndex: sender.index, ordinal: ordinal))
        receive(
            .submit(MessageRecord(id: id, recipient: recipient.user, contentBytes: 10)), from: Self.address(sender))
    }

    mutating func expireHold(of device: DeviceID, number: UInt32) {
        outbox.removeAll()
        server.fire(
            TimerToken(kind: ChatServer.TimerKind.hold.rawValue, value: UInt64(number) << 36 | device.word),
            nowNanoseconds: now, outbox: &outbox)
    }

    /// The answers that the last input sent to a device: to which request, with which places.
    func answers(to device: DeviceID) -> [Answer] {
        outbox.effects.compactMap { effect in
            switch effect {
            case .send(.polled(_, let number, _, _, _), Self.address(device), _):
                return Answer(number: number, places: [])
            case .sendAttached(.polled(_, let number, _, _, _), Self.address(device), _, let first, let count):
                let words = Array(outbox.words[Int(first)..<Int(first + count)])
                return words.withUnsafeBufferPointer { words in
                    Answer(
                        number: number,
                        places: (0..<words.count / 4).map { MailboxRow(words, index: $0).record.sequence })
                }
            default: return nil
            }
        }
    }

    var storageRequests: [(WireMessage, port: UInt32)] {
        outbox.effects.compactMap {
            if case .send(let message, Self.storage, let port) = $0 { (message, port) } else { nil }
        }
    }
    var holdTimers: Int {
        outbox.effects.count {
            if case .timer(let token, 1000) = $0 { token.kind == ChatServer.TimerKind.hold.rawValue } else { false }
        }
    }

    struct Answer: Equatable {
        let number: UInt32
        let places: [UInt32]
    }
}

@Suite("Chat server: devices that ask for what is new")
struct ChatServerPollingTests {
    @Test("a request is held until there is something, and is then answered once")
    func held() {
        var bench = Bench()
        for device in [Bench.alice, Bench.bob] { bench.connect(device) }
        bench.poll(Bench.bob, after: 0, number: 1)
        #expect(bench.answers(to: Bench.bob).isEmpty && bench.holdTimers == 1)
        bench.send(0)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 1, places: [1])])
        bench.send(1)
        #expect(bench.answers(to: Bench.bob).isEmpty)
        bench.expireHold(of: Bench.bob, number: 1)
        #expect(bench.outbox.effects.isEmpty, "the request was answered before")
    }

    @Test("what arrives between two requests is in the answer to the second, at once and without what the device has")
    func between() {
        var bench = Bench()
        for device in [Bench.alice, Bench.bob] { bench.connect(device) }
        bench.poll(Bench.bob, after: 0, number: 1)
        bench.send(0)
        bench.send(1)
        bench.poll(Bench.bob, after: 1, number: 2)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 2, places: [2])] && bench.holdTimers == 0)
    }

    @Test("a lost answer is repeated in the answer to the next request")
    func lostAnswer() {
        var bench = Bench()
        for device in [Bench.alice, Bench.bob] { bench.connect(device) }
        bench.poll(Bench.bob, after: 0, number: 1)
        bench.send(0)
        bench.poll(Bench.bob, after: 0, number: 2)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 2, places: [1])])
    }

    @Test("a request whose time is up is answered with nothing")
    func timeUp() {
        var bench = Bench()
        bench.connect(Bench.bob)
        bench.poll(Bench.bob, after: 0, number: 1)
        bench.expireHold(of: Bench.bob, number: 1)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 1, places: [])])
        #expect(bench.server.connectionTally.holdsTimedOut == 1 && bench.server.connectionTally.emptyAnswers == 1)
    }

    @Test("a newer request takes the place of one that is held")
    func replaced() {
        var bench = Bench()
        for device in [Bench.alice, Bench.bob] { bench.connect(device) }
        bench.poll(Bench.bob, after: 0, number: 1)
        bench.poll(Bench.bob, after: 0, number: 2)
        bench.expireHold(of: Bench.bob, number: 1)
        #expect(bench.outbox.effects.isEmpty)
        bench.send(0)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 2, places: [1])])
        #expect(bench.server.connectionTally.holdsAbandoned == 1)
    }

    @Test("a device that goes away or falls silent ends what is held for it")
    func gone() {
        var bench = Bench()
        for device in [Bench.alice, Bench.bob, Bench.laptop] { bench.connect(device) }
        for device in [Bench.bob, Bench.laptop] { bench.poll(device, after: 0, number: 1) }
        bench.receive(.close(Bench.bob), from: Bench.address(Bench.bob))
        bench.now = 1500
        bench.outbox.removeAll()
        bench.server.sweep(nowNanoseconds: bench.now, outbox: &bench.outbox)
        #expect(bench.server.connectionTally.holdsAbandoned == 2 && bench.server.connectionCount == 0)
        bench.connect(Bench.alice)
        bench.send(0)
        #expect(bench.answers(to: Bench.bob).isEmpty && bench.answers(to: Bench.laptop).isEmpty)
    }

    @Test("the device that sent a message is answered with its acknowledgement, the user's other devices with the row")
    func author() {
        var bench = Bench()
        for device in [Bench.bob, Bench.laptop] {
            bench.connect(device)
            bench.poll(device, after: 0, number: 1)
        }
        bench.send(0, from: Bench.bob, to: Bench.alice)
        #expect(bench.answers(to: Bench.bob).isEmpty)
        #expect(bench.answers(to: Bench.laptop) == [Bench.Answer(number: 1, places: [1])])
        bench.expireHold(of: Bench.bob, number: 1)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 1, places: [1])])
    }

    @Test("with polls the answer comes at once, with nothing if there is nothing")
    func polls() {
        var bench = Bench(.poll(periodNanoseconds: 500))
        for device in [Bench.alice, Bench.bob] { bench.connect(device) }
        bench.poll(Bench.bob, after: 0, number: 1)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 1, places: [])])
        bench.send(0)
        #expect(bench.answers(to: Bench.bob).isEmpty)
        bench.poll(Bench.bob, after: 0, number: 2)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 2, places: [1])])
    }

    @Test("rows that are no longer at hand come from the storage")
    func scan() throws {
        var bench = Bench()
        for device in [Bench.alice, Bench.bob] { bench.connect(device) }
        let count = UInt32(ChatServerConfiguration.recentRowsMax) + 10
        var stored: [MailboxRow] = []
        for ordinal in 0..<count {
            bench.send(ordinal)
            while let (message, port) = bench.storageRequests.first {
                guard case .put(let row, let epoch) = message else { break }
                if row.isRecipients { stored.append(row) }
                let others = bench.storageRequests.dropFirst()
                bench.receive(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false),
                    from: Bench.storage, port: port)
                for (message, port) in others {
                    guard case .put(let row, let epoch) = message else { continue }
                    if row.isRecipients { stored.append(row) }
                    bench.receive(
                        .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false),
                        from: Bench.storage, port: port)
                }
            }
        }
        #expect(stored.count == Int(count))
        bench.poll(Bench.bob, after: 0, number: 1)
        let (request, port) = try #require(bench.storageRequests.first)
        #expect(request == .scan(Bench.bob.user, after: 0, limit: ChatServerConfiguration.pageRowsMax))
        bench.expireHold(of: Bench.bob, number: 1)
        #expect(bench.outbox.effects.isEmpty, "the answer is on its way")
        for row in stored { bench.receive(.row(row), from: Bench.storage, port: port) }
        bench.receive(.rowsEnd(Bench.bob.user, count: count, head: count), from: Bench.storage, port: port)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 1, places: Array(1...count))])
    }

    @Test("a server that has restarted knows no device, and says so")
    func restarted() {
        var bench = Bench()
        bench.connect(Bench.bob)
        bench.server.crash()
        bench.server.restart(jitterSeed: 2, nowNanoseconds: 0, outbox: &bench.outbox)
        bench.poll(Bench.bob, after: 0, number: 5)
        #expect(bench.outbox.effects == [.send(.reset(Bench.bob), to: Bench.address(Bench.bob), fromPort: 0)])
    }

    @Test("where the sender waits for a receipt, the recipient's next request is one")
    func receipt() {
        var bench = Bench(offline: .notify)
        for device in [Bench.alice, Bench.bob] { bench.connect(device) }
        bench.poll(Bench.bob, after: 0, number: 1)
        bench.send(0)
        #expect(bench.answers(to: Bench.bob) == [Bench.Answer(number: 1, places: [1])])
        bench.poll(Bench.bob, after: 1, number: 2)
        let accepted = bench.outbox.effects.contains {
            if case .send(.accepted, Bench.address(Bench.alice), _) = $0 { true } else { false }
        }
        #expect(accepted)
    }
}
