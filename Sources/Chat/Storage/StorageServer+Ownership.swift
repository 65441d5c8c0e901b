// The storage is the judge of who owns a mailbox, where users move between chat servers: the fence of a mailbox is the token of its owner.
extension StorageServer {
    /// Makes a chat server the owner of a mailbox, unless another than the previous one that it names owns it.
    ///
    /// The fence goes up at once, as in ``load(_:epoch:limit:from:_:nowNanoseconds:outbox:)``.
    mutating func claim(
        _ user: UserID, by server: UInt32, previous: UInt32, limit: UInt32, from source: Address, _ port: UInt32,
        nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        let header = Self.header(of: user)
        let token = FencingToken(rawValue: fence(header))
        if let owner = token.owner, owner != server, owner != previous {
            outbox.send(.balancing(.owned(user, by: owner)), to: source, fromPort: port)
            return
        }
        let fence = raiseFence(header, to: token.next(owner: server).rawValue)
        append(
            .row(StoredRow(loginOf: user, epoch: fence, atNanoseconds: nowNanoseconds)),
            for: .balancing(.claim(user, server: server, previous: token.owner ?? server, limit: limit)), from: source,
            port, outbox: &outbox)
    }

    /// A claim is durable: the owner gets the last rows and the token.
    mutating func answerClaim(
        _ user: UserID, by server: UInt32, previous: UInt32, limit: UInt32, token: FencingToken, to pending: Pending,
        outbox: inout Outbox
    ) {
        outbox.observe(
            Observation(
                .ownerTook, device: DeviceID(user: user, index: 0), counterpart: UserID(server),
                sequence: token.rawValue))
        let (count, head) = sendLastRows(of: user, limit: limit, to: pending.source, pending.port, outbox: &outbox)
        outbox.send(
            .balancing(
                .claimed(user, count: count, head: head, token: token, isContinued: previous == server)),
            to: pending.source, fromPort: pending.port)
    }
}
