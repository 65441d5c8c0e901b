// How a chat server becomes the owner of a mailbox, where users move. The storage is the judge: it names one owner at a time, and each new owner
// by a greater token. A claimant asks the storage; if another server owns the mailbox it asks that one to store what it has and to give it
// up, and takes over by force only from a server that is no member any more.
extension ChatServer {
    /// Asks the storage for a mailbox and its ownership.
    mutating func claim(_ user: UserID, outbox: inout Outbox) {
        if volatile.ownership.claims[user] == nil { volatile.ownership.claims[user] = Ownership.Claim() }
        request(.claim(user, previous: number), outbox: &outbox)
    }

    /// The storage says that another server owns the mailbox.
    mutating func claimDenied(_ user: UserID, owner: UInt32, outbox: inout Outbox) {
        guard var claim = volatile.ownership.claims[user] else { return }
        guard volatile.ownership.mapping.members.contains(owner) else {
            claim.owner = nil
            volatile.ownership.claims[user] = claim
            balancingFigures.takeovers += 1
            request(.claim(user, previous: owner), outbox: &outbox)
            return
        }
        claim.owner = owner
        claim.askedCount += 1
        volatile.ownership.claims[user] = claim
        outbox.send(
            .balancing(
                .release(
                    user, to: number, version: volatile.ownership.version, rank: UInt16(clamping: claim.rank),
                    forDevice: claim.isForDevice)), to: placement.chatServerAddress(owner))
        outbox.timer(
            TimerToken(
                kind: TimerKind.claim.rawValue, value: UInt64(claim.askedCount) << 32 | UInt64(user.rawValue)),
            afterNanoseconds: configuration.requestTimeoutNanoseconds)
    }

    /// The owner has not answered: it is asked again, unless it is no member any more.
    mutating func claimTimerFired(_ value: UInt64, outbox: inout Outbox) {
        let user = UserID(UInt32(truncatingIfNeeded: value))
        guard let claim = volatile.ownership.claims[user], let owner = claim.owner,
            claim.askedCount == UInt32(truncatingIfNeeded: value >> 32)
        else { return }
        claimDenied(user, owner: owner, outbox: &outbox)
    }

    /// The owner has given the mailbox up.
    mutating func released(_ user: UserID, by source: Address, outbox: inout Outbox) {
        guard let owner = volatile.ownership.claims[user]?.owner, placement.chatServerAddress(owner) == source else {
            return
        }
        volatile.ownership.claims[user]?.owner = nil
        request(.claim(user, previous: owner), outbox: &outbox)
    }

    /// The owner keeps the mailbox: everyone who waited for it is sent there.
    mutating func kept(_ user: UserID, by source: Address, outbox: inout Outbox) {
        guard let owner = volatile.ownership.claims[user]?.owner, placement.chatServerAddress(owner) == source else {
            return
        }
        volatile.ownership.claims[user] = nil
        volatile.ownership.routes[user] = owner
        volatile.loading[user] = nil
        // Its devices may still be connected here, if the mailbox was forgotten and has gone since.
        resetConnections(of: user, outbox: &outbox)
        for waiting in volatile.waiting.removeValue(forKey: user) ?? [] {
            switch waiting.message {
            case .open(let device):
                balancingFigures.redirects += 1
                outbox.send(.balancing(.redirect(device, chatServer: owner)), to: waiting.source)
            case .forward(let record):
                tellMoved(record.id, user, to: owner, isHandedOver: false, waiting.source, outbox: &outbox)
            case .balancing(.adopt(let row)):
                tellMoved(row.record.id, user, to: owner, isHandedOver: true, waiting.source, outbox: &outbox)
            default: continue
            }
        }
        handOverRecovered(of: user, outbox: &outbox)
    }

    /// A message went to a server that does not have its user: it goes to where that server says, but not round in circles.
    mutating func moved(
        _ id: MessageID, _ user: UserID, to server: UInt32, isHandedOver: Bool, nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        let isMapped = volatile.ownership.mapping.server(of: UInt64(user.rawValue)) == server
        volatile.ownership.routes[user] = isMapped ? nil : server
        guard !isHandedOver, var relay = volatile.relays[id], relay.hops < Relay.hopsMax else { return }
        relay.hops += 1
        volatile.relays[id] = relay
        sendForward(of: relay.record, nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }
}
