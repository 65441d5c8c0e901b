extension StorageServer {
    /// The timers of a storage server that are about shards.
    enum ShardTimerKind: UInt16 {
        case heartbeat = 32
        case step
        case whatIsMine
    }

    /// What the server begins with: it tells the coordinator that it lives, if that wants to know. All copies are empty.
    public mutating func start(outbox: inout Outbox) {
        archive?.start(outbox: &outbox)
        startHeartbeat(outbox: &outbox)
        guard let seat = shardSeat, let replication = seat.configuration.replication else { return }
        for shard in 0..<Placement.logicalShards where volatile.shards?[shard].primary == seat.number {
            let peers = volatile.shards?[shard].assignment.members.servers.dropFirst() ?? []
            volatile.shards?[shard].lead = ShardLead(
                streams: peers.map { ShardStream(emptyPeer: $0, isRequired: replication.waitsForCopies) })
        }
    }

    /// Whether a request is for this server to carry out now. If it is not, it is handed to the server that it is for, or kept until
    /// that is known, or left for the requester to repeat.
    mutating func admits(
        _ message: WireMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, _ port: UInt32,
        outbox: inout Outbox
    ) -> Bool {
        guard let seat = shardSeat, let shard = message.logicalShard else { return true }
        guard volatile.shards?.isConfirmed == true, let state = volatile.shards?[shard] else { return false }
        guard let primary = state.primary else { return false }
        if primary == seat.number {
            guard state.lead?.successor != nil else { return true }
            let held = ShardLead.Held(message: message, words: Array(words), source: source, port: port)
            volatile.shards?[shard].lead?.held.append(held)
            return false
        }
        let isMailbox = if case .tables = message { false } else { true }
        let hint = WireMessage.sharding(
            .moved(shard: shard, server: primary, version: state.assignment.version))
        if isMailbox, seat.configuration.staleRequests == .redirect {
            shardCounts.redirects += 1
            outbox.send(hint, to: source, fromPort: port)
        } else {
            shardCounts.forwards += 1
            let payload = Payload(message)
            outbox.send(
                .sharding(.relayed(source: source)), to: seat.placement.storageServerAddress(primary),
                attachment: [
                    UInt64(payload.kind), payload.words.0, payload.words.1, payload.words.2, payload.words.3,
                ] + Array(words))
            if isMailbox { outbox.send(hint, to: Address(process: source.process)) }
        }
        return false
    }

    /// Handles a message about shards.
    mutating func receive(
        _ message: ShardingMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        switch message {
        case .relayed(let requester):
            let payload = Payload(
                kind: UInt16(truncatingIfNeeded: words[0]), words: (words[1], words[2], words[3], words[4]))
            receive(
                payload.message, words: UnsafeBufferPointer(rebasing: words[5...]), from: requester, atPort: 0,
                nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .assignments(let told):
            let latest = max(told, volatile.shards?.toldNanoseconds ?? 0)
            volatile.shards?.toldNanoseconds = latest
            learnAssignments(words, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .assign(let shard, let assignment):
            guard let seat = shardSeat, volatile.shards?.isConfirmed == true else { return }
            learn(assignment, of: shard, nowNanoseconds: nowNanoseconds, outbox: &outbox)
            outbox.send(
                .sharding(.assigned(shard: shard, version: assignment.version, server: seat.number)), to: source)
        case .bring, .probed, .copied, .appended: receiveAsPrimary(message, from: source, outbox: &outbox)
        case .probe, .copy, .append: receiveAsCopy(message, words: words, from: source, outbox: &outbox)
        case .superseded(let shard, let version):
            guard volatile.shards.map({ version > $0[shard].assignment.version }) ?? false else { return }
            askWhatIsMine(outbox: &outbox)
        case .moved, .lookUp, .heartbeat, .whatIsMine, .assigned, .caughtUp:
            preconditionFailure("a storage server is never sent \(message)")
        }
    }

    /// Handles a timer that the server asked for.
    mutating func fireShardTimer(_ kind: ShardTimerKind, value: UInt64, outbox: inout Outbox) {
        switch kind {
        case .heartbeat: startHeartbeat(outbox: &outbox)
        case .step:
            stepTimedOut(
                shard: UInt32(value >> 48), peer: UInt32(value >> 32 & 0xffff),
                stepCount: UInt32(truncatingIfNeeded: value), outbox: &outbox)
        case .whatIsMine:
            if volatile.shards?.isConfirmed == false { askWhatIsMine(outbox: &outbox) }
        }
    }

    /// After a restart: which shards are the server's own is for the coordinator to say.
    public mutating func restartShards(outbox: inout Outbox) {
        // Whose log is corrupt leaves its shards to the copies, if there are any: the coordinator takes it for lost.
        guard !volatile.isDiskCorrupt else { return }
        archive?.restart(outbox: &outbox)
        guard let seat = shardSeat else { return }
        volatile.shards = ShardStates(seat, isConfirmed: false, positions: durable.shardPositions)
        askWhatIsMine(outbox: &outbox)
        startHeartbeat(outbox: &outbox)
    }

    // MARK: Assignments

    private mutating func startHeartbeat(outbox: inout Outbox) {
        guard let seat = shardSeat, let period = seat.configuration.heartbeatNanoseconds else { return }
        let told = volatile.shards?.toldNanoseconds ?? 0
        outbox.send(
            .sharding(.heartbeat(server: seat.number, toldNanoseconds: told)), to: seat.placement.coordinatorAddress)
        outbox.timer(TimerToken(kind: ShardTimerKind.heartbeat.rawValue, value: 0), afterNanoseconds: period)
    }

    private func askWhatIsMine(outbox: inout Outbox) {
        guard let seat = shardSeat else { return }
        outbox.send(.sharding(.whatIsMine(server: seat.number)), to: seat.placement.coordinatorAddress)
        outbox.timer(
            TimerToken(kind: ShardTimerKind.whatIsMine.rawValue, value: 0),
            afterNanoseconds: seat.configuration.stepTimeoutNanoseconds)
    }

    private mutating func learnAssignments(
        _ words: UnsafeBufferPointer<UInt64>, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard let seat = shardSeat else { return }
        let isFirst = volatile.shards?.isConfirmed == false
        volatile.shards?.isConfirmed = true
        for shard in 0..<Placement.logicalShards {
            let assignment = ShardAssignment(
                version: UInt32(truncatingIfNeeded: words[Int(shard) * 2]),
                members: ShardMembers(word: words[Int(shard) * 2 + 1]))
            learn(assignment, of: shard, nowNanoseconds: nowNanoseconds, outbox: &outbox)
            if isFirst, assignment.members.primary == seat.number { lead(shard, outbox: &outbox) }
        }
    }

    /// A shard is assigned as the coordinator says, unless something newer is known.
    private mutating func learn(
        _ assignment: ShardAssignment, of shard: UInt32, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard let seat = shardSeat, let state = volatile.shards?[shard],
            assignment.version > state.assignment.version
        else { return }
        volatile.shards?[shard].assignment = assignment
        volatile.shards?[shard].versionHeard = max(state.versionHeard, assignment.version)
        let held = state.lead?.held ?? []
        if assignment.members.primary == seat.number {
            volatile.shards?[shard].lead?.held = []
            volatile.shards?[shard].lead?.successor = nil
            lead(shard, outbox: &outbox)
        } else {
            // Writes that were not answered yet are repeated where the shard is now.
            volatile.shards?[shard].lead = nil
            let hasAny = state.appended != ShardPosition() || !rows(ofLogicalShard: shard, limit: 1).isEmpty
            // Who has joined as a copy since is to be a member of what comes next, and must not drop what the primary relies on.
            let isJoining = assignment.version <= state.copyVersion
            if hasAny, !isJoining, !assignment.members.contains(seat.number) {
                dropRows(ofLogicalShard: shard, outbox: &outbox)
            }
        }
        for request in held {
            request.words.withUnsafeBufferPointer {
                receive(
                    request.message, words: $0, from: request.source, atPort: request.port,
                    nowNanoseconds: nowNanoseconds, outbox: &outbox)
            }
        }
    }
}

extension WireMessage {
    /// The logical shard that a request to a storage server is about; nothing if it is about none.
    var logicalShard: UInt32? {
        switch self {
        case .put(let row, _): row.owner.logicalShard
        case .groups(.put(_, let owner, _, _)): owner.logicalShard
        case .load(let user, _, _), .scan(let user, _, _): user.logicalShard
        case .balancing(.claim(let user, _, _, _)): user.logicalShard
        case .tables(.write(_, let partition, _, _)): RowKey.logicalShard(ofPartition: partition)
        case .tables(.scan(_, let range)): RowKey.logicalShard(ofPartition: range.partition)
        default: nil
        }
    }
}
