import Testing

@testable import Chat

/// Chat server 0 of three, by modulo, where users move. The tests play everyone else.
private struct Bench {
    static let placement = Placement(firstProcess: 0, loadBalancerCount: 1, chatServerCount: 3, storageServerCount: 1)
    static let balancer = placement.loadBalancerAddress(0)
    static let storage = placement.storageServerAddress(0)
    /// User 3 belongs to server 0 of three, and to server 1 of servers 0 and 1.
    static let phone = DeviceID(user: UserID(3), index: 0)
    static let phoneAddress = Address(process: 100)
    static let first = FencingToken(term: 1, owner: 0)
    var server: ChatServer

    init(_ acknowledge: AcknowledgeMode = .afterReceive) {
        server = ChatServer(
            number: 0, placement: Self.placement,
            configuration: ChatServerConfiguration(
                acknowledge: acknowledge, offline: .storeAndRedeliver, connectionsMax: 10,
                heartbeatTimeoutNanoseconds: 1000, sweepPeriodNanoseconds: 400, poolConnectionsPerStorageServer: 4,
                storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 200,
                requestRetry: RetryPolicy(
                    firstNanoseconds: 100, factorThousandths: 2000, maxNanoseconds: 1000, jitterPartsPerBillion: 0,
                    attemptsMax: 0)),
            balancing: BalancingConfiguration(
                mapping: ServerMapping(.modulo, serverCount: 3),
                healthChecks: BalancingConfiguration.HealthChecks(periodNanoseconds: 10, timeoutNanoseconds: 30)),
            jitterSeed: 1)
    }

    /// Hands the server a message.
    ///
    /// - Returns: The messages that it sends, with their addresses.
    mutating func receive(
        _ message: WireMessage, from source: Address, port: UInt32 = 0, words: [UInt64] = []
    ) -> [Sent] {
        var outbox = Outbox()
        words.withUnsafeBufferPointer {
            server.receive(message, words: $0, from: source, atPort: port, nowNanoseconds: 0, outbox: &outbox)
        }
        return Sent.all(outbox)
    }

    mutating func fire(_ kind: ChatServer.TimerKind, _ value: UInt64) -> [Sent] {
        var outbox = Outbox()
        server.fire(TimerToken(kind: kind.rawValue, value: value), nowNanoseconds: 0, outbox: &outbox)
        return Sent.all(outbox)
    }

    /// The servers with these bits are members.
    mutating func members(_ bits: UInt64, count: UInt64 = 2, by issuer: UInt64 = 0) -> [Sent] {
        receive(
            .balancing(.membership(MembershipVersion(rawValue: count << 16 | issuer), from: 0)), from: Self.balancer,
            words: [bits])
    }

    /// A device of user 3 connects; the storage has nobody else as the owner.
    mutating func connect() -> [Sent] {
        let asked = receive(.open(Self.phone), from: Self.phoneAddress)
        return receive(Self.claimed(Self.first, isContinued: true), from: Self.storage, port: asked[0].port)
    }

    static func claimed(_ token: FencingToken, isContinued: Bool) -> WireMessage {
        .balancing(
            .claimed(Self.phone.user, count: 0, head: 0, token: token, isContinued: isContinued))
    }

    static func claim(from previous: UInt32) -> WireMessage {
        .balancing(
            .claim(
                Self.phone.user, server: 0, previous: previous, limit: UInt32(ChatServerConfiguration.recentRowsMax)))
    }

    static let message = MessageRecord(
        id: MessageID(sender: UserID(3), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: 0)),
        recipient: UserID(3), contentBytes: 10)
}

private struct Sent: Equatable {
    let message: WireMessage
    let to: Address
    let port: UInt32

    static func all(_ outbox: Outbox) -> [Sent] {
        outbox.effects.compactMap {
            guard case .send(let message, let address, let port) = $0 else { return nil }
            return Sent(message: message, to: address, port: port)
        }
    }
}

@Suite("Ownership of mailboxes that moves between chat servers")
struct OwnershipTests {
    @Test(
        "a server claims a mailbox from the storage before it opens a connection, and writes with the token that it gets"
    )
    func claims() {
        var bench = Bench()
        let asked = bench.receive(.open(Bench.phone), from: Bench.phoneAddress)
        #expect(asked.map(\.message) == [Bench.claim(from: 0)])
        let opened = bench.receive(
            Bench.claimed(Bench.first, isContinued: true), from: Bench.storage, port: asked[0].port)
        #expect(opened.map(\.message) == [.opened(Bench.phone, head: 0)])
        let written = bench.receive(.submit(Bench.message), from: Bench.phoneAddress)
        #expect(
            written.contains {
                if case .put(_, Bench.first.rawValue) = $0.message { $0.to == Bench.storage } else { false }
            })
    }

    @Test("a mailbox that another member owns is asked of that, and claimed once it is released")
    func asksOwner() {
        var bench = Bench()
        let asked = bench.receive(.open(Bench.phone), from: Bench.phoneAddress)
        let other = Bench.placement.chatServerAddress(2)
        let request = bench.receive(
            .balancing(.owned(Bench.phone.user, by: 2)), from: Bench.storage, port: asked[0].port)
        let release = WireMessage.balancing(
            .release(Bench.phone.user, to: 0, version: .initial, rank: 0, forDevice: true))
        #expect(request.map(\.message) == [release] && request[0].to == other)
        // It is asked again, and its answer is believed only from itself.
        #expect(bench.fire(.claim, 1 << 32 | 3).map(\.message) == [release])
        #expect(bench.receive(.balancing(.released(Bench.phone.user)), from: Bench.balancer).isEmpty)
        #expect(
            bench.receive(.balancing(.released(Bench.phone.user)), from: other).map(\.message) == [Bench.claim(from: 2)]
        )
    }

    @Test("from a server that is no member it is taken by force")
    func takesOver() {
        var bench = Bench()
        _ = bench.members(0b011)
        // Of servers 0 and 1, user 3 belongs to server 1, user 2 to server 0.
        let user = UserID(2)
        let asked = bench.receive(.open(DeviceID(user: user, index: 0)), from: Bench.phoneAddress)
        let answered = bench.receive(.balancing(.owned(user, by: 2)), from: Bench.storage, port: asked[0].port)
        #expect(answered.count == 1)
        guard case .balancing(.claim(user, 0, previous: 2, _)) = answered.first?.message else {
            Issue.record("\(answered)")
            return
        }
    }

    @Test("a takeover that is not answered begins anew: the server that was to be replaced may be a member again")
    func takeoverAnew() {
        var bench = Bench()
        _ = bench.members(0b011)
        let user = UserID(2)
        let asked = bench.receive(.open(DeviceID(user: user, index: 0)), from: Bench.phoneAddress)
        let taken = bench.receive(.balancing(.owned(user, by: 2)), from: Bench.storage, port: asked[0].port)
        // It is the second request, on the same connection as the first.
        _ = bench.fire(.poolTimeout, 2 << 32 | UInt64(taken[0].port))
        let again = bench.fire(.poolRetry, 1)
        guard case .balancing(.claim(user, 0, previous: 0, _)) = again.first?.message else {
            Issue.record("\(again)")
            return
        }
    }

    @Test("a user whom the owner keeps is sent there")
    func redirects() {
        var bench = Bench()
        let asked = bench.receive(.open(Bench.phone), from: Bench.phoneAddress)
        _ = bench.receive(.balancing(.owned(Bench.phone.user, by: 2)), from: Bench.storage, port: asked[0].port)
        let sent = bench.receive(
            .balancing(.kept(Bench.phone.user)), from: Bench.placement.chatServerAddress(2))
        #expect(
            sent == [
                Sent(
                    message: .balancing(.redirect(Bench.phone, chatServer: 2)), to: Bench.phoneAddress, port: 0)
            ])
    }

    @Test(
        "a user who belongs elsewhere is given up: the device is reset, the storage gets what it lacks, then the claimant is told"
    )
    func releases() {
        var bench = Bench()
        _ = bench.connect()
        let written = bench.receive(.submit(Bench.message), from: Bench.phoneAddress)
        #expect(bench.members(0b011).map(\.message) == [.reset(Bench.phone)])
        let claimant = Bench.placement.chatServerAddress(1)
        let release = WireMessage.balancing(
            .release(
                Bench.phone.user, to: 1, version: MembershipVersion(rawValue: 2 << 16), rank: 0, forDevice: false))
        #expect(bench.receive(release, from: claimant).isEmpty, "a row is on its way to the storage")
        #expect(
            bench.receive(.forward(Bench.message), from: claimant).map(\.message).first
                == .balancing(.moved(Bench.message.id, Bench.phone.user, to: 1, isHandedOver: false)))
        let port = written.first { $0.to == Bench.storage }?.port ?? 0
        let done = bench.receive(
            .putDone(Bench.phone.user, sequence: 1, epoch: Bench.first.rawValue, fenced: false), from: Bench.storage,
            port: port)
        #expect(done == [Sent(message: .balancing(.released(Bench.phone.user)), to: claimant, port: 0)])
    }

    @Test(
        "a server that is fenced off gives the user up, and hands over what it had acknowledged",
        arguments: [AcknowledgeMode.afterReceive, .afterStore])
    func fencedOff(acknowledge: AcknowledgeMode) {
        var bench = Bench(acknowledge)
        _ = bench.connect()
        let written = bench.receive(.submit(Bench.message), from: Bench.phoneAddress)
        let port = written.first { $0.to == Bench.storage }?.port ?? 0
        let fenced = bench.receive(
            .putDone(Bench.phone.user, sequence: 1, epoch: Bench.first.rawValue, fenced: true), from: Bench.storage,
            port: port)
        #expect(fenced.map(\.message) == [.reset(Bench.phone)])
        _ = bench.members(0b011)
        let offered = bench.fire(.handover, 0)
        guard acknowledge == .afterReceive else {
            #expect(offered.isEmpty, "nothing was acknowledged")
            return
        }
        guard case .balancing(.adopt(let row)) = offered.first?.message else {
            Issue.record("\(offered)")
            return
        }
        #expect(row.record.id == Bench.message.id && offered[0].to == Bench.placement.chatServerAddress(1))
        _ = bench.receive(
            .balancing(.adopted(Bench.message.id, Bench.phone.user)), from: Bench.placement.chatServerAddress(1))
        #expect(bench.fire(.handover, 0).isEmpty)
    }

    @Test("a row that is handed over gets the next place, once, and the answer when that is final")
    func adopts() {
        var bench = Bench()
        _ = bench.connect()
        let row = MailboxRow(
            record: MessageRecord(
                id: MessageID(sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: 5)),
                recipient: Bench.phone.user, contentBytes: 1, sequence: 9), isRecipients: true)
        let other = Bench.placement.chatServerAddress(2)
        for round in 0..<2 {
            let sent = bench.receive(.balancing(.adopt(row)), from: other)
            #expect(
                sent.contains { $0.message == .balancing(.adopted(row.record.id, Bench.phone.user)) && $0.to == other })
            #expect(sent.contains { if case .push = $0.message { true } else { false } } == (round == 0))
        }
    }

    @Test("a server that missed a view may have been out: it gives up all its users, to ask for them again")
    func missedView() {
        var bench = Bench()
        _ = bench.connect()
        #expect(bench.members(0b111, count: 2).isEmpty, "the next view, in which user 3 is still its own")
        #expect(bench.members(0b111, count: 4).map(\.message) == [.reset(Bench.phone)])
    }

    @Test("so may one whose last view came from another load balancer, which may not have heard of this one's")
    func viewOfAnother() {
        var bench = Bench()
        _ = bench.connect()
        #expect(bench.members(0b111, count: 2, by: 1).map(\.message) == [.reset(Bench.phone)])
        _ = bench.connect()
        #expect(bench.members(0b111, count: 3, by: 1).isEmpty)
        #expect(bench.members(0b111, count: 4).map(\.message) == [.reset(Bench.phone)])
    }

    @Test("a server that has restarted serves nobody before it knows the membership")
    func restarts() {
        var bench = Bench()
        var outbox = Outbox()
        bench.server.crash()
        bench.server.restart(jitterSeed: 2, nowNanoseconds: 0, outbox: &outbox)
        #expect(bench.receive(.open(Bench.phone), from: Bench.phoneAddress).map(\.message) == [.reset(Bench.phone)])
        #expect(
            bench.receive(.balancing(.healthCheck(.initial)), from: Bench.balancer).map(\.message) == [
                .balancing(.healthAnswer(server: 0, version: .unknown, connections: 0))
            ])
        _ = bench.members(0b111)
        #expect(bench.receive(.open(Bench.phone), from: Bench.phoneAddress).map(\.message) == [Bench.claim(from: 0)])
    }
}
