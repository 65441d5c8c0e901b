internal import DequeModule

/// Which mailboxes a chat server keeps in memory. One that everything is done for is in the storage as well, and comes from there when its
/// user's next message does.
extension ChatServer {
    /// Takes up a connection that is open when the run begins, without any message. The mailbox comes from the storage when it is needed.
    public mutating func openAtStart(_ device: DeviceID, at address: Address) {
        volatile.connections.open(device, at: address, nowNanoseconds: 0)
        balancingFigures.connectionsPeak = max(balancingFigures.connectionsPeak, UInt64(volatile.connections.count))
    }

    /// A user whose connection is open when the run begins came online so long before, in nanoseconds: friends may not have been told yet.
    public mutating func cameOnlineBeforeStart(_ user: UserID, agoNanoseconds: UInt64, outbox: inout Outbox) {
        presence?.cameOnlineBeforeStart(user, agoNanoseconds: agoNanoseconds, outbox: &outbox)
    }

    /// Makes room for connections that are open when the run begins.
    public mutating func reserveConnections(_ count: Int) {
        volatile.connections.reserve(count)
    }

    /// A mailbox was loaded.
    mutating func noteLoaded(_ user: UserID) {
        guard configuration.mailboxesMax != nil else { return }
        volatile.loadedUsers.append(user)
    }

    /// Forgets mailboxes beyond the limit, those first that were loaded first, unless something remains to be done for them.
    mutating func evictMailboxes() {
        guard let limit = configuration.mailboxesMax else { return }
        var looksLeft = 4
        while volatile.mailboxes.count > limit, looksLeft > 0, let user = volatile.loadedUsers.popFirst() {
            looksLeft -= 1
            if isSettled(user) {
                volatile.mailboxes[user] = nil
                evictedCount += 1
            } else {
                volatile.loadedUsers.append(user)
            }
        }
    }

    private func isSettled(_ user: UserID) -> Bool {
        guard let isSettled = volatile.mailboxes.withAddress(of: user, { $0.pointee.isSettled }) else { return true }
        return isSettled && !volatile.waiting.contains(user)
    }
}
