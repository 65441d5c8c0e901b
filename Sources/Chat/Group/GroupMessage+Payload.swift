extension GroupMessage {
    /// The kinds of the area's messages.
    enum Kind: UInt16, CaseIterable {
        case post = 320, posted, rejected, deliver, delivered, refused, put
    }

    /// The message packed.
    var payload: Payload {
        switch self {
        case .post(let record):
            Payload(
                kind: Kind.post.rawValue, MailboxRow(record: record, isRecipients: false), record.part.rawValue)
        case .posted(let id): Self.payload(.posted, id.rawValue)
        case .rejected(let id): Self.payload(.rejected, id.rawValue)
        case .deliver(let thread, let number, let contentBytes):
            Self.payload(.deliver, UInt64(thread.rawValue), number, UInt64(contentBytes))
        case .delivered(let number): Self.payload(.delivered, number)
        case .refused(let id): Self.payload(.refused, id.rawValue)
        case .put(let id, let owner, let epoch, let contentBytes):
            Self.payload(.put, id.rawValue, Payload.pair(owner.rawValue, epoch), UInt64(contentBytes))
        }
    }

    /// Unpacks a message of the area.
    init(_ payload: Payload) {
        guard let kind = Kind(rawValue: payload.kind) else {
            preconditionFailure("no message about threads has kind \(payload.kind)")
        }
        let words = payload.words
        switch kind {
        case .post: self = .post(payload.row.record)
        case .posted: self = .posted(MessageID(rawValue: words.0))
        case .rejected: self = .rejected(MessageID(rawValue: words.0))
        case .deliver:
            self = .deliver(
                thread: ThreadID(payload.low(words.0)), number: words.1, contentBytes: payload.low(words.2))
        case .delivered: self = .delivered(number: words.0)
        case .refused: self = .refused(MessageID(rawValue: words.0))
        case .put:
            self = .put(
                MessageID(rawValue: words.0), owner: UserID(payload.low(words.1)), epoch: payload.high(words.1),
                contentBytes: payload.low(words.2))
        }
    }

    private static func payload(
        _ kind: Kind, _ first: UInt64, _ second: UInt64 = 0, _ third: UInt64 = 0
    ) -> Payload {
        Payload(kind: kind.rawValue, words: (first, second, third, 0))
    }
}
