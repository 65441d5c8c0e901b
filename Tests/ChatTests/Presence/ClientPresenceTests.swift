import Testing

@testable import Chat

/// A device of user 0, whose friends are 1 and 2; 3 is a stranger. One friend is on its screen.
private struct Bench {
    static let placement = Placement(firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1)
    static let server = placement.chatServerAddress(0)
    static let me = DeviceID(user: UserID(0), index: 0)
    static let optimised = PresenceConfiguration(
        friends: FriendGraph(listed: [[UserID(1), UserID(2)], [UserID(0)], [UserID(0)], []]), broadcastsOffline: false,
        broadcastDelayNanoseconds: 50, pullsOnStart: true, marksOfflineOnFailure: true, pullsOnNewChat: true,
        viewportPeriodNanoseconds: 300, viewportSize: 1)
    var configuration: ClientConfiguration
    var client = Client(device: Bench.me, port: 0, placement: Bench.placement, jitterSeed: 1)
    var outbox = Outbox()

    init(_ presence: PresenceConfiguration? = Bench.optimised) {
        let retry = RetryPolicy(
            firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
            attemptsMax: 2)
        configuration = ClientConfiguration(
            sequencing: .serverTimestamp, inFlightMax: 1, retry: retry, reconnect: retry,
            connectTimeoutNanoseconds: 500, heartbeatPeriodNanoseconds: 1000, heartbeatTimeoutNanoseconds: 2500)
        configuration.presence = presence
    }

    mutating func receive(_ message: WireMessage, words: [UInt64] = [], from source: Address = Bench.server) {
        outbox.removeAll()
        words.withUnsafeBufferPointer {
            client.receive(
                message, from: source, attachment: $0, nowNanoseconds: 0, configuration: configuration, outbox: &outbox)
        }
    }

    mutating func connect() {
        client.connect(configuration: configuration, outbox: &outbox)
        receive(.assigned(Bench.me, chatServer: 0), from: Bench.placement.loadBalancerAddress(0))
        receive(.opened(Bench.me, head: 0))
    }

    mutating func openChat(_ user: UInt32) {
        outbox.removeAll()
        client.openChat(with: UserID(user), configuration: configuration, outbox: &outbox)
    }

    mutating func send(to user: UInt32) -> MessageID {
        outbox.removeAll()
        return client.send(to: UserID(user), contentBytes: 1, configuration: configuration, outbox: &outbox)
    }

    mutating func look() {
        outbox.removeAll()
        client.lookAtViewport(configuration: configuration, outbox: &outbox)
    }

    mutating func fireViewport() {
        let generation = UInt64(client.connectionGeneration)
        outbox.removeAll()
        client.fire(
            TimerToken(kind: Client.TimerKind.viewport.rawValue, value: generation), nowNanoseconds: 0,
            configuration: configuration, outbox: &outbox)
    }

    /// The messages about presence of the last input.
    var sent: [PresenceMessage] {
        outbox.effects.compactMap { if case .send(.presence(let message), _, _) = $0 { message } else { nil } }
    }

    /// What the last input made the device show, such as `1 online broadcast`, or `1 hidden`.
    var shown: [String] {
        outbox.effects.compactMap {
            guard case .observe(let observation) = $0 else { return nil }
            let user = observation.counterpart.rawValue
            if observation.kind == .statusHidden { return "\(user) hidden" }
            return observation.shownStatus.map { "\(user) \($0.isOnline ? "online" : "offline") \($0.source)" }
        }
    }
}

@Suite("Client: presence")
struct ClientPresenceTests {
    @Test("a device that starts shows the screen as offline and asks about all friends")
    func start() {
        var bench = Bench()
        bench.connect()
        #expect(bench.shown == ["1 offline assumed"])
        #expect(bench.sent == [.pull(Bench.me, .start, friendCount: .max, chat: nil)])
        bench.receive(
            .presence(.statuses(Bench.me, .start, friendCount: 2, chat: nil)), words: [0b11, 0b11])
        #expect(bench.shown == ["1 online start"], "friend 2 is not on the screen")
        bench.openChat(2)
        #expect(
            bench.shown == ["2 online assumed"], "what is known of friends beyond the screen is shown with the chat")
    }

    /// A device that keeps no statuses.
    private var counting: Bench {
        var presence = Bench.optimised
        presence.keepsStatuses = false
        return Bench(presence)
    }

    @Test(
        "a device that keeps no statuses asks as others do and shows nobody; what reaches it is counted, and it can rest"
    )
    func counted() {
        var bench = counting
        bench.connect()
        #expect(bench.shown == [] && bench.sent == [.pull(Bench.me, .start, friendCount: .max, chat: nil)])
        #expect(
            !bench.outbox.effects.contains { if case .timer(let token, _) = $0 { token.kind == 16 } else { false } })
        bench.receive(.presence(.statuses(Bench.me, .start, friendCount: 2, chat: nil)), words: [0b11, 0b01])
        bench.receive(.presence(.status(UserID(1), isOnline: true)))
        bench.receive(.presence(.status(UserID(2), isOnline: true)))
        bench.receive(.presence(.status(UserID(2), isOnline: false)))
        let resting = bench.client.resting(choice: 0)
        #expect(bench.shown == [] && resting != nil)
        RestingClient.receive(
            .status(UserID(1), isOnline: false), attachment: UnsafeBufferPointer(start: nil, count: 0),
            outbox: &bench.outbox)
        var metrics = Metrics()
        bench.outbox.clientTally.report(into: &metrics, configuration: bench.configuration)
        let names = ["online", "offline", "answers", "answered"]
        #expect(names.map { metrics["presence.received.\($0)"] } == [2, 2, 1, 2])
    }

    @Test(
        "such a device asks about its screen when its user looks, and about the user of every message, while it is online"
    )
    func countedQuestions() {
        var bench = counting
        bench.look()
        _ = bench.send(to: 1)
        #expect(bench.sent == [])
        bench = counting
        bench.connect()
        bench.look()
        #expect(bench.sent == [.pull(Bench.me, .viewport, friendCount: 1, chat: nil)])
        for _ in 0..<2 {
            _ = bench.send(to: 3)
            #expect(bench.sent == [.pull(Bench.me, .newChat, friendCount: 0, chat: UserID(3))])
        }
        var keeping = Bench()
        keeping.connect()
        keeping.look()
        #expect(keeping.sent == [], "it has a timer of its own")
    }

    @Test("whom nobody answered for keeps the status that is shown")
    func unknown() {
        var bench = Bench()
        bench.connect()
        bench.receive(.presence(.status(UserID(1), isOnline: true)))
        #expect(bench.shown == ["1 online broadcast"])
        bench.receive(.presence(.statuses(Bench.me, .viewport, friendCount: 1, chat: nil)), words: [0, 0])
        #expect(bench.shown == [])
        bench.receive(.presence(.statuses(Bench.me, .viewport, friendCount: 1, chat: nil)), words: [1, 0])
        #expect(bench.shown == ["1 offline viewport"])
    }

    @Test("a device asks about its screen and the user of the chat, period after period")
    func viewport() {
        var bench = Bench()
        bench.connect()
        bench.fireViewport()
        #expect(bench.sent == [.pull(Bench.me, .viewport, friendCount: 1, chat: nil)])
        bench.openChat(3)
        bench.fireViewport()
        #expect(bench.sent == [.pull(Bench.me, .viewport, friendCount: 1, chat: UserID(3))])
        bench.openChat(1)
        bench.fireViewport()
        #expect(bench.sent == [.pull(Bench.me, .viewport, friendCount: 1, chat: nil)], "1 is on the screen anyway")
        #expect(
            bench.outbox.effects.contains {
                if case .timer(let token, 300) = $0 { token.kind == Client.TimerKind.viewport.rawValue } else { false }
            })
    }

    @Test("opening a chat shows and asks about the other, and hides the one before")
    func chat() {
        var bench = Bench()
        bench.connect()
        bench.openChat(3)
        #expect(bench.shown == ["3 offline assumed"])
        #expect(bench.sent == [.pull(Bench.me, .newChat, friendCount: 0, chat: UserID(3))])
        bench.receive(
            .presence(.statuses(Bench.me, .newChat, friendCount: 0, chat: UserID(3))), words: [1, 1])
        #expect(bench.shown == ["3 online newChat"])
        bench.openChat(3)
        #expect(bench.outbox.effects == [], "it is open already")
        _ = bench.send(to: 1)
        #expect(bench.shown == ["3 hidden"], "writing opens a chat; 1 is shown already")
        #expect(bench.sent == [.pull(Bench.me, .newChat, friendCount: 0, chat: UserID(1))])
    }

    @Test("an answer about a chat that is no longer open is forgotten")
    func lateAnswer() {
        var bench = Bench()
        bench.connect()
        bench.openChat(3)
        bench.openChat(2)
        bench.receive(.presence(.statuses(Bench.me, .newChat, friendCount: 0, chat: UserID(3))), words: [1, 1])
        #expect(bench.shown == [])
    }

    @Test("a recipient who could not be reached is shown as offline, once", arguments: [true, false])
    func failure(marks: Bool) {
        var configuration = Bench.optimised
        configuration.marksOfflineOnFailure = marks
        var bench = Bench(configuration)
        bench.connect()
        bench.receive(.presence(.status(UserID(1), isOnline: true)))
        let message = bench.send(to: 1)
        bench.receive(.undelivered(message))
        #expect(bench.shown == (marks ? ["1 offline failure"] : []))
        bench.receive(.undelivered(message))
        #expect(bench.shown == [])
        #expect(bench.outbox.clientTally.markedOffline == (marks ? 1 : 0))
    }

    @Test("what is switched off is not asked")
    func switches() {
        var configuration = Bench.optimised
        configuration.pullsOnStart = false
        configuration.pullsOnNewChat = false
        configuration.viewportPeriodNanoseconds = nil
        var bench = Bench(configuration)
        bench.connect()
        #expect(bench.sent == [])
        bench.openChat(3)
        #expect(bench.sent == [] && bench.shown == ["3 offline assumed"])
    }

    @Test("a device that is offline, or where presence is off, shows nobody")
    func off() {
        var bench = Bench(nil)
        bench.connect()
        bench.openChat(1)
        #expect(bench.outbox.effects == [])
        bench = Bench()
        bench.openChat(1)
        #expect(bench.outbox.effects == [])
        bench.connect()
        bench.client.disconnect(outbox: &bench.outbox)
        #expect(bench.client.presence == nil)
    }
}
