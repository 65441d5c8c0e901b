import Testing

@testable import Chat

/// A coordinator over two storage servers, to which a third is added at time 10. The tests play the storage servers.
private struct Desk {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 3, coordinatorCount: 1)
    var coordinator: ShardCoordinator
    var effects: [Effect] = []

    init(replication: ShardingConfiguration.Replication? = nil, servers: UInt32 = 2) {
        coordinator = ShardCoordinator(
            placement: Self.placement,
            configuration: ShardingConfiguration(
                initialServerCount: servers, movesAtOnceMax: 2, stepTimeoutNanoseconds: 100,
                growth: servers == 2 ? [.init(timeNanoseconds: 10, serverCount: 1)] : [], replication: replication))
    }

    mutating func act(_ body: (inout ShardCoordinator, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&coordinator, &outbox)
        effects = outbox.effects
    }

    mutating func hear(_ message: ShardingMessage, from server: UInt32, at now: UInt64 = 20) {
        act {
            $0.receive(
                .sharding(message), from: Self.placement.storageServerAddress(server), nowNanoseconds: now, outbox: &$1)
        }
    }

    mutating func sync() { act { $0.synced(outbox: &$1) } }

    /// Lets the disk sync until nothing waits for it, and collects what follows.
    mutating func syncAll() {
        var all: [Effect] = []
        while !coordinator.volatile.buffer.isEmpty {
            sync()
            all += effects
        }
        effects = all
    }

    /// The same behind what the last input had done at once.
    mutating func syncAllKeepingEffects() {
        let before = effects
        syncAll()
        effects = before + effects
    }

    /// What was sent to storage servers by the last input.
    var sent: [(message: ShardingMessage, server: UInt32)] {
        effects.compactMap { effect in
            switch effect {
            case .send(.sharding(let message), let address, _),
                .sendAttached(.sharding(let message), let address, _, _, _):
                (message, address.process - Self.placement.firstStorageServer)
            default: nil
            }
        }
    }

    mutating func grow() {
        act { $0.fire(TimerToken(kind: 1, value: 0), nowNanoseconds: 10, outbox: &$1) }
        syncAll()
    }
}

@Suite("Coordinator of shards")
struct ShardCoordinatorTests {
    @Test("growth: decided on the log, then as many copies are begun as may be at once")
    func growth() {
        var desk = Desk()
        desk.act { $0.start(nowNanoseconds: 0, outbox: &$1) }
        #expect(desk.effects == [.timer(TimerToken(kind: 1, value: 0), afterNanoseconds: 10)])
        desk.act { $0.fire(TimerToken(kind: 1, value: 0), nowNanoseconds: 10, outbox: &$1) }
        #expect(desk.effects == [.sync(bytes: 48)])
        desk.sync()
        #expect(desk.sent.isEmpty, "that copies are begun must be on the log first")
        desk.syncAll()
        #expect(
            desk.sent.map(\.message) == [
                .bring(shard: 0, version: 1, target: 2, replaces: 0),
                .bring(shard: 1, version: 1, target: 2, replaces: 1),
            ])
        #expect(desk.sent.map(\.server) == [0, 1])
    }

    @Test("a copy that is up to date takes over under a new version; the new owner is told first, then the old one")
    func cutOver() {
        var desk = Desk()
        desk.grow()
        desk.hear(.caughtUp(shard: 0, version: 1, target: 2), from: 0)
        #expect(desk.sent.isEmpty)
        desk.sync()
        let assignment = ShardAssignment(version: 2, members: ShardMembers([2]))
        #expect(desk.sent.map(\.message) == [.assign(shard: 0, assignment)] && desk.sent.map(\.server) == [2])
        desk.hear(.assigned(shard: 0, version: 2, server: 2), from: 2)
        #expect(desk.sent.map(\.message) == [.assign(shard: 0, assignment)] && desk.sent.map(\.server) == [0])
        desk.hear(.lookUp(shard: 0), from: 1)
        #expect(desk.sent.map(\.message) == [.moved(shard: 0, server: 2, version: 2)])
    }

    @Test("a server that says twice that it is up to date, or under an old version, changes nothing")
    func staleReports() {
        var desk = Desk()
        desk.grow()
        desk.hear(.caughtUp(shard: 0, version: 1, target: 2), from: 0)
        desk.hear(.caughtUp(shard: 0, version: 1, target: 2), from: 0)
        #expect(desk.effects.isEmpty)
        desk.sync()
        desk.hear(.caughtUp(shard: 0, version: 1, target: 2), from: 0)
        #expect(desk.effects.isEmpty && desk.coordinator.durable.state.map[0].version == 2)
    }

    @Test("after a crash it goes on with what it had begun, and tells what it had decided")
    func restart() {
        var desk = Desk()
        desk.grow()
        desk.hear(.caughtUp(shard: 0, version: 1, target: 2), from: 0)
        desk.sync()
        desk.coordinator.crash()
        desk.act { $0.restart(nowNanoseconds: 30, outbox: &$1) }
        let messages = desk.sent.map(\.message)
        #expect(messages.contains(.assign(shard: 0, ShardAssignment(version: 2, members: ShardMembers([2])))))
        #expect(messages.contains(.bring(shard: 1, version: 1, target: 2, replaces: 1)))
        #expect(messages.count { $0 == .assignments(toldNanoseconds: 30) } == 3)
    }

    @Test("a server that is silent too long is taken out; the other copy becomes the primary, and a new one is made")
    func lostServer() {
        var desk = Desk(
            replication: .init(copyCount: 2, waitsForCopies: true, repairs: true, detectNanoseconds: 1000), servers: 3)
        for server: UInt32 in [1, 2] {
            desk.hear(.heartbeat(server: server, toldNanoseconds: 0), from: server, at: 900)
        }
        desk.act { $0.fire(TimerToken(kind: 4, value: 0), nowNanoseconds: 1000, outbox: &$1) }
        #expect(desk.coordinator.volatile.isLost == [false, false, false], "silent for 1000, no longer")
        desk.act { $0.fire(TimerToken(kind: 4, value: 0), nowNanoseconds: 1001, outbox: &$1) }
        #expect(desk.coordinator.volatile.isLost == [true, false, false])
        desk.syncAll()
        let state = desk.coordinator.durable.state
        #expect(state.map[0] == ShardAssignment(version: 2, members: ShardMembers([1])))
        #expect(state.map[1] == ShardAssignment(version: 1, members: ShardMembers([1, 2])))
        #expect(state.map[2] == ShardAssignment(version: 2, members: ShardMembers([2])))
        #expect(
            state.tasks == [
                ShardTask(shard: 0, target: 2, replaces: nil), ShardTask(shard: 2, target: 1, replaces: nil),
            ])
        var metrics = Metrics()
        desk.coordinator.report(into: &metrics)
        #expect(metrics["replication.promotions"] == 334)
    }

    @Test("a server that was lost and returns is told everything; without repair it takes part again as it is")
    func returns() {
        for repairs in [true, false] {
            var desk = Desk(
                replication: .init(copyCount: 2, waitsForCopies: true, repairs: repairs, detectNanoseconds: 1000),
                servers: 3)
            for server: UInt32 in [1, 2] {
                desk.hear(.heartbeat(server: server, toldNanoseconds: 0), from: server, at: 900)
            }
            desk.act { $0.fire(TimerToken(kind: 4, value: 0), nowNanoseconds: 1500, outbox: &$1) }
            desk.syncAll()
            desk.hear(.whatIsMine(server: 0), from: 0, at: 1600)
            desk.syncAll()
            #expect(desk.sent.contains { $0.message == .assignments(toldNanoseconds: 1600) && $0.server == 0 })
            #expect(desk.coordinator.durable.state.map[0].members.contains(0) == !repairs)
        }
    }

    @Test(
        "a server that did not hear what it has is told again with its next heartbeat, until one says that it has heard"
    )
    func toldAgain() {
        var desk = Desk(
            replication: .init(copyCount: 2, waitsForCopies: true, repairs: true, detectNanoseconds: 1000), servers: 3)
        func heartbeat(_ told: UInt64, at now: UInt64) -> [ShardingMessage] {
            desk.hear(.heartbeat(server: 0, toldNanoseconds: told), from: 0, at: now)
            desk.syncAllKeepingEffects()
            return desk.sent.filter { $0.server == 0 }.map(\.message)
        }
        for server: UInt32 in [1, 2] {
            desk.hear(.heartbeat(server: server, toldNanoseconds: 0), from: server, at: 900)
        }
        desk.act { $0.fire(TimerToken(kind: 4, value: 0), nowNanoseconds: 1500, outbox: &$1) }
        desk.syncAll()
        #expect(heartbeat(0, at: 1600).contains(.assignments(toldNanoseconds: 1600)))
        #expect(heartbeat(0, at: 1850) == [.assignments(toldNanoseconds: 1850)])
        #expect(heartbeat(1600, at: 2100) == [.assignments(toldNanoseconds: 2100)], "there may be more to know since")
        #expect(heartbeat(2100, at: 2350).isEmpty)
    }
}
