import Testing

@testable import Chat

/// One chat server that owns everybody, and two storage servers, played by the test: users with even numbers are on the first.
private struct Bench {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 2)
    static let device = Address(process: 100)
    var server: ChatServer
    var now: UInt64 = 0
    var effects: [Effect] = []
    /// Ports of requests that were sent and not answered, with what they ask.
    var outstanding: [(server: UInt32, message: WireMessage, port: UInt32)] = []
    var timers: [TimerToken] = []

    init(
        _ acknowledge: AcknowledgeMode = .afterReceive, writer: StoreWriter = .asynchronous, attemptsMax: UInt32 = 2,
        replayPeriod: UInt64? = 1000
    ) {
        server = ChatServer(
            number: 0, placement: Self.placement,
            configuration: ChatServerConfiguration(
                acknowledge: acknowledge, offline: .storeAndRedeliver, connectionsMax: 10,
                heartbeatTimeoutNanoseconds: 100_000, sweepPeriodNanoseconds: 90_000,
                poolConnectionsPerStorageServer: 4,
                storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 200,
                requestRetry: RetryPolicy(
                    firstNanoseconds: 100, factorThousandths: 1000, maxNanoseconds: 100, jitterPartsPerBillion: 0,
                    attemptsMax: attemptsMax), storeWriter: writer, replayPeriodNanoseconds: replayPeriod),
            jitterSeed: 1)
    }

    mutating func perform(_ body: (inout ChatServer, UInt64, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&server, now, &outbox)
        effects = outbox.effects
        for effect in effects {
            switch effect {
            case .send(let message, let address, let port):
                for number in 0..<Self.placement.storageServerCount
                where address == Self.placement.storageServerAddress(number) {
                    outstanding.append((number, message, port))
                }
            case .timer(let token, _): timers.append(token)
            default: break
            }
        }
    }

    mutating func receive(_ message: WireMessage, from source: Address = device, port: UInt32 = 0) {
        perform { $0.receive(message, from: source, atPort: port, nowNanoseconds: $1, outbox: &$2) }
    }

    mutating func sync() { perform { $0.synced(nowNanoseconds: $1, outbox: &$2) } }

    /// Answers what a storage server was asked, and what follows from that; its mailboxes end at `head`.
    mutating func answer(_ server: UInt32, head: UInt32 = 0) {
        while let index = outstanding.firstIndex(where: { $0.server == server }) {
            let (_, message, port) = outstanding.remove(at: index)
            let source = Self.placement.storageServerAddress(server)
            switch message {
            case .load(let user, _, _): receive(.rowsEnd(user, count: 0, head: head), from: source, port: port)
            case .put(let row, let epoch):
                receive(
                    .putDone(row.owner, sequence: row.record.sequence, epoch: epoch, fenced: false), from: source,
                    port: port)
            default: Issue.record("unexpected request \(message)")
            }
        }
    }

    /// Lets the timers of a kind fire that are set.
    mutating func fire(_ kind: ChatServer.TimerKind) {
        let due = timers.filter { $0.kind == kind.rawValue }
        timers.removeAll { $0.kind == kind.rawValue }
        for token in due { perform { $0.fire(token, nowNanoseconds: $1, outbox: &$2) } }
    }

    /// Lets the requests that are outstanding run into their time-out until they are given up.
    mutating func giveUp(attempts: Int) {
        for attempt in 1...attempts {
            outstanding.removeAll()
            fire(.poolTimeout)
            if attempt < attempts { fire(.poolRetry) }
        }
    }

    static func message(_ ordinal: UInt32, from sender: UInt32, to recipient: UInt32) -> MessageRecord {
        MessageRecord(
            id: MessageID(
                sender: UserID(sender), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
            recipient: UserID(recipient), contentBytes: 10)
    }

    mutating func connect(_ user: UInt32) {
        receive(.open(DeviceID(user: UserID(user), index: 0)))
        answer(0)
        answer(1)
    }

    mutating func submit(_ ordinal: UInt32, from sender: UInt32, to recipient: UInt32) {
        receive(.submit(Self.message(ordinal, from: sender, to: recipient)))
    }

    /// The places that the storage was asked to write and has not answered, by user.
    var puts: [String] {
        outstanding.compactMap {
            if case .put(let row, _) = $0.message { "\(row.owner.rawValue)#\(row.record.sequence)" } else { nil }
        }
    }

    var accepted: Int { effects.count { if case .send(.accepted, _, _) = $0 { true } else { false } } }

    func metric(_ name: String) -> UInt64? {
        var metrics = Metrics()
        server.reportStorePath(elapsedNanoseconds: 1, into: &metrics)
        return metrics["storepath.\(name)"]
    }

    var failedPlaces: [UInt32] { server.durable.failedLog.numberedRows.map(\.row.record.sequence) }
}

@Suite("Chat server: the way to the storage")
struct ChatServerStorePathTests {
    @Test(
        "asynchronous writes to a storage server do not wait for another; those of a dedicated writer do",
        arguments: StoreWriter.allCases)
    func writers(writer: StoreWriter) {
        var bench = Bench(writer: writer)
        bench.connect(0)
        bench.connect(1)
        bench.now = 10
        bench.submit(0, from: 0, to: 0)
        bench.submit(0, from: 1, to: 1)
        #expect(bench.puts == (writer == .asynchronous ? ["0#1", "1#1"] : ["0#1"]))
        bench.now = 50
        bench.answer(0)
        #expect(bench.puts == ["1#1"])
        #expect(bench.metric("wait_greatest") == (writer == .asynchronous ? 0 : 40))
        #expect(bench.metric("queue_greatest") == (writer == .asynchronous ? 0 : 1))
    }

    @Test("a dedicated writer goes on with the next row once the budget of the first is spent")
    func dedicatedWriterGoesOn() {
        var bench = Bench(writer: .dedicated)
        bench.connect(0)
        bench.connect(1)
        bench.submit(0, from: 0, to: 0)
        bench.submit(0, from: 1, to: 1)
        bench.giveUp(attempts: 2)
        #expect(bench.puts == ["1#1"])
        bench.answer(1)
        #expect(bench.metric("failed") == 1 && bench.metric("retries") == 1)
    }

    @Test("a storage server that fails again after it has answered is probed again")
    func failsAgain() {
        var bench = Bench(attemptsMax: 1)
        bench.connect(0)
        bench.submit(0, from: 0, to: 0)
        bench.giveUp(attempts: 1)
        bench.sync()
        bench.fire(.failedLogProbe)
        bench.answer(0)
        #expect(bench.failedPlaces.isEmpty)
        // Nothing is left to be replayed, so that the last probe of that time ends the probing.
        bench.fire(.failedLogProbe)
        bench.submit(1, from: 0, to: 0)
        bench.giveUp(attempts: 1)
        bench.sync()
        #expect(bench.puts == ["0#2"], "the server answered the last time, so that it is asked at once")
        bench.giveUp(attempts: 1)
        #expect(bench.failedPlaces == [2])
        bench.fire(.failedLogProbe)
        #expect(bench.puts == ["0#2"])
        bench.answer(0)
        #expect(bench.failedPlaces.isEmpty)
    }

    @Test("a write whose budget is spent goes to the log, synced, and the rows after it join it in order")
    func logs() {
        var bench = Bench()
        bench.connect(0)
        for ordinal: UInt32 in 0..<3 { bench.submit(ordinal, from: 0, to: 0) }
        #expect(bench.puts == ["0#1"])
        bench.giveUp(attempts: 2)
        #expect(bench.effects.contains { if case .sync = $0 { true } else { false } })
        #expect(bench.failedPlaces.isEmpty, "it is not on the disk yet")
        for _ in 1...3 { bench.sync() }
        #expect(bench.failedPlaces == [1, 2, 3] && bench.puts.isEmpty)
        #expect(bench.metric("failed_log_greatest") == 3 && bench.metric("failed") == 1)
    }

    @Test("a probe that is answered replays the log in order; then rows go to the storage again")
    func replays() {
        var bench = Bench()
        bench.connect(0)
        bench.submit(0, from: 0, to: 0)
        bench.submit(1, from: 0, to: 0)
        bench.giveUp(attempts: 2)
        bench.sync()
        bench.sync()
        bench.fire(.failedLogProbe)
        #expect(bench.puts == ["0#1"])
        bench.giveUp(attempts: 1)
        #expect(bench.puts.isEmpty && bench.failedPlaces == [1, 2], "the storage does not answer yet")
        bench.fire(.failedLogProbe)
        #expect(bench.puts == ["0#1"])
        bench.answer(0)
        #expect(bench.failedPlaces.isEmpty && bench.metric("replayed") == 2 && bench.metric("failed_log_left") == 0)
        bench.submit(2, from: 0, to: 0)
        #expect(bench.puts == ["0#3"])
    }

    @Test("a row that is logged while the storage answers again is replayed without waiting for a probe")
    func joinsAnAnsweringLane() {
        var bench = Bench()
        bench.connect(0)
        bench.submit(0, from: 0, to: 0)
        bench.giveUp(attempts: 2)
        bench.submit(1, from: 0, to: 0)
        bench.sync()
        #expect(bench.failedPlaces == [1])
        bench.fire(.failedLogProbe)
        bench.answer(0)
        #expect(bench.failedPlaces.isEmpty)
        bench.sync()
        #expect(bench.puts == ["0#2"])
    }

    @Test("with `replay: off` what failed stays on the log")
    func replayOff() {
        var bench = Bench(replayPeriod: nil)
        bench.connect(0)
        bench.submit(0, from: 0, to: 0)
        bench.giveUp(attempts: 2)
        bench.sync()
        #expect(!bench.timers.contains { $0.kind == ChatServer.TimerKind.failedLogProbe.rawValue })
        #expect(bench.metric("failed_log_left") == 1)
    }

    @Test(
        "with acknowledge after_store a row on the log is acknowledged once it is replayed, also after a crash",
        arguments: [false, true])
    func afterStore(crashes: Bool) {
        var bench = Bench(.afterStore)
        bench.connect(0)
        bench.submit(0, from: 0, to: 0)
        bench.giveUp(attempts: 2)
        bench.sync()
        #expect(bench.accepted == 0 && bench.failedPlaces == [1])
        if crashes {
            bench.server.crash()
            bench.timers.removeAll()
            bench.perform { $0.restart(jitterSeed: 2, nowNanoseconds: $1, outbox: &$2) }
            bench.answer(0)
            bench.receive(.open(DeviceID(user: UserID(0), index: 0)))
            #expect(
                bench.effects.first
                    == .send(.opened(DeviceID(user: UserID(0), index: 0), head: 0), to: Bench.device, fromPort: 0))
        }
        bench.fire(.failedLogProbe)
        bench.answer(0)
        #expect(bench.accepted == 1 && bench.failedPlaces.isEmpty)
    }

    @Test("after a crash the log is replayed from where the storage ends", arguments: [0, 1, 2] as [UInt32])
    func crash(head: UInt32) {
        var bench = Bench()
        bench.connect(0)
        bench.submit(0, from: 0, to: 0)
        bench.submit(1, from: 0, to: 0)
        bench.giveUp(attempts: 2)
        bench.sync()
        bench.sync()
        bench.server.crash()
        bench.timers.removeAll()
        bench.perform { $0.restart(jitterSeed: 2, nowNanoseconds: $1, outbox: &$2) }
        bench.answer(0, head: head)
        #expect(bench.failedPlaces == Array([1, 2].dropFirst(Int(head))))
        bench.fire(.failedLogProbe)
        #expect(bench.puts == (head < 2 ? ["0#\(head + 1)"] : []))
        bench.answer(0)
        #expect(bench.failedPlaces.isEmpty)
        bench.receive(.open(DeviceID(user: UserID(0), index: 0)))
        bench.submit(2, from: 0, to: 0)
        #expect(bench.puts == ["0#3"])
    }

    @Test("with a write-ahead log the log of failed requests takes over the writing, before and after a crash")
    func afterLog() {
        var bench = Bench(.afterLog)
        bench.connect(0)
        bench.submit(0, from: 0, to: 0)
        bench.sync()
        #expect(bench.accepted == 1)
        bench.giveUp(attempts: 2)
        bench.sync()
        #expect(bench.failedPlaces == [1] && bench.server.durable.log.numberedRows.isEmpty)
        bench.server.crash()
        bench.timers.removeAll()
        bench.perform { $0.restart(jitterSeed: 2, nowNanoseconds: $1, outbox: &$2) }
        bench.answer(0)
        bench.fire(.failedLogProbe)
        bench.answer(0)
        #expect(bench.failedPlaces.isEmpty && bench.metric("replayed") == 1)
    }
}
