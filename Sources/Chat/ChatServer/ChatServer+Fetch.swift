extension ChatServer {
    /// A device lacks the rows of its user's mailbox after a place. They come from memory if they are at hand, else from
    /// the storage.
    mutating func fetch(_ device: DeviceID, after: UInt32, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[device.user] else {
            preconditionFailure("a connected device's mailbox is loaded")
        }
        guard after < mailbox.committedHead, !mailbox.hasRows(after: after) else {
            let end = min(mailbox.committedHead, after.addingReportingOverflow(pageRowsMax).partialValue)
            sendPage(
                after < end ? (after + 1...end).compactMap(mailbox.row(at:)) : [], to: device, after: after,
                outbox: &outbox)
            return
        }
        request(.scan(device, after: after), outbox: &outbox)
    }

    /// Sends a page to a device, if it is still connected.
    func sendPage(_ rows: [MailboxRow], to device: DeviceID, after: UInt32, outbox: inout Outbox) {
        guard let address = volatile.connections.address(of: device) else { return }
        let (kept, missing) = kept(rows, of: device.user, after: after)
        for row in kept {
            outbox.send(.pageRow(row), to: address)
        }
        outbox.send(
            .pageEnd(
                device, last: kept.last?.record.sequence ?? after + missing, head: committedHead(of: device.user),
                missing: missing), to: address)
    }

    /// What a device is sent that lacks the rows after a place: those of them, in order, that are committed and come without a gap. Before
    /// them it misses those that the storage has lost, and those that are older than messages are kept for devices that are away.
    func kept(
        _ rows: [MailboxRow], of user: UserID, after: UInt32
    ) -> (rows: ArraySlice<MailboxRow>, missing: UInt32) {
        let head = committedHead(of: user)
        var kept = rows.prefix { $0.record.sequence <= head }
        if let retention = configuration.retentionNanoseconds {
            kept = kept.drop { nowNanoseconds > $0.record.timestampNanoseconds + retention }
        }
        guard let first = kept.first?.record.sequence else {
            let passed =
                rows.last { $0.record.sequence <= head }?.record.sequence ?? firstAtHand(of: user, head: head) - 1
            return ([], max(passed, after) - after)
        }
        let start = kept.startIndex
        let whole = kept.indices.prefix { kept[$0].record.sequence == first + UInt32($0 - start) }
        return (kept[whole], first - after - 1)
    }

    /// The place of the first row of a mailbox that is at hand; the one after the head if there is none.
    private func firstAtHand(of user: UserID, head: UInt32) -> UInt32 {
        volatile.mailboxes[user]?.rows.first.map { min($0.record.sequence, head + 1) } ?? head + 1
    }

    private var pageRowsMax: UInt32 { ChatServerConfiguration.pageRowsMax }
}
