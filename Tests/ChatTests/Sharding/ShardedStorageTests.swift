import Testing

@testable import Chat

/// Storage servers that have shards, and the network between them: messages are carried one by one, so that a test can look at each. Disks
/// sync when they are told to.
private struct Cluster {
    let placement: Placement
    var servers: [StorageServer]
    /// What is on its way to storage servers, and what went to others.
    var wire: [(message: ShardingMessage, words: [UInt64], from: UInt32, to: UInt32)] = []
    var toCoordinator: [ShardingMessage] = []
    var toOthers: [WireMessage] = []
    static let client = Address(process: 1, port: 5)

    init(
        _ count: UInt32, initial: UInt32, replication: ShardingConfiguration.Replication? = nil,
        staleRequests: ShardingConfiguration.StaleRequests = .redirect, catchesUp: Bool = true
    ) {
        let placement = Placement(
            firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: count, coordinatorCount: 1)
        self.placement = placement
        let configuration = ShardingConfiguration(
            initialServerCount: initial, staleRequests: staleRequests, catchesUp: catchesUp, chunkRowsMax: 2,
            stepTimeoutNanoseconds: 100,
            growth: count > initial ? [.init(timeNanoseconds: 0, serverCount: count - initial)] : [],
            replication: replication)
        servers = (0..<count).map {
            StorageServer(shardSeat: ShardSeat(number: $0, placement: placement, configuration: configuration))
        }
        for server in 0..<count { act(server) { $0.start(outbox: &$1) } }
        toCoordinator = []
    }

    mutating func act(_ server: UInt32, _ body: (inout StorageServer, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&servers[Int(server)], &outbox)
        for effect in outbox.effects {
            switch effect {
            case .send(let message, let address, _): post(message, [], from: server, to: address)
            case .sendAttached(let message, let address, _, let first, let count):
                post(message, Array(outbox.words[Int(first)..<Int(first + count)]), from: server, to: address)
            case .timer, .sync, .write, .observe: continue
            }
        }
    }

    private mutating func post(_ message: WireMessage, _ words: [UInt64], from server: UInt32, to address: Address) {
        if address.process == placement.firstCoordinator, case .sharding(let message) = message {
            toCoordinator.append(message)
        } else if address.process >= placement.firstStorageServer, case .sharding(let message) = message {
            wire.append((message, words, server, address.process - placement.firstStorageServer))
        } else {
            toOthers.append(message)
        }
    }

    mutating func receive(_ message: WireMessage, at server: UInt32, words: [UInt64] = [], from source: Address? = nil)
    {
        words.withUnsafeBufferPointer { words in
            act(server) {
                $0.receive(
                    message, words: words, from: source ?? Cluster.client, atPort: 0, nowNanoseconds: 0, outbox: &$1)
            }
        }
    }

    /// A server loses its memory and is back at once.
    mutating func restart(_ server: UInt32) {
        servers[Int(server)].crash()
        act(server) { $0.restart(nowNanoseconds: 0, outbox: &$1) }
        act(server) { $0.restartShards(outbox: &$1) }
    }

    /// Tells a server something as the coordinator.
    mutating func command(_ message: ShardingMessage, _ server: UInt32) {
        receive(.sharding(message), at: server, from: placement.coordinatorAddress)
    }

    /// Carries the oldest message on the wire.
    @discardableResult
    mutating func carry() -> ShardingMessage? {
        guard !wire.isEmpty else { return nil }
        let next = wire.removeFirst()
        receive(
            .sharding(next.message), at: next.to, words: next.words, from: placement.storageServerAddress(next.from))
        return next.message
    }

    /// Carries everything and lets all disks sync until nothing is left to do, or until a condition is met.
    mutating func settle(until isDone: (Cluster) -> Bool = { _ in false }) {
        for _ in 0..<10_000 {
            if isDone(self) { return }
            if carry() != nil { continue }
            guard let server = servers.indices.first(where: { !servers[$0].volatile.buffer.isEmpty }) else { return }
            sync(UInt32(server))
        }
        Issue.record("the servers find no end")
    }

    mutating func sync(_ server: UInt32) {
        guard !servers[Int(server)].volatile.buffer.isEmpty else { return }
        act(server) { $0.synced(nowNanoseconds: 0, outbox: &$1) }
    }

    static func row(_ sequence: UInt32) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(
                    sender: UserID(2), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: sequence)),
                recipient: UserID(0), contentBytes: 10, sequence: sequence), isRecipients: true)
    }

    mutating func put(_ sequence: UInt32, at server: UInt32) { receive(.put(Self.row(sequence), epoch: 1), at: server) }

    func places(at server: UInt32) -> [UInt32] {
        servers[Int(server)].rows(ofLogicalShard: 0, limit: .max).filter { $0.table == .message }
            .map { UInt32($0.place) }
    }
}

@Suite("Shards of storage servers")
struct ShardedStorageTests {
    static let twoCopies = ShardingConfiguration.Replication(
        copyCount: 2, waitsForCopies: true, repairs: true, detectNanoseconds: 1000)
    static let moved = ShardAssignment(version: 2, members: ShardMembers([2]))

    @Test("a request for another's shard is answered with whose it is, or handed on with a hint")
    func staleRequests() {
        var cluster = Cluster(3, initial: 2)
        cluster.put(1, at: 1)
        #expect(cluster.toOthers == [.sharding(.moved(shard: 0, server: 0, version: 1))] && cluster.wire.isEmpty)
        cluster = Cluster(3, initial: 2, staleRequests: .forward)
        cluster.put(1, at: 1)
        #expect(cluster.toOthers == [.sharding(.moved(shard: 0, server: 0, version: 1))])
        #expect(cluster.carry() == .relayed(source: Cluster.client))
        cluster.sync(0)
        #expect(cluster.toOthers.last == .putDone(UserID(0), sequence: 1, epoch: 1, fenced: false))
    }

    @Test("a shard moves with its rows and its fences, and the old server drops it")
    func move() {
        var cluster = Cluster(3, initial: 2)
        cluster.receive(.load(UserID(0), epoch: 7, limit: 5), at: 0)
        for sequence: UInt32 in 1...5 { cluster.receive(.put(Cluster.row(sequence), epoch: 7), at: 0) }
        cluster.settle()
        cluster.command(.bring(shard: 0, version: 1, target: 2, replaces: 0), 0)
        cluster.settle()
        #expect(cluster.toCoordinator == [.caughtUp(shard: 0, version: 1, target: 2)])
        cluster.command(.assign(shard: 0, Self.moved), 2)
        cluster.command(.assign(shard: 0, Self.moved), 0)
        cluster.settle()
        #expect(cluster.places(at: 2) == [1, 2, 3, 4, 5] && cluster.places(at: 0) == [])
        cluster.receive(.put(Cluster.row(6), epoch: 6), at: 2)
        #expect(cluster.toOthers.last == .putDone(UserID(0), sequence: 6, epoch: 6, fenced: true))
    }

    @Test("what is written while a shard is copied follows, in order", arguments: [true, false])
    func catchUp(catchesUp: Bool) {
        var cluster = Cluster(3, initial: 2, catchesUp: catchesUp)
        for sequence: UInt32 in 1...4 { cluster.put(sequence, at: 0) }
        cluster.settle()
        cluster.command(.bring(shard: 0, version: 1, target: 2, replaces: 0), 0)
        // The rows of messages come first in the order of keys: two chunks of two.
        cluster.settle { cluster in
            if case .copied(_, _, 2, _)? = cluster.wire.first?.message { true } else { false }
        }
        cluster.put(5, at: 0)
        cluster.sync(0)
        cluster.settle()
        #expect(cluster.toOthers.contains(.putDone(UserID(0), sequence: 5, epoch: 1, fenced: false)))
        #expect(cluster.toCoordinator == [.caughtUp(shard: 0, version: 1, target: 2)])
        #expect(cluster.places(at: 2) == (catchesUp ? [1, 2, 3, 4, 5] : [1, 2, 3, 4]))
    }

    @Test("once the copy is level nothing new is taken; what comes is held and handed to the new owner")
    func cutOver() {
        var cluster = Cluster(3, initial: 2)
        cluster.command(.bring(shard: 0, version: 1, target: 2, replaces: 0), 0)
        cluster.put(1, at: 0)
        cluster.settle { !$0.toCoordinator.isEmpty }
        #expect(cluster.places(at: 2) == [1], "a write that waited for the disk is part of the copy")
        cluster.put(2, at: 0)
        cluster.settle()
        #expect(cluster.places(at: 0) == [1] && cluster.toOthers.count == 1)
        cluster.command(.assign(shard: 0, Self.moved), 2)
        cluster.command(.assign(shard: 0, Self.moved), 0)
        #expect(cluster.toOthers.last == .sharding(.moved(shard: 0, server: 2, version: 2)))
    }

    @Test("a target that crashes in the middle is copied to anew")
    func targetCrashes() {
        var cluster = Cluster(3, initial: 2)
        for sequence: UInt32 in 1...4 { cluster.put(sequence, at: 0) }
        cluster.settle()
        cluster.command(.bring(shard: 0, version: 1, target: 2, replaces: 0), 0)
        cluster.settle { cluster in
            if case .copied? = cluster.wire.first?.message { true } else { false }
        }
        cluster.wire = []
        cluster.restart(2)
        #expect(cluster.toCoordinator == [.whatIsMine(server: 2)])
        let words = (0..<Placement.logicalShards).flatMap { [UInt64(1), ShardMembers([$0 % 2]).word] }
        cluster.receive(
            .sharding(.assignments(toldNanoseconds: 7)), at: 2, words: words, from: cluster.placement.coordinatorAddress
        )
        let value = UInt64(2) << 32 | UInt64(cluster.servers[0].volatile.shards?[0].lead?.streams[0].stepCount ?? 0)
        cluster.act(0) { $0.fire(TimerToken(kind: 33, value: value), nowNanoseconds: 0, outbox: &$1) }
        cluster.settle()
        #expect(cluster.toCoordinator.last == .caughtUp(shard: 0, version: 1, target: 2))
        #expect(cluster.places(at: 2) == [1, 2, 3, 4])
    }

    @Test("what a new primary took as a copy, and its disk has only later, reaches the copy that is made meanwhile")
    func takenAsCopy() {
        var cluster = Cluster(3, initial: 3, replication: Self.twoCopies)
        cluster.put(1, at: 0)
        cluster.settle()
        cluster.put(2, at: 0)
        cluster.sync(0)
        cluster.carry()
        cluster.command(.assign(shard: 0, ShardAssignment(version: 2, members: ShardMembers([1]))), 1)
        cluster.command(.bring(shard: 0, version: 2, target: 2, replaces: nil), 1)
        for _ in 0..<20 {
            cluster.carry()
            cluster.sync(2)
        }
        #expect(cluster.places(at: 1) == [1] && cluster.places(at: 2) == [1], "the disk of the new primary is slow")
        cluster.settle()
        #expect(cluster.places(at: 2) == [1, 2])
        let whole = ShardAssignment(version: 3, members: ShardMembers([1, 2]))
        for server: UInt32 in [1, 2] { cluster.command(.assign(shard: 0, whole), server) }
        cluster.put(3, at: 1)
        cluster.settle()
        #expect(cluster.places(at: 1) == [1, 2, 3] && cluster.places(at: 2) == [1, 2, 3])
        #expect(cluster.toOthers.last == .putDone(UserID(0), sequence: 3, epoch: 1, fenced: false))
    }

    @Test("a write is answered once both copies have it on their logs")
    func pipeline() {
        var cluster = Cluster(2, initial: 2, replication: Self.twoCopies)
        cluster.put(1, at: 0)
        cluster.sync(0)
        #expect(cluster.toOthers.isEmpty)
        cluster.carry()
        #expect(cluster.places(at: 1).isEmpty)
        cluster.sync(1)
        cluster.carry()
        #expect(cluster.toOthers == [.putDone(UserID(0), sequence: 1, epoch: 1, fenced: false)])
        #expect(cluster.places(at: 1) == [1])
    }

    @Test("a primary that was replaced is refused by the copies, and asks what is its own")
    func latePrimary() {
        var cluster = Cluster(3, initial: 3, replication: Self.twoCopies)
        cluster.command(.assign(shard: 0, ShardAssignment(version: 2, members: ShardMembers([1]))), 1)
        cluster.put(1, at: 0)
        cluster.sync(0)
        cluster.carry()
        #expect(cluster.carry() == .superseded(shard: 0, version: 2))
        #expect(cluster.toCoordinator.last == .whatIsMine(server: 0) && cluster.toOthers.isEmpty)
        #expect(cluster.places(at: 1) == [])
    }

    @Test("a copy that returns behind is found out and made anew", arguments: [true, false])
    func repair(repairs: Bool) {
        var replication = Self.twoCopies
        replication.repairs = repairs
        var cluster = Cluster(2, initial: 2, replication: replication)
        cluster.put(1, at: 0)
        cluster.settle()
        cluster.command(.assign(shard: 0, ShardAssignment(version: 2, members: ShardMembers([0]))), 0)
        cluster.put(2, at: 0)
        cluster.settle()
        #expect(cluster.places(at: 1) == [1])
        cluster.command(.assign(shard: 0, ShardAssignment(version: 3, members: ShardMembers([0, 1]))), 0)
        cluster.settle()
        cluster.put(3, at: 0)
        cluster.settle()
        #expect(cluster.places(at: 1) == (repairs ? [1, 2, 3] : [1, 3]))
        #expect(cluster.toOthers.count == 3, "all writes were answered")
    }

    @Test("a copy that has joined since keeps its rows, though it hears late that it had been taken out")
    func hearsLate() {
        var cluster = Cluster(2, initial: 2, replication: Self.twoCopies)
        cluster.put(1, at: 0)
        cluster.settle()
        // Server 1 is taken out, which it does not hear, and joins again: it has what the primary has.
        let alone = ShardAssignment(version: 2, members: ShardMembers([0]))
        cluster.command(.assign(shard: 0, alone), 0)
        cluster.command(.bring(shard: 0, version: 2, target: 1, replaces: nil), 0)
        cluster.settle()
        #expect(cluster.toCoordinator.last == .caughtUp(shard: 0, version: 2, target: 1))
        cluster.command(.assign(shard: 0, alone), 1)
        cluster.settle()
        #expect(cluster.places(at: 1) == [1])
        // What comes after that and leaves it out all the same ends its copy.
        cluster.command(.assign(shard: 0, ShardAssignment(version: 3, members: ShardMembers([0]))), 1)
        cluster.settle()
        #expect(cluster.places(at: 1).isEmpty)
    }

    @Test("the position of a copy survives a crash")
    func positions() {
        var cluster = Cluster(2, initial: 2, replication: Self.twoCopies)
        cluster.put(1, at: 0)
        cluster.settle()
        let position = cluster.servers[0].durable.shardPositions[0]
        #expect(position.number == 1 && position == cluster.servers[1].durable.shardPositions[0])
        cluster.restart(1)
        #expect(cluster.servers[1].volatile.shards?[0].appended == position)
    }
}
