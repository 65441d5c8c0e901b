/// The coordinator of the shards: it alone says which storage server has which, and gives every change a version. It moves shards to servers
/// that are added, replaces servers that are lost, and has copies made that are lacking.
///
/// - `ShardCoordinator+Telling.swift`: servers are told of changes, again and again until they answer.
/// - `ShardCoordinator+Health.swift`: servers that fall silent, and that come back.
///
/// It is one machine with a log of its own, as the master of HBase is, and not replicated itself: while it is down everything goes on as it
/// was assigned, but nothing is reassigned, and a storage server that restarts waits for it.
public struct ShardCoordinator: Sendable {
    let placement: Placement
    let configuration: ShardingConfiguration
    var durable: Durable
    var volatile: Volatile
    /// For the figures of a run only.
    private var counts = Counts()

    /// What survives a crash: the disk.
    struct Durable: Sendable {
        var state: CoordinatorState
    }

    /// What does not: the memory.
    struct Volatile: Sendable {
        /// The state with the changes that wait for the disk. Decisions are made by it, and told once they are durable.
        var state: CoordinatorState
        var buffer = LogBuffer<CoordinatorState.Change>()
        /// Servers that were not told of an assignment yet, by shard.
        var notices: [UInt32: Notice] = [:]
        /// When each storage server was last heard of, in nanoseconds.
        var heardNanoseconds: [UInt64]
        /// Which storage servers are lost.
        var isLost: [Bool]
        /// When each storage server was last told all assignments, in nanoseconds; zero if it was not in this life of the coordinator.
        var toldNanoseconds: [UInt64]
        /// The time of the input that was handled last, in nanoseconds.
        var nowNanoseconds: UInt64

        init(_ state: CoordinatorState, serverCount: Int, nowNanoseconds: UInt64) {
            self.state = state
            heardNanoseconds = Array(repeating: nowNanoseconds, count: serverCount)
            isLost = Array(repeating: false, count: serverCount)
            toldNanoseconds = Array(repeating: 0, count: serverCount)
            self.nowNanoseconds = nowNanoseconds
        }
    }

    /// An assignment of which servers are to be told: the new primary first, the others once it knows.
    struct Notice: Sendable {
        let version: UInt32
        var first: UInt32?
        var others: [UInt32]
        var attempts: UInt32 = 0
    }

    private struct Counts: Sendable {
        var moves: UInt64 = 0
        var copiesMade: UInt64 = 0
        var promotions: UInt64 = 0
        var abandoned: UInt64 = 0
        var lookUps: UInt64 = 0
    }

    enum TimerKind: UInt16 {
        case growth = 1
        case task
        case notice
        case sweep
    }

    /// A coordinator of a system in which nothing has happened yet.
    public init(placement: Placement, configuration: ShardingConfiguration) {
        self.placement = placement
        self.configuration = configuration
        let state = CoordinatorState(configuration)
        durable = Durable(state: state)
        volatile = Volatile(state, serverCount: Int(placement.storageServerCount), nowNanoseconds: 0)
    }

    /// Sets the timers of what lies ahead.
    public mutating func start(nowNanoseconds: UInt64, outbox: inout Outbox) {
        for step in configuration.growth.dropFirst(durable.state.growthStepsDone) {
            let wait = step.timeNanoseconds > nowNanoseconds ? step.timeNanoseconds - nowNanoseconds : 0
            outbox.timer(TimerToken(kind: TimerKind.growth.rawValue, value: 0), afterNanoseconds: wait)
        }
        startSweeping(outbox: &outbox)
    }

    /// Handles a message of a storage server, or of someone who looks for a shard.
    public mutating func receive(
        _ message: WireMessage, from source: Address, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard case .sharding(let message) = message else {
            preconditionFailure("the coordinator of the shards is never sent \(message)")
        }
        volatile.nowNanoseconds = nowNanoseconds
        switch message {
        case .lookUp(let shard):
            counts.lookUps += 1
            let assignment = durable.state.map[shard]
            outbox.send(
                .sharding(
                    .moved(shard: shard, server: durable.state.map.primary(of: shard), version: assignment.version)),
                to: source)
        case .heartbeat(let server, let told):
            volatile.heardNanoseconds[Int(server)] = nowNanoseconds
            if volatile.isLost[Int(server)] {
                returned(server, outbox: &outbox)
            } else if told != volatile.toldNanoseconds[Int(server)], volatile.toldNanoseconds[Int(server)] > 0 {
                // What it was told is lost, or under way still.
                tellAssignments(to: server, outbox: &outbox)
            }
        case .whatIsMine(let server):
            volatile.heardNanoseconds[Int(server)] = nowNanoseconds
            returned(server, outbox: &outbox)
        case .assigned(let shard, let version, let server):
            assigned(shard, version: version, by: server, outbox: &outbox)
        case .caughtUp(let shard, let version, let target): caughtUp(shard, version, target, outbox: &outbox)
        default: preconditionFailure("the coordinator of the shards is never sent \(message)")
        }
    }

    /// Handles a timer that the coordinator asked for.
    public mutating func fire(_ token: TimerToken, nowNanoseconds: UInt64, outbox: inout Outbox) {
        switch TimerKind(rawValue: token.kind) {
        case .growth:
            guard volatile.state.growthStepsDone < configuration.growth.count else { return }
            let step = configuration.growth[volatile.state.growthStepsDone]
            propose(.grow(serverCount: step.serverCount), outbox: &outbox)
        case .task:
            repeatTask(
                ofShard: UInt32(truncatingIfNeeded: token.value), version: UInt32(token.value >> 32), outbox: &outbox)
        case .notice: noticeTimedOut(token.value, outbox: &outbox)
        case .sweep: sweep(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case nil: preconditionFailure("the coordinator of the shards has no timer of kind \(token.kind)")
        }
    }

    /// The sync that the coordinator asked for is done: what it covered is decided, and is told.
    public mutating func synced(outbox: inout Outbox) {
        for change in volatile.buffer.synced(outbox: &outbox) {
            if case .assign(let shard, let assignment) = change {
                observe(shard, assignment, outbox: &outbox)
                tell(of: shard, assignment, before: durable.state.map[shard].members, outbox: &outbox)
            }
            durable.state.apply(change)
            switch change {
            case .assign(let shard, _): send(noticeOf: shard, outbox: &outbox)
            case .begin(let task): ask(task, outbox: &outbox)
            case .grow: break
            case .tell(let server): tellAssignments(to: server, outbox: &outbox)
            }
        }
        plan(outbox: &outbox)
    }

    /// The memory is gone.
    public mutating func crash() {
        volatile = Volatile(durable.state, serverCount: volatile.isLost.count, nowNanoseconds: 0)
    }

    /// Goes on with what the log has: copies that were begun, and assignments that perhaps not everyone was told of.
    public mutating func restart(nowNanoseconds: UInt64, outbox: inout Outbox) {
        volatile = Volatile(durable.state, serverCount: volatile.isLost.count, nowNanoseconds: nowNanoseconds)
        start(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        for shard in 0..<Placement.logicalShards where durable.state.map[shard].version > 1 {
            let assignment = durable.state.map[shard]
            tell(of: shard, assignment, before: assignment.members, outbox: &outbox)
            send(noticeOf: shard, outbox: &outbox)
        }
        for server in 0..<placement.storageServerCount { tellAssignments(to: server, outbox: &outbox) }
        for task in durable.state.tasks { ask(task, outbox: &outbox) }
        plan(outbox: &outbox)
    }

    /// Decides something: it counts at once for what is decided next, and is told once it is durable.
    mutating func propose(_ change: CoordinatorState.Change, outbox: inout Outbox) {
        volatile.state.apply(change)
        volatile.buffer.append(change, bytes: UInt64(StorageServer.recordBytes), outbox: &outbox)
    }

    /// Begins what is to be done, as much as may be under way at once.
    mutating func plan(outbox: inout Outbox) {
        let copyCount = configuration.replication.map { $0.repairs ? $0.copyCount : 1 } ?? 1
        while volatile.state.tasks.count < configuration.movesAtOnceMax,
            let task = volatile.state.nextTask(copyCount: copyCount, isLost: volatile.isLost)
        {
            propose(.begin(task), outbox: &outbox)
        }
    }

    private mutating func caughtUp(
        _ shard: UInt32, _ version: UInt32, _ target: UInt32, outbox: inout Outbox
    ) {
        guard let task = volatile.state.tasks.first(where: { $0.shard == shard && $0.target == target }),
            durable.state.map[shard].version == version, volatile.state.map[shard].version == version
        else { return }
        propose(.assign(shard: shard, task.result(from: volatile.state.map[shard])), outbox: &outbox)
    }

    private func ask(_ task: ShardTask, outbox: inout Outbox) {
        let assignment = durable.state.map[task.shard]
        guard let primary = assignment.members.primary else { return }
        outbox.send(
            .sharding(
                .bring(
                    shard: task.shard, version: assignment.version, target: task.target, replaces: task.replaces)),
            to: placement.storageServerAddress(primary))
        outbox.timer(
            TimerToken(kind: TimerKind.task.rawValue, value: UInt64(assignment.version) << 32 | UInt64(task.shard)),
            afterNanoseconds: configuration.stepTimeoutNanoseconds * 4)
    }

    private func repeatTask(ofShard shard: UInt32, version: UInt32, outbox: inout Outbox) {
        guard durable.state.map[shard].version == version,
            let task = durable.state.tasks.first(where: { $0.shard == shard })
        else { return }
        ask(task, outbox: &outbox)
    }

    /// Counts and reports a change of an assignment that is about to be made.
    private mutating func observe(_ shard: UInt32, _ assignment: ShardAssignment, outbox: inout Outbox) {
        let old = durable.state.map[shard].members
        if let task = durable.state.tasks.first(where: { $0.shard == shard }) {
            let isDone = assignment.members.contains(task.target)
            switch (isDone, task.replaces) {
            case (false, _): counts.abandoned += 1
            case (true, nil): counts.copiesMade += 1
            case (true, _): counts.moves += 1
            }
        }
        guard old.primary != assignment.members.primary else { return }
        if let primary = assignment.members.primary, old.contains(primary) { counts.promotions += 1 }
        outbox.observe(
            Observation(
                .shardMoved, device: DeviceID(user: UserID(shard), index: 0),
                counterpart: UserID(assignment.members.primary ?? 0), sequence: assignment.version))
    }
}

extension ShardCoordinator {
    /// Reports what the coordinator did, and how even the servers are in the end.
    public func report(into metrics: inout Metrics) {
        let state = durable.state
        var copies = Array(repeating: UInt64(0), count: Int(state.serverCount))
        for assignment in state.map.assignments {
            for server in assignment.members.servers where Int(server) < copies.count { copies[Int(server)] += 1 }
        }
        let live = copies.indices.filter { !volatile.isLost[$0] }.map { copies[$0] }
        typealias Figure = ShardFigures
        metrics.record(Figure.moves, counts.moves)
        metrics.record(Figure.movesAbandoned, counts.abandoned)
        metrics.record(Figure.lookUps, counts.lookUps)
        metrics.record(Figure.servers, UInt64(live.count))
        metrics.record(Figure.shardsMost, live.max() ?? 0)
        metrics.record(Figure.shardsFewest, live.min() ?? 0)
        guard configuration.replication != nil else { return }
        metrics.record(Figure.promotions, counts.promotions)
        metrics.record(Figure.copiesMade, counts.copiesMade)
    }
}
