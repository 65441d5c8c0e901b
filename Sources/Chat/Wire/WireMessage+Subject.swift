extension WireMessage {
    /// The chat message that this one carries or tells something about; nothing if it is about none, or about several that are attached to it.
    public var subject: MessageID? {
        switch self {
        case .submit(let record), .forward(let record): record.id
        case .accepted(let id, _, _), .undelivered(let id), .forwarded(let id, _): id
        case .push(let row, _), .pageRow(let row), .put(let row, _), .row(let row): row.record.id
        case .groups(let message): message.subject
        case .media(let message): message.subject
        case .cache(.recentRow(let recent)): recent.row.record.id
        case .balancing(.moved(let id, _, _, _)), .balancing(.adopted(let id, _)): id
        case .balancing(.adopt(let row)): row.record.id
        case .balancing(.lastShown(_, _, let id)): id
        case .resolve, .assigned, .open, .opened, .refused, .reset, .close, .heartbeat, .heartbeatReply, .received,
            .fetch, .pageEnd, .poll, .polled, .putDone, .load, .scan, .rowsEnd, .pages, .cache, .tables, .sharding,
            .balancing, .presence, .replication:
            nil
        }
    }
}

extension GroupMessage {
    /// The chat message that it is about, if it is one.
    var subject: MessageID? {
        switch self {
        case .post(let record): record.id
        case .posted(let id), .rejected(let id), .refused(let id), .put(let id, _, _, _): id
        case .deliver, .delivered: nil
        }
    }
}

extension MediaMessage {
    /// The chat message whose media it is about.
    var subject: MessageID {
        switch self {
        case .upload(let id, _), .uploaded(let id), .download(let id), .downloaded(let id, _), .missing(let id): id
        }
    }
}
