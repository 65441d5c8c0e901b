extension LoadBalancer {
    /// Whether this load balancer decides which chat servers are members: none with a lower number has been heard of lately.
    func decides(atNanoseconds now: UInt64) -> Bool {
        guard let checks = balancing.healthChecks else { return false }
        return !volatile.lowerHeardNanoseconds.contains { now < $0 + checks.timeoutNanoseconds }
    }

    /// Asks every chat server whether it is alive. The load balancer that decides then declares those that did not answer in time to be down,
    /// and tells the other load balancers that it is there.
    mutating func checkHealth(nowNanoseconds: UInt64, outbox: inout Outbox) {
        guard let checks = balancing.healthChecks else { return }
        for server in volatile.servers.indices {
            outbox.send(
                .balancing(.healthCheck(volatile.version)), to: placement.chatServerAddress(UInt32(server)))
        }
        outbox.timer(
            TimerToken(kind: TimerKind.healthCheck.rawValue, value: 0), afterNanoseconds: checks.periodNanoseconds)
        guard decides(atNanoseconds: nowNanoseconds) else { return }
        var members = volatile.mapping.members
        for server in members.servers
        where volatile.servers[Int(server)].heardNanoseconds + checks.timeoutNanoseconds <= nowNanoseconds {
            members.remove(server)
        }
        declare(members, outbox: &outbox)
        for other in 0..<placement.loadBalancerCount where other != number {
            sendMembership(to: placement.loadBalancerAddress(other), outbox: &outbox)
        }
    }

    /// A chat server is alive. If it was not a member it is one from now on.
    mutating func heard(
        from server: UInt32, version: MembershipVersion, connections: UInt32, nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        volatile.servers[Int(server)].heardNanoseconds = nowNanoseconds
        volatile.servers[Int(server)].load = UInt64(connections)
        volatile.newestVersion = max(volatile.newestVersion, version)
        guard decides(atNanoseconds: nowNanoseconds) else { return }
        var members = volatile.mapping.members
        members.insert(server)
        // What others learnt about users of a server that has restarted is not true any more.
        declare(members, isNew: version == .unknown, outbox: &outbox)
        if version < volatile.version { sendMembership(to: placement.chatServerAddress(server), outbox: &outbox) }
    }

    /// Another load balancer decides, and says which chat servers are members.
    mutating func learn(
        _ version: MembershipVersion, words: UnsafeBufferPointer<UInt64>, from loadBalancer: UInt32,
        nowNanoseconds: UInt64
    ) {
        if loadBalancer < number { volatile.lowerHeardNanoseconds[Int(loadBalancer)] = nowNanoseconds }
        volatile.newestVersion = max(volatile.newestVersion, version)
        guard version > volatile.version else { return }
        volatile.version = version
        volatile.mapping.setMembers(ServerSet(words: words, capacity: volatile.mapping.members.capacity))
    }

    /// Makes these servers the members, if they are not; also if someone has a newer view, issued before this load balancer lost its own, or if
    /// what is known beside the view `isNew`.
    ///
    /// The last member stays one, so that there is someone to wait for.
    private mutating func declare(_ members: ServerSet, isNew: Bool = false, outbox: inout Outbox) {
        let isChange = members != volatile.mapping.members || volatile.newestVersion > volatile.version || isNew
        guard members.count > 0, isChange else { return }
        if members != volatile.mapping.members {
            figures.changes += 1
            volatile.mapping.setMembers(members)
        }
        volatile.version = volatile.newestVersion.next(issuedBy: number)
        volatile.newestVersion = volatile.version
        for server in members.servers {
            sendMembership(to: placement.chatServerAddress(server), outbox: &outbox)
        }
    }

    private func sendMembership(to address: Address, outbox: inout Outbox) {
        outbox.send(
            .balancing(.membership(volatile.version, from: number)), to: address,
            attachment: volatile.mapping.members.words)
    }
}
