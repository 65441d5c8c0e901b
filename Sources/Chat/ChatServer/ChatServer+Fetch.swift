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
        let head = committedHead(of: device.user)
        let rows = rows.prefix { $0.record.sequence <= head }
        let expired = expiredCount(of: rows)
        for row in rows.dropFirst(expired) {
            outbox.send(.pageRow(row), to: address)
        }
        outbox.send(
            .pageEnd(device, last: rows.last?.record.sequence ?? after, head: head, expired: UInt32(expired)),
            to: address)
    }

    /// How many rows at the beginning of a page are not sent any more, since they are older than messages are kept for devices that are away.
    func expiredCount(of rows: ArraySlice<MailboxRow>) -> Int {
        guard let retention = configuration.retentionNanoseconds else { return 0 }
        return rows.prefix { nowNanoseconds > $0.record.timestampNanoseconds + retention }.count
    }

    private var pageRowsMax: UInt32 { ChatServerConfiguration.pageRowsMax }
}
