/// Everything that one component can say to another. ``Payload`` gives the form on the wire.
@frozen
public enum WireMessage: Hashable, Sendable {
    // MARK: Device and load balancer

    /// Device to load balancer: which chat server is mine?
    case resolve(DeviceID)
    /// The answer: the number of the chat server, from zero.
    case assigned(DeviceID, chatServer: UInt32)

    // MARK: Device and chat server

    /// Device to chat server: open a connection.
    case open(DeviceID)
    /// The connection is open; `head` is the last place in the mailbox.
    case opened(DeviceID, head: UInt32)
    /// The chat server has as many connections as it may hold.
    case refused(DeviceID)
    /// The chat server knows no such connection: it has restarted, or had given the device up.
    case reset(DeviceID)
    /// The device goes away in good order.
    case close(DeviceID)
    /// The device is alive.
    case heartbeat(DeviceID)
    /// So is the chat server; `head` is the last place in the mailbox.
    case heartbeatReply(DeviceID, head: UInt32)
    /// sendMessage of the source design. The record has no place and no timestamp yet.
    case submit(MessageRecord)
    /// The system has taken responsibility for the message. `sequence` is its place in the sender's mailbox.
    case accepted(MessageID, sequence: UInt32, timestampNanoseconds: UInt64)
    /// The recipient cannot be reached; the sender's device may try again with the same identifier.
    case undelivered(MessageID)
    /// Chat server to device: a new row of the mailbox. With `wantsReceipt` the server waits for ``received``.
    case push(MailboxRow, wantsReceipt: Bool)
    /// The device has everything up to and including `sequence`.
    case received(DeviceID, sequence: UInt32)
    /// Device to chat server: send me the rows after `sequence`.
    case fetch(DeviceID, after: UInt32)
    /// One row of the answer.
    case pageRow(MailboxRow)
    /// The end of the answer: the last place that was sent, the last that there is, and how many rows are missing for good before those
    /// that were sent.
    case pageEnd(DeviceID, last: UInt32, head: UInt32, missing: UInt32 = 0)
    /// Device to chat server, where no connection stays open: send me the rows after `after`, and I have those up to it. The device
    /// counts its requests.
    case poll(DeviceID, after: UInt32, number: UInt32)
    /// The answer to the request of that number. Its rows are attached to it; `contentBytes` is the size of what they say. `head` is
    /// the last place in the mailbox; `missing` rows before those attached are missing for good.
    case polled(DeviceID, number: UInt32, head: UInt32, contentBytes: UInt32, missing: UInt32 = 0)

    // MARK: Chat server and chat server

    /// To the chat server of the recipient: deliver this.
    case forward(MessageRecord)
    /// The answer: whether the recipient's chat server took responsibility for it.
    case forwarded(MessageID, delivered: Bool)

    // MARK: Chat server and storage

    /// Write a row. Rows from an `epoch` below the mailbox's fence are refused.
    case put(MailboxRow, epoch: UInt32)
    /// The row is durable, or was refused because the writer's epoch is fenced off.
    case putDone(UserID, sequence: UInt32, epoch: UInt32, fenced: Bool)
    /// Fence off earlier epochs of the mailbox's owner and send the last `limit` rows.
    case load(UserID, epoch: UInt32, limit: UInt32)
    /// Send up to `limit` rows after `after`.
    case scan(UserID, after: UInt32, limit: UInt32)
    /// One row of the answer to a load or a scan.
    case row(MailboxRow)
    /// The end of that answer: how many rows were sent, and the last place in the mailbox.
    case rowsEnd(UserID, count: UInt32, head: UInt32)

    // MARK: Areas with messages of their own

    /// About pages of the past.
    case pages(PageMessage)
    /// About threads.
    case groups(GroupMessage)
    /// About the indices that cache servers keep.
    case cache(CacheMessage)
    /// About rows of the storage's tables.
    case tables(TablesMessage)
    /// About logical shards, and which storage server has which.
    case sharding(ShardingMessage)
    /// About which chat server is responsible for a user.
    case balancing(BalancingMessage)
    /// About who is online.
    case presence(PresenceMessage)
    /// About fragments of sealed files.
    case replication(ReplicationMessage)
    /// About media in object stores.
    case media(MediaMessage)
}
