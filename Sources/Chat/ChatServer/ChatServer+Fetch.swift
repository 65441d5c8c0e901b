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
        var last = after
        for row in rows where row.record.sequence <= head {
            outbox.send(.pageRow(row), to: address)
            last = row.record.sequence
        }
        outbox.send(.pageEnd(device, last: last, head: head), to: address)
    }

    private var pageRowsMax: UInt32 { ChatServerConfiguration.pageRowsMax }
}
