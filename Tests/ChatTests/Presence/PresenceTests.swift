import Testing

@testable import Chat

/// One chat server of two: users with even numbers are its own. The tests play devices, storage and the other chat server.
private struct Bench {
    static let placement = Placement(firstProcess: 0, loadBalancerCount: 1, chatServerCount: 2, storageServerCount: 1)
    static let other = placement.chatServerAddress(1)
    static let storage = placement.storageServerAddress(0)
    /// User 0 has friends 1, 2 and 3; the others have only 0, and 4 has nobody.
    static let friends = FriendGraph(
        listed: [[UserID(1), UserID(2), UserID(3)], [UserID(0)], [UserID(0)], [UserID(0)], []])
    static let optimised = PresenceConfiguration(
        friends: friends, broadcastsOffline: false, broadcastDelayNanoseconds: 50, pullsOnStart: true,
        marksOfflineOnFailure: true, pullsOnNewChat: true, viewportPeriodNanoseconds: 300, viewportSize: 20)
    var server: ChatServer
    var effects: [Effect] = []
    /// The words that went with each message of ``effects``.
    var attachments: [[UInt64]] = []

    init(_ presence: PresenceConfiguration) {
        var configuration = ChatServerConfiguration(
            acknowledge: .afterReceive, offline: .storeAndRedeliver, connectionsMax: 10,
            heartbeatTimeoutNanoseconds: 1000, sweepPeriodNanoseconds: 400, poolConnectionsPerStorageServer: 4,
            storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 200,
            requestRetry: RetryPolicy(
                firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
                attemptsMax: 0))
        configuration.presence = presence
        server = ChatServer(number: 0, placement: Self.placement, configuration: configuration, jitterSeed: 1)
    }

    static func device(_ user: UInt32, _ index: UInt8 = 0) -> DeviceID { DeviceID(user: UserID(user), index: index) }
    static func address(_ device: DeviceID) -> Address {
        Address(process: 100 + device.user.rawValue * 10 + UInt32(device.index))
    }

    private mutating func take(_ outbox: Outbox) {
        effects = outbox.effects
        attachments = effects.map {
            guard case .sendAttached(_, _, _, let first, let count) = $0 else { return [] }
            return Array(outbox.words[Int(first)..<Int(first + count)])
        }
    }

    mutating func receive(_ message: WireMessage, from source: Address, port: UInt32 = 0, words: [UInt64] = []) {
        var outbox = Outbox()
        words.withUnsafeBufferPointer {
            server.receive(
                message, words: $0, from: source, atPort: port, nowNanoseconds: 0, outbox: &outbox)
        }
        take(outbox)
    }

    mutating func fire(_ token: TimerToken, at now: UInt64 = 0) {
        var outbox = Outbox()
        server.fire(token, nowNanoseconds: now, outbox: &outbox)
        take(outbox)
    }

    /// Opens a connection, playing the storage.
    mutating func open(_ device: DeviceID) {
        receive(.open(device), from: Self.address(device))
        for effect in effects {
            guard case .send(.load(let user, _, _), _, let port) = effect else { continue }
            receive(.rowsEnd(user, count: 0, head: 0), from: Self.storage, port: port)
        }
    }

    mutating func close(_ device: DeviceID) { receive(.close(device), from: Self.address(device)) }

    /// The messages about presence of the last input, with destination and words.
    var sent: [(message: PresenceMessage, to: Address, words: [UInt64])] {
        zip(effects, attachments).compactMap { effect, words in
            switch effect {
            case .send(.presence(let message), let address, _): (message, address, words)
            case .sendAttached(.presence(let message), let address, _, _, _): (message, address, words)
            default: nil
            }
        }
    }

    func timers(_ kind: ChatServer.TimerKind) -> [(TimerToken, UInt64)] {
        effects.compactMap {
            if case .timer(let token, let wait) = $0, token.kind == kind.rawValue { (token, wait) } else { nil }
        }
    }

    func figure(_ name: String) -> UInt64? {
        var metrics = Metrics()
        server.report(into: &metrics)
        return metrics["presence.\(name)"]
    }
}

@Suite("Presence: broadcasts")
struct PresenceBroadcastTests {
    @Test(
        "of who came shortly before the run began friends are told when the rest of the delay is over, and of who came earlier they were"
    )
    func beforeStart() throws {
        var bench = Bench(Bench.optimised)
        var outbox = Outbox()
        for user: UInt32 in [0, 2] {
            bench.server.openAtStart(Bench.device(user), at: Bench.address(Bench.device(user)))
        }
        bench.server.cameOnlineBeforeStart(UserID(2), agoNanoseconds: 50, outbox: &outbox)
        #expect(outbox.effects.isEmpty)
        bench.server.cameOnlineBeforeStart(UserID(0), agoNanoseconds: 20, outbox: &outbox)
        guard case .timer(let token, 30)? = outbox.effects.first, outbox.effects.count == 1 else {
            Issue.record("\(outbox.effects)")
            return
        }
        bench.fire(token, at: 30)
        #expect(bench.sent.contains { $0.message == .status(UserID(0), isOnline: true) && $0.to != Bench.other })
        #expect(bench.sent.contains { $0.message == .changed(UserID(0), isOnline: true, count: 2) })
        #expect(bench.figure("broadcasts") == 1)
    }

    @Test("naive: friends are told at once of who comes and who goes, one message for all friends of another server")
    func naive() throws {
        var bench = Bench(.naive(friends: Bench.friends))
        bench.open(Bench.device(2))
        bench.open(Bench.device(0))
        #expect(bench.sent.count == 2)
        #expect(
            bench.sent.contains {
                $0.message == .status(UserID(0), isOnline: true) && $0.to == Bench.address(Bench.device(2))
            })
        let remote = try #require(bench.sent.first { $0.to == Bench.other })
        #expect(remote.message == .changed(UserID(0), isOnline: true, count: 2))
        #expect(remote.words == [3 << 32 | 1])
        bench.close(Bench.device(0))
        #expect(bench.sent.map(\.message).contains(.changed(UserID(0), isOnline: false, count: 2)))
        #expect(bench.sent.map(\.message).contains(.status(UserID(0), isOnline: false)))
        #expect(bench.figure("broadcasts") == 3 && bench.figure("statuses_pushed") == 2)
        #expect(bench.figure("flaps_suppressed") == nil, "nothing is suppressed where nothing is delayed")
    }

    @Test("optimised: friends are told once the delay is over, and not of who goes")
    func delayed() throws {
        var bench = Bench(Bench.optimised)
        bench.open(Bench.device(0))
        #expect(bench.sent.isEmpty)
        let (token, wait) = try #require(bench.timers(.presenceDelay).first)
        #expect(wait == 50)
        bench.fire(token)
        #expect(bench.sent.map(\.message) == [.changed(UserID(0), isOnline: true, count: 2)])
        bench.close(Bench.device(0))
        #expect(bench.sent.isEmpty && bench.figure("broadcasts") == 1)
    }

    @Test("who goes before the delay is over was never there, and a new delay begins with the next coming")
    func flap() throws {
        var bench = Bench(Bench.optimised)
        bench.open(Bench.device(0))
        let (stale, _) = try #require(bench.timers(.presenceDelay).first)
        bench.close(Bench.device(0))
        #expect(bench.figure("flaps_suppressed") == 1)
        bench.open(Bench.device(0))
        let (token, _) = try #require(bench.timers(.presenceDelay).first)
        bench.fire(stale)
        #expect(bench.sent.isEmpty, "the timer of the first coming is stale")
        bench.fire(token)
        #expect(bench.sent.count == 1 && bench.figure("flaps_suppressed") == 1)
    }

    @Test("a second device changes nothing, nor does a new connection of the same")
    func secondDevice() {
        var bench = Bench(.naive(friends: Bench.friends))
        bench.open(Bench.device(0, 0))
        bench.open(Bench.device(0, 1))
        bench.open(Bench.device(0, 1))
        bench.close(Bench.device(0, 0))
        #expect(bench.figure("broadcasts") == 1)
        bench.close(Bench.device(0, 1))
        #expect(bench.figure("broadcasts") == 2)
    }

    @Test("a device that falls silent goes as one that closes")
    func silent() throws {
        var bench = Bench(.naive(friends: Bench.friends))
        bench.open(Bench.device(0))
        let (sweep, _) = try #require(bench.timers(.sweep).first)
        bench.fire(sweep, at: 1000)
        #expect(bench.sent.map(\.message) == [.changed(UserID(0), isOnline: false, count: 2)])
    }

    @Test("what another server tells is pushed to every connected device of those friends, and to nobody else")
    func push() {
        var bench = Bench(Bench.optimised)
        for device in [Bench.device(0, 0), Bench.device(0, 1), Bench.device(2)] { bench.open(device) }
        bench.receive(
            .presence(.changed(UserID(1), isOnline: true, count: 2)), from: Bench.other, words: [4 << 32 | 0])
        #expect(bench.sent.map(\.to) == [Bench.address(Bench.device(0, 0)), Bench.address(Bench.device(0, 1))])
        #expect(bench.sent.allSatisfy { $0.message == .status(UserID(1), isOnline: true) })
    }

    @Test("a crash forgets who was to be told; the figures go on")
    func crash() throws {
        var bench = Bench(Bench.optimised)
        bench.open(Bench.device(0))
        bench.close(Bench.device(0))
        bench.open(Bench.device(0))
        let (token, _) = try #require(bench.timers(.presenceDelay).first)
        bench.server.crash()
        var outbox = Outbox()
        bench.server.restart(jitterSeed: 2, nowNanoseconds: 0, outbox: &outbox)
        bench.fire(token)
        #expect(bench.sent.isEmpty && bench.figure("flaps_suppressed") == 1)
    }
}

@Suite("Presence: pulls")
struct PresencePullTests {
    private let phone = Bench.device(0)

    private func pull(_ bench: inout Bench, _ reason: PullReason, friendCount: UInt32, chat: UserID? = nil) {
        bench.receive(
            .presence(.pull(phone, reason, friendCount: friendCount, chat: chat)), from: Bench.address(phone))
    }

    @Test("the server asks the servers of friends, one message each, and answers with its own and theirs")
    func start() throws {
        var bench = Bench(Bench.optimised)
        bench.open(phone)
        bench.open(Bench.device(2))
        pull(&bench, .start, friendCount: .max)
        let query = try #require(bench.sent.first)
        #expect(bench.sent.count == 1 && query.to == Bench.other && query.words == [3 << 32 | 1])
        guard case .query(let pull, 0, 2) = query.message else {
            Issue.record("\(query.message)")
            return
        }
        bench.receive(.presence(.answer(pull: pull, part: 0, online: 0b10)), from: Bench.other)
        // Friends 1, 2 and 3 in this order: all known, 2 and 3 online.
        #expect(bench.sent.map(\.message) == [.statuses(phone, .start, friendCount: 3, chat: nil)])
        #expect(bench.sent.first?.words == [0b111, 0b110])
        bench.receive(.presence(.answer(pull: pull, part: 0, online: 0b11)), from: Bench.other)
        #expect(bench.sent.isEmpty, "an answer that comes twice counts once")
        #expect(bench.figure("pulls.start") == 1 && bench.figure("pulls.viewport") == 0)
    }

    @Test("when the others have had their time, the device gets what is known")
    func timeout() throws {
        var bench = Bench(Bench.optimised)
        bench.open(phone)
        pull(&bench, .viewport, friendCount: 2)
        let (timer, wait) = try #require(bench.timers(.presencePull).first)
        #expect(wait == 200)
        bench.fire(timer)
        #expect(bench.sent.map(\.message) == [.statuses(phone, .viewport, friendCount: 2, chat: nil)])
        #expect(bench.sent.first?.words == [0b10, 0b00], "friend 1 is another server's, friend 2 is offline")
        bench.fire(timer)
        #expect(bench.sent.isEmpty)
    }

    @Test("the user of a chat is asked about after the friends, also one who is no friend; own users need no question")
    func chat() {
        var bench = Bench(Bench.optimised)
        bench.open(phone)
        bench.open(Bench.device(4))
        pull(&bench, .newChat, friendCount: 0, chat: UserID(4))
        #expect(bench.sent.map(\.message) == [.statuses(phone, .newChat, friendCount: 0, chat: UserID(4))])
        #expect(bench.sent.first?.words == [1, 1])
        #expect(bench.timers(.presencePull).isEmpty)
    }

    @Test("a server that is asked answers for those who are connected to it")
    func query() {
        var bench = Bench(Bench.optimised)
        bench.open(Bench.device(2))
        bench.receive(
            .presence(.query(pull: 77, part: 3, count: 3)), from: Bench.other, words: [2 << 32 | 0, 4])
        #expect(bench.sent.map(\.message) == [.answer(pull: 77, part: 3, online: 0b010)])
        #expect(bench.sent.first?.to == Bench.other)
    }

    @Test("a question about more than 64 users of a server goes in parts")
    func parts() throws {
        // User 0 has the odd users up to 259 as friends, all of them the other server's.
        let odd = (0..<130).map { UserID(UInt32($0 * 2 + 1)) }
        var listed: [[UserID]] = Array(repeating: [], count: 260)
        listed[0] = odd
        for user in odd { listed[Int(user.rawValue)] = [UserID(0)] }
        var configuration = Bench.optimised
        configuration.friends = FriendGraph(listed: listed)
        var bench = Bench(configuration)
        bench.open(phone)
        pull(&bench, .start, friendCount: .max)
        #expect(bench.sent.map(\.words.count) == [32, 32, 1])
        let queries = bench.sent.map(\.message)
        for query in queries.reversed() {
            guard case .query(let pull, let part, let count) = query else { continue }
            bench.receive(
                .presence(.answer(pull: pull, part: part, online: part == 1 ? 1 : 1 << UInt64(count - 1))),
                from: Bench.other)
        }
        // The last of the first part, the first of the second, the last of the third.
        #expect(
            bench.sent.first?.words == [.max, 1 << 63, .max, 1, 0b11, 0b10])
    }

    @Test("an answer to a question of an earlier life is ignored")
    func earlierLife() throws {
        var bench = Bench(Bench.optimised)
        bench.open(phone)
        pull(&bench, .start, friendCount: .max)
        guard case .query(let pull, _, _) = try #require(bench.sent.first).message else { return }
        bench.server.crash()
        var outbox = Outbox()
        bench.server.restart(jitterSeed: 2, nowNanoseconds: 0, outbox: &outbox)
        bench.open(phone)
        self.pull(&bench, .start, friendCount: .max)
        bench.receive(.presence(.answer(pull: pull, part: 0, online: 0)), from: Bench.other)
        #expect(bench.sent.isEmpty)
    }

    @Test("a device without a connection is told so, and gets no answer")
    func noConnection() {
        var bench = Bench(Bench.optimised)
        pull(&bench, .start, friendCount: .max)
        #expect(bench.effects == [.send(.reset(phone), to: Bench.address(phone), fromPort: 0)])
    }
}
