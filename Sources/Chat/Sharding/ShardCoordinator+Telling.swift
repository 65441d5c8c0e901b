extension ShardCoordinator {
    /// Notes that those who have or had a shard are to be told of its new assignment.
    mutating func tell(
        of shard: UInt32, _ assignment: ShardAssignment, before: ShardMembers, outbox: inout Outbox
    ) {
        let first = assignment.members.primary
        var others: [UInt32] = []
        for server in assignment.members.servers + before.servers
        where server != first && !others.contains(server) && !volatile.isLost[Int(server)] {
            others.append(server)
        }
        volatile.notices[shard] = Notice(version: assignment.version, first: first, others: others)
    }

    /// A server knows an assignment.
    mutating func assigned(_ shard: UInt32, version: UInt32, by server: UInt32, outbox: inout Outbox) {
        guard var notice = volatile.notices[shard], notice.version == version else { return }
        if notice.first == server {
            notice.first = nil
            volatile.notices[shard] = notice
            send(noticeOf: shard, outbox: &outbox)
            return
        }
        notice.others.removeAll { $0 == server }
        volatile.notices[shard] = notice.others.isEmpty && notice.first == nil ? nil : notice
    }

    mutating func noticeTimedOut(_ value: UInt64, outbox: inout Outbox) {
        let shard = UInt32(value & 0xffff)
        let attempts = UInt32(truncatingIfNeeded: value >> 16 & 0xffff)
        guard let notice = volatile.notices[shard], notice.attempts & 0xffff == attempts,
            notice.version == UInt32(value >> 32)
        else { return }
        send(noticeOf: shard, outbox: &outbox)
    }

    /// Tells a server all that there is to know. Its heartbeats say whether it has heard; until then it is told again.
    mutating func tellAssignments(to server: UInt32, outbox: inout Outbox) {
        volatile.toldNanoseconds[Int(server)] = max(1, volatile.nowNanoseconds)
        let words = durable.state.map.assignments.flatMap { [UInt64($0.version), $0.members.word] }
        outbox.send(
            .sharding(.assignments(toldNanoseconds: volatile.toldNanoseconds[Int(server)])),
            to: placement.storageServerAddress(server), attachment: words)
    }

    /// Tells those who do not know an assignment yet.
    mutating func send(noticeOf shard: UInt32, outbox: inout Outbox) {
        guard var notice = volatile.notices[shard] else { return }
        notice.others.removeAll { volatile.isLost[Int($0)] }
        if let first = notice.first, volatile.isLost[Int(first)] { notice.first = nil }
        guard notice.first != nil || !notice.others.isEmpty else {
            volatile.notices[shard] = nil
            return
        }
        notice.attempts += 1
        volatile.notices[shard] = notice
        for server in notice.first.map({ [$0] }) ?? notice.others {
            outbox.send(
                .sharding(.assign(shard: shard, durable.state.map[shard])),
                to: placement.storageServerAddress(server))
        }
        let value = UInt64(notice.version) << 32 | UInt64(notice.attempts & 0xffff) << 16 | UInt64(shard)
        outbox.timer(
            TimerToken(kind: TimerKind.notice.rawValue, value: value),
            afterNanoseconds: configuration.stepTimeoutNanoseconds)
    }
}
