extension ShardCoordinator {
    /// Looks now and then for servers that have fallen silent, if shards have copies that could replace them.
    mutating func startSweeping(outbox: inout Outbox) {
        guard let period = configuration.heartbeatNanoseconds else { return }
        outbox.timer(TimerToken(kind: TimerKind.sweep.rawValue, value: 0), afterNanoseconds: period)
    }

    mutating func sweep(nowNanoseconds: UInt64, outbox: inout Outbox) {
        guard let replication = configuration.replication else { return }
        for server in 0..<volatile.state.serverCount where !volatile.isLost[Int(server)] {
            let silence = nowNanoseconds - min(nowNanoseconds, volatile.heardNanoseconds[Int(server)])
            if silence > replication.detectNanoseconds { lose(server, outbox: &outbox) }
        }
        plan(outbox: &outbox)
        startSweeping(outbox: &outbox)
    }

    /// A server is there again, with what is on its disk. It is told what it has.
    mutating func returned(_ server: UInt32, outbox: inout Outbox) {
        if volatile.isLost[Int(server)] {
            volatile.isLost[Int(server)] = false
            // Who makes no copies anew takes the old ones as they are.
            if configuration.replication?.repairs == false { takeBack(server, outbox: &outbox) }
        }
        propose(.tell(server: server), outbox: &outbox)
    }

    /// Takes a server out of all shards that others have as well. The first of those that are left becomes the primary.
    private mutating func lose(_ server: UInt32, outbox: inout Outbox) {
        volatile.isLost[Int(server)] = true
        for shard in 0..<Placement.logicalShards {
            let assignment = volatile.state.map[shard]
            var members = assignment.members
            if members.contains(server), members.count > 1 { members = members.removing(server) }
            let isTarget = volatile.state.tasks.contains { $0.shard == shard && $0.target == server }
            guard members != assignment.members || isTarget else { continue }
            propose(
                .assign(shard: shard, ShardAssignment(version: assignment.version + 1, members: members)),
                outbox: &outbox)
        }
    }

    private mutating func takeBack(_ server: UInt32, outbox: inout Outbox) {
        let home = ShardMap(configuration)
        for shard in 0..<Placement.logicalShards where home[shard].members.contains(server) {
            let assignment = volatile.state.map[shard]
            guard !assignment.members.contains(server), assignment.members.count < home[shard].members.count else {
                continue
            }
            var members = assignment.members
            members.append(server)
            propose(
                .assign(shard: shard, ShardAssignment(version: assignment.version + 1, members: members)),
                outbox: &outbox)
        }
    }
}
