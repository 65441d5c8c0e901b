extension ChatServer {
    /// Whether the answer to a request comes from all storage servers. It changes nothing; a method that might is not given a copy of the
    /// server.
    mutating func gathersRows(of request: StorageRequest) -> Bool {
        guard volatile.sharding?.isByMessage == true else { return false }
        return switch request {
        case .load, .scan, .page: true
        case .claim, .put, .replay, .part: false
        }
    }

    /// Asks all storage servers for their rows of a mailbox.
    mutating func gather(_ request: StorageRequest, outbox: inout Outbox) {
        for part in volatile.sharding?.begin(request) ?? [] {
            self.request(.part(part, of: request.user), outbox: &outbox)
        }
    }

    /// A storage server has sent its rows of a mailbox. Each server has sent as many as are wanted in all, so that the whole has them.
    mutating func gathered(
        _ rows: [MailboxRow], head: UInt32, _ part: ShardRouting.Part, nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        guard let whole = volatile.sharding?.finish(part, rows: rows, head: head) else { return }
        // A server cannot tell which of its shards have messages of the mailbox; it looks into each.
        pageCounts.count(servers: volatile.sharding?.serverCount ?? 0, shards: Placement.logicalShards)
        let wanted =
            switch whole.request {
            case .load: Array(whole.rows.suffix(ChatServerConfiguration.recentRowsMax))
            case .page(_, _, _, let limit): Array(whole.rows.prefix(Int(limit)))
            case .scan, .claim, .put, .replay, .part: Array(whole.rows.prefix(Int(ChatServerConfiguration.pageRowsMax)))
            }
        answered(
            whole.request, .rowsEnd(whole.request.user, count: UInt32(wanted.count), head: whole.head), rows: wanted,
            nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// A logical shard is at another storage server. If that answers a request, the request goes there.
    mutating func shardMoved(
        _ shard: UInt32, to server: UInt32, version: UInt32, atPort port: UInt32, outbox: inout Outbox
    ) {
        volatile.sharding?.map.adopt(ShardAssignment(version: version, members: ShardMembers([server])), of: shard)
        guard
            let (request, asked, _) = volatile.pool.finish(
                atPort: port, nowNanoseconds: nowNanoseconds, counting: &storePathFigures.pool)
        else { return }
        startRequests(to: asked, outbox: &outbox)
        var attempt = ConnectionPool.Attempt(request: request, askedNanoseconds: nowNanoseconds)
        if storageServer(for: request) == asked {
            // The server that was asked does not know yet that the shard is its own.
            attempt.count = 1
            retryLater(attempt, outbox: &outbox)
        } else {
            enqueue(attempt, outbox: &outbox)
        }
    }

    /// Asks the coordinator who has a user's shard, since the server that is known did not answer.
    func lookUpShard(of user: UserID, outbox: inout Outbox) {
        guard configuration.sharding?.isDynamic == true else { return }
        outbox.send(
            .sharding(.lookUp(shard: user.logicalShard)),
            to: placement.coordinatorAddress)
    }

    /// Reports what reading pages cost.
    func reportSharding(into metrics: inout Metrics) {
        guard configuration.sharding != nil else { return }
        metrics.record(ShardFigures.pages, pageCounts.pages)
        metrics.record(ShardFigures.pageRequests, pageCounts.requests)
        metrics.record(ShardFigures.pageShards, pageCounts.shards)
        metrics.record(ShardFigures.pageShardsMost, pageCounts.shardsMost)
    }
}
