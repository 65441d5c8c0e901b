internal import DequeModule

extension ChatServer {
    /// Handles a message about which chat server is responsible for a user.
    mutating func receive(
        _ message: BalancingMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, atPort port: UInt32,
        nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        switch message {
        case .openAnother(let device, let rank):
            guard isWelcome(device, rank: rank, at: source, outbox: &outbox) else { return }
            handle(.open(device), from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .healthCheck:
            outbox.send(
                .balancing(
                    .healthAnswer(
                        server: number, version: volatile.ownership.version, connections: UInt32(connectionCount))),
                to: source)
        case .membership(let version, _): learn(version, words: words, outbox: &outbox)
        case .claimed, .owned:
            answered(.balancing(message), atPort: port, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .release(let user, let claimant, let version, let rank, let forDevice):
            releaseAsked(
                user, by: claimant, version: version, rank: UInt32(rank), forDevice: forDevice, outbox: &outbox)
        case .released(let user): released(user, by: source, outbox: &outbox)
        case .kept(let user): kept(user, by: source, outbox: &outbox)
        case .moved(let id, let user, let server, let isHandedOver):
            moved(id, user, to: server, isHandedOver: isHandedOver, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .adopt: process(.balancing(message), from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .adopted(let id, let user): adopted(id, in: user)
        case .lastShown:
            handle(.balancing(message), from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .resolveAnother, .assignedAnother, .redirect, .rewind, .healthAnswer, .claim:
            preconditionFailure("a chat server is never sent \(message)")
        }
    }

    /// Whether an input is about a user whom the server has or may have; if not, whoever sent it is told where to go.
    mutating func isHere(_ message: WireMessage, from source: Address, outbox: inout Outbox) -> Bool {
        switch message {
        case .open(let device): isWelcome(device, rank: 0, at: source, outbox: &outbox)
        case .forward(let record):
            isTaken(record, for: record.recipient, isHandedOver: false, from: source, outbox: &outbox)
        case .balancing(.adopt(let row)):
            isTaken(row.record, for: row.owner, isHandedOver: true, from: source, outbox: &outbox)
        default: true
        }
    }

    /// Whether a device may connect here; if not, it is told. Nothing is asked of the storage for a device that finds the server full.
    private mutating func isWelcome(
        _ device: DeviceID, rank: UInt32, at source: Address, outbox: inout Outbox
    ) -> Bool {
        let user = device.user
        if let mailbox = volatile.mailboxes[user] {
            if mailbox.isReleasing { outbox.send(.reset(device), to: source) }
            return !mailbox.isReleasing
        }
        guard hasRoom else {
            refuse(device, at: source, outbox: &outbox)
            return false
        }
        let isLoading = volatile.loading[user] != nil
        guard isLoading || mayTake(user, rank: rank) else {
            outbox.send(.reset(device), to: source)
            return false
        }
        var claim = volatile.ownership.claims[user] ?? Ownership.Claim(rank: rank)
        claim.isForDevice = true
        volatile.ownership.claims[user] = claim
        return true
    }

    /// Whether a message for a user is taken; if not, the server that sent it is told where the user is, if this one knows.
    private func isTaken(
        _ record: MessageRecord, for user: UserID, isHandedOver: Bool, from source: Address, outbox: inout Outbox
    ) -> Bool {
        let mailbox = volatile.mailboxes[user]
        if let mailbox, !mailbox.isReleasing { return true }
        let route = volatile.ownership.routes[user]
        if mailbox == nil, volatile.loading[user] != nil || (route == nil && mayTake(user, rank: 0)) { return true }
        let destination = chatServer(of: user)
        if volatile.ownership.version != .unknown, destination != number {
            tellMoved(record.id, user, to: destination, isHandedOver: isHandedOver, source, outbox: &outbox)
        }
        return false
    }

    /// Tells the server that sent a message where its user is. A message of this server's own is looked after by its timer.
    func tellMoved(
        _ id: MessageID, _ user: UserID, to server: UInt32, isHandedOver: Bool, _ source: Address,
        outbox: inout Outbox
    ) {
        guard source != placement.chatServerAddress(number) else { return }
        outbox.send(.balancing(.moved(id, user, to: server, isHandedOver: isHandedOver)), to: source)
    }

    private func mayTake(_ user: UserID, rank: UInt32) -> Bool {
        volatile.ownership.version != .unknown && volatile.ownership.mayOwn(user, server: number, rank: rank)
    }

    /// A device says which message it has at a place. If that is another's, so may be places before it, as far as rows are at hand: an owner
    /// that was lost has given them out and did not store them.
    mutating func confirm(_ device: DeviceID, _ sequence: UInt32, _ id: MessageID, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[device.user], let row = mailbox.row(at: sequence), row.record.id != id,
            let first = mailbox.rows.first, let address = volatile.connections.address(of: device)
        else { return }
        balancingFigures.rewinds += 1
        outbox.send(.balancing(.rewind(device, to: first.record.sequence - 1)), to: address)
    }

    /// Other servers are members than this one believed: it gives up the users who are not its own any more, with their connections. If it missed
    /// a view it may have been out meanwhile, and others may have had its users: then it gives up all of them, to ask for them again.
    private mutating func learn(
        _ version: MembershipVersion, words: UnsafeBufferPointer<UInt64>, outbox: inout Outbox
    ) {
        guard version > volatile.ownership.version else { return }
        let isFirst = volatile.ownership.version == .unknown
        let mayHaveBeenOut = version.mayLeaveOut(after: volatile.ownership.version)
        volatile.ownership.version = version
        volatile.ownership.mapping.setMembers(
            ServerSet(words: words, capacity: volatile.ownership.mapping.members.capacity))
        volatile.ownership.routes.removeAll()
        for user in volatile.mailboxes.keys.sorted() {
            if mayHaveBeenOut {
                release(user, outbox: &outbox)
            } else {
                releaseIfForeign(user, outbox: &outbox)
            }
        }
        if !isFirst, configuration.mailboxesMax != nil {
            for connection in volatile.connections.open where volatile.mailboxes[connection.device.user] == nil {
                let user = connection.device.user
                if mayHaveBeenOut || !volatile.ownership.mayOwn(user, server: number, rank: 0) {
                    resetConnections(of: user, outbox: &outbox)
                }
            }
        }
        if isFirst { recover(outbox: &outbox) }
    }

    /// Gives up a mailbox that is another server's by now.
    mutating func releaseIfForeign(_ user: UserID, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[user], !mailbox.isReleasing,
            !volatile.ownership.mayOwn(user, server: number, rank: mailbox.rank)
        else { return }
        release(user, outbox: &outbox)
    }
}
