internal import Chat
internal import Invariants
internal import Reporting

/// Messages of a run in a few words.
struct MessageText {
    let names: ScenarioNames

    /// What a message says.
    func words(of message: WireMessage) -> String { text(of: message) ?? connecting(message) }

    /// What a message of the conversation itself says; nothing if it is about connections and reading.
    func text(of message: WireMessage) -> String? {
        switch message {
        case .submit(let record): "submit \(names.name(of: record.id))"
        case .accepted(let id, let sequence, _): "accepted \(names.name(of: id)) #\(sequence)"
        case .undelivered(let id): "undelivered \(names.name(of: id))"
        case .push(let row, _): "push \(names.name(of: row.record.id)) #\(row.record.sequence)"
        case .pageRow(let row): "history \(names.name(of: row.record.id)) #\(row.record.sequence)"
        case .forward(let record): "forward \(names.name(of: record.id))"
        case .forwarded(let id, let delivered):
            delivered ? "taken \(names.name(of: id))" : "unreachable \(names.name(of: id))"
        case .put(let row, _): "put \(names.name(of: row.record.id)) for \(names.name(of: row.owner))"
        case .putDone(let user, let sequence, _, let fenced):
            fenced ? "fenced off" : "stored #\(sequence) of \(names.name(of: user))"
        case .polled(_, _, let head, let contentBytes, _) where contentBytes > 0: "rows up to #\(head)"
        case .presence(let message): text(of: message)
        case .groups(let message): text(of: message)
        case .media(let message): text(of: message)
        case .cache(.recentRow(let recent)):
            "\(names.name(of: recent.row.record.id)) #\(recent.row.record.sequence) is "
                + (recent.isConversation ? "the last with \(names.name(of: recent.row.counterpart))" : "recent")
        case .cache(.readRecent): "what is recent?"
        case .cache(.recent(let device, _, _)): "what is recent for \(names.name(of: device.user))?"
        case .cache(.recentEnd): "that is recent"
        case .reset: "reset: no such connection"
        case .refused: "refused"
        case .balancing(let message): BalancingText(names: names).text(of: message)
        default: nil
        }
    }

    private func text(of message: PresenceMessage) -> String {
        func online(_ isOnline: Bool) -> String { isOnline ? "online" : "offline" }
        switch message {
        case .pull(_, .newChat, _, let chat): return "is \(chat.map(names.name(of:)) ?? "nobody") online?"
        case .pull(_, .viewport, _, _): return "who on the screen is online?"
        case .pull(_, .start, _, _): return "which friends are online?"
        case .statuses(_, _, let friendCount, let chat): return "\(Int(friendCount) + (chat == nil ? 0 : 1)) statuses"
        case .status(let user, let isOnline): return "\(names.name(of: user)) is \(online(isOnline))"
        case .query(_, _, let count): return "are \(count) online?"
        case .answer(_, _, let bits): return "\(bits.nonzeroBitCount) are online"
        case .changed(let user, let isOnline, let count):
            return "\(names.name(of: user)) is \(online(isOnline)), for \(count)"
        }
    }

    /// What a message about connections and reading says.
    func connecting(_ message: WireMessage) -> String {
        switch message {
        case .resolve: "which server?"
        case .assigned(_, let server): "chat_server.\(server + 1)"
        case .open: "open"
        case .opened(_, let head): "opened, \(head) rows"
        case .close: "close"
        case .heartbeat: "heartbeat"
        case .heartbeatReply: "alive"
        case .received(_, let sequence): "received up to #\(sequence)"
        case .fetch(_, let after): "fetch after #\(after)"
        case .pageEnd: "end of page"
        case .polled: "nothing new"
        case .pages(.request(let request)): "page \(request.page + 1)?"
        case .pages(.page(_, _, _, let before, let isLast, _)):
            isLast ? "the last page" : "page down to #\(before)"
        case .poll(_, let after, _): "anything after #\(after)?"
        case .load(let user, _, _): "load \(names.name(of: user))"
        case .scan(let user, let after, _): "scan \(names.name(of: user)) after #\(after)"
        case .row(let row): "row #\(row.record.sequence)"
        case .rowsEnd(_, let count, _): "\(count) rows"
        case .tables(.write(_, let partition, _, _)): "write rows of \(partition)"
        case .tables(.written(_, let isFenced)): isFenced ? "fenced off" : "rows written"
        case .tables(.scan(_, let range)): "scan \(range.table) of \(range.partition)"
        case .tables(.rows(_, let count, _, _)): "\(count) rows"
        case .replication(let message): ShardingText.words(of: message)
        case .balancing(let message): BalancingText(names: names).connecting(message)
        case .sharding(let message): ShardingText.words(of: message)
        default: "\(message)"
        }
    }
    /// What a message about threads says.
    private func text(of message: GroupMessage) -> String {
        switch message {
        case .post(let record):
            "post \(names.name(of: record.id))\(record.thread.map { " to \(names.name(of: $0))" } ?? "")"
        case .posted(let id): "placed \(names.name(of: id))"
        case .rejected(let id), .refused(let id): "refused \(names.name(of: id))"
        case .deliver(let thread, let number, _): "deliver from \(names.name(of: thread)), batch \(number & 0xffff)"
        case .put(let id, let owner, _, _): "put \(names.name(of: id)) for \(names.name(of: owner))"
        case .delivered(let number): "taken, batch \(number & 0xffff)"
        }
    }

    /// What a message about media says.
    private func text(of message: MediaMessage) -> String {
        switch message {
        case .upload(let id, let bytes): "upload media of \(names.name(of: id)), \(size(bytes))"
        case .uploaded(let id): "has the media of \(names.name(of: id))"
        case .download(let id): "media of \(names.name(of: id))?"
        case .downloaded(let id, let bytes): "media of \(names.name(of: id)), \(size(bytes))"
        case .missing(let id): "no media of \(names.name(of: id))"
        }
    }

    private func size(_ bytes: UInt32) -> String { "\(NumberText.grouped(UInt64(bytes))) bytes" }
}
