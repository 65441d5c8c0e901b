// What becomes of rows that a chat server accepted for a mailbox that it lost before the storage had them: the mailbox's owner gives them a new place.
extension ChatServer {
    /// Hands a row over, again and again until the owner of its mailbox has taken it.
    mutating func handOver(_ row: MailboxRow, outbox: inout Outbox) {
        let logNumber = volatile.logNumbers.removeValue(forKey: RowKey(row))
        volatile.ownership.handovers.append(Ownership.Handover(row: row, logNumber: logNumber))
        balancingFigures.handedOver += 1
        guard !volatile.ownership.isOfferingHandovers else { return }
        volatile.ownership.isOfferingHandovers = true
        outbox.timer(TimerToken(kind: TimerKind.handover.rawValue, value: 0), afterNanoseconds: 0)
    }

    /// Offers all rows that are to be handed over, and does so again later while any is left.
    mutating func handoverTimerFired(nowNanoseconds: UInt64, outbox: inout Outbox) {
        for handover in volatile.ownership.handovers {
            let message = WireMessage.balancing(.adopt(handover.row))
            let destination = chatServer(of: handover.row.owner)
            let address = placement.chatServerAddress(destination)
            if destination == number {
                process(message, from: address, nowNanoseconds: nowNanoseconds, outbox: &outbox)
            } else {
                outbox.send(message, to: address)
            }
        }
        volatile.ownership.isOfferingHandovers = !volatile.ownership.handovers.isEmpty
        guard volatile.ownership.isOfferingHandovers else { return }
        outbox.timer(
            TimerToken(kind: TimerKind.handover.rawValue, value: 0),
            afterNanoseconds: configuration.requestTimeoutNanoseconds)
    }

    /// Another server, perhaps this one, lost a mailbox that is this one's now, and has a row of it.
    mutating func adopt(_ row: MailboxRow, from source: Address, outbox: inout Outbox) {
        let id = row.record.id
        if volatile.mailboxes[row.owner]?.row(of: id) == nil { place(row.record, in: row.owner, outbox: &outbox) }
        // A row whose place is not final yet is asked for again.
        guard let placed = volatile.mailboxes[row.owner]?.row(of: id),
            placed.record.sequence <= committedHead(of: row.owner)
        else { return }
        if source == placement.chatServerAddress(number) {
            adopted(id, in: row.owner)
        } else {
            outbox.send(.balancing(.adopted(id, row.owner)), to: source)
        }
    }

    /// The owner of the mailbox has taken the row, and will do with it all that remained to be done.
    mutating func adopted(_ id: MessageID, in user: UserID) {
        let handovers = volatile.ownership.handovers
        guard let index = handovers.firstIndex(where: { $0.row.record.id == id && $0.row.owner == user }) else {
            return
        }
        volatile.ownership.handovers.remove(at: index)
        if let number = handovers[index].logNumber { durable.log.finish(number) }
    }

    /// The server has restarted and knows by now who is responsible for whom: rows of its log go to mailboxes that it may load, or to others.
    mutating func recover(outbox: inout Outbox) {
        for user in volatile.recovered.keys.sorted() {
            if volatile.ownership.mayOwn(user, server: number, rank: 0) {
                loadIfNeeded(user, outbox: &outbox)
            } else {
                handOverRecovered(of: user, outbox: &outbox)
            }
        }
    }

    /// Rows of the log belong to a mailbox that is another server's.
    mutating func handOverRecovered(of user: UserID, outbox: inout Outbox) {
        for row in volatile.recovered.removeValue(forKey: user) ?? [] { handOver(row, outbox: &outbox) }
    }
}
