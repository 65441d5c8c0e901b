/// What chat servers say to one another, and to devices, about threads.
@frozen
public enum GroupMessage: Hashable, Sendable {
    // MARK: The chat server of a sender and that of the thread

    /// To the chat server of the thread: a message of a member, or a change of the membership by one.
    case post(MessageRecord)
    /// The answer: it has its place in the thread, durably, and will be fanned out.
    case posted(MessageID)
    /// The answer: there is no such thread, the sender is no member, or the change changes nothing.
    case rejected(MessageID)

    // MARK: The chat server of the thread and those of members

    /// To the chat server of members: a ``GroupBatch`` of messages is attached, each with those members whom it is for. `contentBytes`
    /// is the size of all contents.
    case deliver(thread: ThreadID, number: UInt64, contentBytes: UInt32)
    /// The answer: the chat server has taken responsibility for every copy.
    case delivered(number: UInt64)

    // MARK: Chat server and device

    /// The thread does not take the message; to send it again would not help.
    case refused(MessageID)

    // MARK: Chat server and storage

    /// A ``WireMessage/put(_:epoch:)`` of a row that is a message of a thread: with the thread it has a word too many for a message of four,
    /// so that it is attached, as ``MailboxRow`` has it in words. Answered in the same way.
    case put(MessageID, owner: UserID, epoch: UInt32, contentBytes: UInt32)

    /// The bytes of contents that the message carries.
    var contentBytes: UInt32 {
        switch self {
        case .post(let record): record.contentBytes
        case .deliver(_, _, let bytes), .put(_, _, _, let bytes): bytes
        case .posted, .rejected, .delivered, .refused: 0
        }
    }
}

extension Outbox {
    /// Sends a request about a mailbox to a storage server. A row that is a message of a thread goes as ``GroupMessage/put(_:owner:epoch:contentBytes:)``.
    mutating func sendMailboxRequest(_ message: WireMessage, to address: Address, fromPort: UInt32) {
        guard case .put(let row, let epoch) = message, row.record.thread != nil else {
            return send(message, to: address, fromPort: fromPort)
        }
        let put = GroupMessage.put(
            row.record.id, owner: row.owner, epoch: epoch, contentBytes: row.record.contentBytes)
        send(.groups(put), to: address, fromPort: fromPort, attachment: MailboxRow.words(of: [row]))
    }
}
