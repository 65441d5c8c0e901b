/// What the primary of a shard does to bring copies up to date and keep them so.
extension StorageServer {
    /// Takes a record that is on the disk now to the copies of its shard.
    ///
    /// - Returns: Whether the request that it was made for can be answered at once.
    mutating func logged(_ pending: Pending, outbox: inout Outbox) -> Bool {
        guard let seat = shardSeat else { return true }
        let shard = pending.record.logicalShard
        durable.shardPositions[Int(shard)] = pending.position
        volatile.shards?[shard].waitingForDiskCount -= 1
        guard pending.isOwnWrite else {
            passOn(pending, outbox: &outbox)
            return true
        }
        guard let state = volatile.shards?[shard], state.primary == seat.number else { return false }
        guard var lead = state.lead else { return true }
        let isCovered = pending.position.number <= lead.coveredNumber
        for index in lead.streams.indices {
            if configuration.mutant == .copyMissesWrite, lead.streams[index].isWaiting { continue }
            lead.streams[index].tail.append(pending.record)
        }
        if !isCovered { lead.unanswered.append((pending.position.number, pending)) }
        volatile.shards?[shard].lead = lead
        for index in lead.streams.indices { pump(shard, index, outbox: &outbox) }
        return isCovered
    }

    /// A record that was taken as a copy is on the disk. If this server has become the primary since, and its disk is slow, streams have begun
    /// behind the record: they must have it too.
    private mutating func passOn(_ pending: Pending, outbox: inout Outbox) {
        let shard = pending.record.logicalShard
        guard let indices = volatile.shards?[shard].lead?.streams.indices else { return }
        for index in indices {
            volatile.shards?[shard].lead?.streams[index].pass(pending.record, to: pending.position)
            pump(shard, index, outbox: &outbox)
        }
    }

    /// Makes sure that there is a stream to each copy of a shard of which this server is the primary, and to no other.
    mutating func lead(_ shard: UInt32, outbox: inout Outbox) {
        guard let seat = shardSeat, let state = volatile.shards?[shard] else { return }
        let waits = seat.configuration.replication?.waitsForCopies ?? false
        var lead = state.lead ?? ShardLead()
        let position = durable.shardPositions[Int(shard)]
        lead.streams = state.assignment.members.servers.dropFirst().map { peer in
            guard var stream = lead.streams.first(where: { $0.peer == peer }) else {
                return ShardStream(
                    peer: peer, replaces: nil, isJoining: false, isRequired: waits, position: position)
            }
            stream.replaces = nil
            stream.isJoining = false
            stream.isRequired = waits
            stream.isWaiting = false
            return stream
        }
        let isIdle = lead.streams.isEmpty && lead.unanswered.isEmpty
        volatile.shards?[shard].lead = isIdle ? nil : lead
        for index in lead.streams.indices { pump(shard, index, outbox: &outbox) }
        answerCovered(shard, outbox: &outbox)
    }

    /// Handles a message of the coordinator, or of a server that has a copy, to the primary.
    mutating func receiveAsPrimary(_ message: ShardingMessage, from source: Address, outbox: inout Outbox) {
        switch message {
        case .bring(let shard, let version, let target, let replaces):
            guard leads(shard, version: version) else { return }
            bring(shard, to: target, replaces: replaces, outbox: &outbox)
        case .probed(let shard, let version, let matches):
            guard let index = stream(of: shard, version: version, at: source) else { return }
            probed(shard, index, matches: matches, outbox: &outbox)
        case .copied(let shard, let version, let chunk, let start):
            guard let index = stream(of: shard, version: version, at: source) else { return }
            copied(shard, index, chunk: chunk, start: start, outbox: &outbox)
        case .appended(let shard, let version, let last):
            guard let index = stream(of: shard, version: version, at: source),
                volatile.shards?[shard].lead?.streams[index].phase == .following
            else { return }
            volatile.shards?[shard].lead?.streams[index].acknowledge(upTo: last)
            volatile.shards?[shard].lead?.streams[index].isWaiting = false
            answerCovered(shard, outbox: &outbox)
            pump(shard, index, outbox: &outbox)
        default: preconditionFailure("a primary is never sent \(message)")
        }
    }

    /// A step was not answered in time.
    mutating func stepTimedOut(shard: UInt32, peer: UInt32, stepCount: UInt32, outbox: inout Outbox) {
        guard let streams = volatile.shards?[shard].lead?.streams,
            let index = streams.firstIndex(where: { $0.peer == peer && $0.stepCount == stepCount && $0.isWaiting })
        else { return }
        volatile.shards?[shard].lead?.streams[index].isWaiting = false
        pump(shard, index, outbox: &outbox)
    }

    // MARK: Steps

    private func leads(_ shard: UInt32, version: UInt32) -> Bool {
        guard let seat = shardSeat, let table = volatile.shards, table.isConfirmed else { return false }
        return table[shard].primary == seat.number && table[shard].assignment.version == version
    }

    private func stream(of shard: UInt32, version: UInt32, at source: Address) -> Int? {
        guard let seat = shardSeat, leads(shard, version: version) else { return nil }
        return volatile.shards?[shard].lead?.streams.firstIndex {
            seat.placement.storageServerAddress($0.peer).process == source.process
        }
    }

    private mutating func bring(_ shard: UInt32, to target: UInt32, replaces: UInt32?, outbox: inout Outbox) {
        var lead = volatile.shards?[shard].lead ?? ShardLead()
        if let index = lead.streams.firstIndex(where: { $0.peer == target }) {
            // The coordinator asks again: it has not heard that the copy is up to date, or has forgotten.
            lead.streams[index].isReported = false
        } else {
            lead.streams.append(
                ShardStream(
                    peer: target, replaces: replaces, isJoining: true, isRequired: false,
                    position: durable.shardPositions[Int(shard)]))
        }
        volatile.shards?[shard].lead = lead
        for index in lead.streams.indices where lead.streams[index].peer == target {
            pump(shard, index, outbox: &outbox)
        }
    }

    private mutating func probed(_ shard: UInt32, _ index: Int, matches: Bool, outbox: inout Outbox) {
        guard let seat = shardSeat, var stream = volatile.shards?[shard].lead?.streams[index] else { return }
        switch stream.phase {
        case .copying: return
        case .following where matches: return
        case .probing where matches: stream.phase = .following
        case .probing, .following:
            if stream.isJoining || seat.configuration.replication?.repairs ?? true {
                stream.startCopying(at: durable.shardPositions[Int(shard)])
            } else {
                stream.phase = .following
            }
        }
        stream.isWaiting = false
        volatile.shards?[shard].lead?.streams[index] = stream
        pump(shard, index, outbox: &outbox)
    }

    private mutating func copied(
        _ shard: UInt32, _ index: Int, chunk: UInt32, start: UInt64, outbox: inout Outbox
    ) {
        guard let seat = shardSeat, var stream = volatile.shards?[shard].lead?.streams[index],
            case .copying(let expected, _, let position) = stream.phase, expected == chunk, position.number == start
        else { return }
        if let next = stream.nextChunk {
            stream.phase = .copying(chunk: chunk + 1, from: next, start: position)
        } else {
            stream.phase = .following
            if !seat.configuration.catchesUp, stream.isJoining {
                stream.acknowledged += UInt64(stream.tail.count)
                stream.tail.removeAll()
            }
        }
        stream.isWaiting = false
        volatile.shards?[shard].lead?.streams[index] = stream
        answerCovered(shard, outbox: &outbox)
        pump(shard, index, outbox: &outbox)
    }

    /// Answers the writes that all copies have that they wait for.
    private mutating func answerCovered(_ shard: UInt32, outbox: inout Outbox) {
        guard let covered = volatile.shards?[shard].lead?.coveredNumber else { return }
        while let first = volatile.shards?[shard].lead?.unanswered.first, first.number <= covered {
            volatile.shards?[shard].lead?.unanswered.removeFirst()
            answer(first.pending, outbox: &outbox)
        }
    }

    /// Does the next step of a stream, if none is under way.
    private mutating func pump(_ shard: UInt32, _ index: Int, outbox: inout Outbox) {
        guard let seat = shardSeat, let state = volatile.shards?[shard], var stream = state.lead?.streams[index],
            !stream.isWaiting
        else { return }
        let version = state.assignment.version
        let address = seat.placement.storageServerAddress(stream.peer)
        switch stream.phase {
        case .probing(let position):
            outbox.send(.sharding(.probe(shard: shard, version: version, position)), to: address)
        case .copying(let chunk, let key, let start):
            let limit = seat.configuration.chunkRowsMax
            let found = rows(ofLogicalShard: shard, notBefore: key, limit: limit + 1)
            let rows = Array(found.prefix(limit))
            stream.nextChunk = found.count > limit ? found[limit].key : nil
            shardCounts.count(rows, isMove: stream.replaces != nil)
            outbox.send(
                .sharding(
                    .copy(
                        shard: shard, version: version, chunk: chunk, start: start.number,
                        isLast: stream.nextChunk == nil, contentBytes: rows.contentBytes)), to: address,
                attachment: [start.hash] + rows.words)
        case .following where stream.tail.isEmpty:
            isLevel(shard, index, outbox: &outbox)
            return
        case .following:
            let next = stream.nextRecords(countMax: seat.configuration.chunkRowsMax)
            stream.inFlightCount = next.count
            if stream.isJoining { shardCounts.caughtUpRecords += UInt64(next.count) }
            outbox.send(
                .sharding(
                    .append(
                        shard: shard, version: version, first: stream.acknowledged + 1, count: UInt16(next.count),
                        contentBytes: next.contentBytes)), to: address, attachment: next.words)
        }
        stream.isWaiting = true
        stream.stepCount &+= 1
        volatile.shards?[shard].lead?.streams[index] = stream
        let value = UInt64(shard) << 48 | UInt64(stream.peer) << 32 | UInt64(stream.stepCount)
        outbox.timer(
            TimerToken(kind: ShardTimerKind.step.rawValue, value: value),
            afterNanoseconds: seat.configuration.stepTimeoutNanoseconds)
    }

    /// A copy has everything that is on the log. If it is a new one, from now on it stays so: writes wait for it, or are no longer
    /// taken where it replaces this server; then the coordinator is told.
    private mutating func isLevel(_ shard: UInt32, _ index: Int, outbox: inout Outbox) {
        guard let seat = shardSeat, var state = volatile.shards?[shard], var lead = state.lead,
            lead.streams[index].isJoining, !lead.streams[index].isReported
        else { return }
        let peer = lead.streams[index].peer
        if lead.streams[index].replaces == seat.number {
            if configuration.mutant != .cutOverWithoutStop { lead.successor = peer }
        } else {
            lead.streams[index].isRequired = seat.configuration.replication?.waitsForCopies ?? false
        }
        // What waits for the disk was taken before the stop; the copy must have it too.
        let isReady = lead.successor != peer || state.waitingForDiskCount == 0
        lead.streams[index].isReported = isReady
        state.lead = lead
        volatile.shards?[shard] = state
        guard isReady else { return }
        outbox.send(
            .sharding(.caughtUp(shard: shard, version: state.assignment.version, target: peer)),
            to: seat.placement.coordinatorAddress)
    }
}
