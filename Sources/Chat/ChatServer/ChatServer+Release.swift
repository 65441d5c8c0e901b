internal import DequeModule

// How a chat server stops to be the owner of a mailbox, where users move: in good order, after the storage has all of it, or because the storage
// says that another has taken over.
extension ChatServer {
    /// Another server asks for a mailbox.
    mutating func releaseAsked(
        _ user: UserID, by claimant: UInt32, version: MembershipVersion, rank: UInt32, forDevice: Bool,
        outbox: inout Outbox
    ) {
        let address = placement.chatServerAddress(claimant)
        guard let mailbox = volatile.mailboxes[user] else {
            if volatile.loading[user] == nil {
                // A mailbox that was forgotten is in the storage, but its user may be connected.
                if keeps(user, mailboxRank: 0, version: version, rank: rank, forDevice: forDevice),
                    volatile.connections.isConnected(user)
                {
                    outbox.send(.balancing(.kept(user)), to: address)
                } else {
                    resetConnections(of: user, outbox: &outbox)
                    outbox.send(.balancing(.released(user)), to: address)
                }
            } else if volatile.ownership.mapping.law == .leastLoadedOfTwo,
                volatile.ownership.claims[user]?.isForDevice == true
            {
                outbox.send(.balancing(.kept(user)), to: address)
            }
            // Else the claimant asks again, when it is known whether the mailbox is here.
            return
        }
        if !mailbox.isReleasing,
            keeps(user, mailboxRank: mailbox.rank, version: version, rank: rank, forDevice: forDevice)
        {
            outbox.send(.balancing(.kept(user)), to: address)
            return
        }
        if volatile.ownership.claimants[user]?.contains(claimant) != true {
            volatile.ownership.claimants[user, default: []].append(claimant)
        }
        if !mailbox.isReleasing { release(user, outbox: &outbox) }
    }

    /// Gives up a mailbox in good order: closes the user's connections, takes nothing more, and waits until the storage has everything.
    mutating func release(_ user: UserID, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[user] else { return }
        volatile.mailboxes[user]?.isReleasing = true
        resetConnections(of: user, outbox: &outbox)
        if configuration.acknowledge != .afterStore {
            allowStore(of: user, upTo: mailbox.committedHead, outbox: &outbox)
        }
        finishRelease(of: user, outbox: &outbox)
    }

    /// A mailbox that is being given up goes once the storage has all of it.
    mutating func finishRelease(of user: UserID, outbox: inout Outbox) {
        guard volatile.mailboxes.withAddress(of: user, { $0.pointee.isReleased }) == true else { return }
        balancingFigures.releases += 1
        drop(user, outbox: &outbox)
    }

    /// The storage refused a row: another server has taken over the mailbox. What this one has accepted and the storage does not have is handed
    /// over to the new owner; what it has not accepted yet will be asked of that again.
    mutating func fencedOff(_ row: MailboxRow, epoch: UInt32, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[row.owner], mailbox.epoch == epoch else { return }
        balancingFigures.fencedWrites += 1
        resetConnections(of: row.owner, outbox: &outbox)
        drop(row.owner, outbox: &outbox)
        guard configuration.acknowledge != .afterStore else { return }
        for row in mailbox.rows
        where row.record.sequence > mailbox.storedHead && row.record.sequence <= mailbox.committedHead {
            handOver(row, outbox: &outbox)
        }
    }

    /// Whether the server keeps a mailbox that another asks for.
    private func keeps(
        _ user: UserID, mailboxRank: UInt32, version: MembershipVersion, rank: UInt32, forDevice: Bool
    ) -> Bool {
        let ownership = volatile.ownership
        guard ownership.mayOwn(user, server: number, rank: mailboxRank) else { return false }
        let isConnected = volatile.connections.isConnected(user)
        if ownership.mapping.law == .leastLoadedOfTwo {
            // If this server has no room for one of the user's devices, all of them go to the other.
            return isConnected && (hasRoom || rank == 0 || !forDevice)
        }
        // A user who is here only because the server of the mapping was full goes there once it has room.
        if mailboxRank > 0 { return isConnected && !forDevice }
        // A user whom this server has no room for goes to the next.
        if rank > 0 { return isConnected || !forDevice }
        return version <= ownership.version
    }

    private mutating func drop(_ user: UserID, outbox: inout Outbox) {
        volatile.mailboxes[user] = nil
        for claimant in volatile.ownership.claimants.removeValue(forKey: user) ?? [] {
            outbox.send(.balancing(.released(user)), to: placement.chatServerAddress(claimant))
        }
    }

    mutating func resetConnections(of user: UserID, outbox: inout Outbox) {
        var devices: [DeviceID] = []
        volatile.connections.forEachConnection(of: user) { connection in
            outbox.send(.reset(connection.device), to: connection.address)
            devices.append(connection.device)
        }
        for device in devices { closeConnection(of: device, outbox: &outbox) }
    }
}
