/// What a server does that has a copy of a shard, or is about to have one, and is not its primary.
extension StorageServer {
    /// Handles a message of a primary to a copy.
    mutating func receiveAsCopy(
        _ message: ShardingMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, outbox: inout Outbox
    ) {
        switch message {
        case .probe(let shard, let version, let position):
            // What waits for the disk may still be lost; the primary asks again.
            guard accepts(version, of: shard, from: source, outbox: &outbox),
                let state = volatile.shards?[shard], state.waitingForDiskCount == 0
            else { return }
            outbox.send(
                .sharding(.probed(shard: shard, version: version, matches: state.appended == position)), to: source)
        case .copy(let shard, let version, let chunk, let start, let isLast, _):
            guard accepts(version, of: shard, from: source, outbox: &outbox) else { return }
            let rows = TablesMessage.rows(in: UnsafeBufferPointer(rebasing: words[1...]))
            // A copy that is not complete is at the position of an empty one, so that a crash does not make it look whole.
            let position = isLast ? ShardPosition(number: start, hash: words[0]) : ShardPosition()
            take(rows, of: shard, isFirst: chunk == 0, message, from: source, position: position, outbox: &outbox)
        case .append(let shard, let version, let first, let count, _):
            guard accepts(version, of: shard, from: source, outbox: &outbox) else { return }
            take(words, of: shard, first: first, count: UInt64(count), message, from: source, outbox: &outbox)
        default: preconditionFailure("a copy is never sent \(message)")
        }
    }

    /// The answer to a message of a primary whose records are on the disk.
    mutating func answerCopy(_ message: ShardingMessage, to source: Address, outbox: inout Outbox) {
        switch message {
        case .copy(let shard, let version, let chunk, let start, _, _):
            outbox.send(.sharding(.copied(shard: shard, version: version, chunk: chunk, start: start)), to: source)
        case .append(let shard, let version, let first, let count, _):
            outbox.send(
                .sharding(.appended(shard: shard, version: version, last: first + UInt64(count) - 1)), to: source)
        default: preconditionFailure("\(message) needs no log record")
        }
    }

    /// Whether to obey a primary that speaks under a version. One that has been replaced is told so.
    private mutating func accepts(
        _ version: UInt32, of shard: UInt32, from source: Address, outbox: inout Outbox
    ) -> Bool {
        guard let seat = shardSeat, volatile.shards?.isConfirmed == true, let state = volatile.shards?[shard] else {
            return false
        }
        guard version >= state.versionHeard, version > state.assignment.version || state.primary != seat.number else {
            outbox.send(.sharding(.superseded(shard: shard, version: state.versionHeard)), to: source)
            return false
        }
        volatile.shards?[shard].versionHeard = version
        volatile.shards?[shard].copyVersion = version
        return true
    }

    private mutating func take(
        _ rows: [StoredRow], of shard: UInt32, isFirst: Bool, _ message: ShardingMessage, from source: Address,
        position: ShardPosition, outbox: inout Outbox
    ) {
        let request = WireMessage.sharding(message)
        if isFirst {
            append(
                .drop(logicalShard: shard), for: rows.isEmpty ? request : nil, from: source, 0,
                position: rows.isEmpty ? position : ShardPosition(), outbox: &outbox)
        }
        guard !rows.isEmpty else { return }
        append(.batch(rows), for: request, from: source, 0, position: position, outbox: &outbox)
    }

    private mutating func take(
        _ words: UnsafeBufferPointer<UInt64>, of shard: UInt32, first: UInt64, count: UInt64,
        _ message: ShardingMessage, from source: Address, outbox: inout Outbox
    ) {
        guard let seat = shardSeat, let state = volatile.shards?[shard],
            case .append(_, let version, _, _, _) = message
        else { return }
        let configuration = seat.configuration
        let expected = state.appended.number + 1
        if first > expected {
            // Records are missing. Who neither catches up nor repairs goes on as if they were not.
            guard !configuration.catchesUp || !(configuration.replication?.repairs ?? true) else {
                outbox.send(.sharding(.probed(shard: shard, version: version, matches: false)), to: source)
                return
            }
            volatile.shards?[shard].appended.number = first - 1
        } else if first + count <= expected {
            guard state.waitingForDiskCount == 0 else { return }
            outbox.send(.sharding(.appended(shard: shard, version: version, last: expected - 1)), to: source)
            return
        }
        var number = first
        var offset = 0
        while number < first + count, let (record, next) = LogRecord.read(words, at: offset) {
            let isLast = number == first + count - 1
            if number >= expected {
                append(record, for: isLast ? .sharding(message) : nil, from: source, 0, outbox: &outbox)
            }
            number += 1
            offset = next
        }
    }
}
