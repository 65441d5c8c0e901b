internal import DequeModule

extension ChatServer {
    /// A device of one of this server's users submits a message, perhaps not for the first time.
    mutating func submitted(_ submitted: MessageRecord, nowNanoseconds: UInt64, outbox: inout Outbox) {
        let sender = submitted.sender
        if looksForSubmitted,
            let row = volatile.mailboxes.withAddress(of: sender, { $0.pointee.row(of: submitted.id) }) ?? nil
        {
            suppressDuplicate(of: submitted.id, in: sender, outbox: &outbox)
            // A row that is not committed yet is acknowledged when it is.
            if row.record.sequence <= committedHead(of: sender) {
                acknowledge(row, outbox: &outbox)
            }
            return
        }
        if volatile.relays.contains(submitted.id) {
            suppressDuplicate(of: submitted.id, in: sender, outbox: &outbox)
            return
        }
        var record = submitted
        record.timestampNanoseconds = nowNanoseconds
        guard record.thread == nil else { return submittedToThread(record, outbox: &outbox) }
        if configuration.forwardsFirst, record.recipient != sender {
            startRelay(record, outbox: &outbox)
        } else {
            place(record, in: sender, outbox: &outbox)
        }
    }

    /// Whether the server looks for a message that is submitted among those that it has. (A log knows a message by its key anyway.)
    private var looksForSubmitted: Bool {
        configuration.deduplicates
            && !(configuration.mutant == .submittedTwice && configuration.acknowledge != .afterLog)
    }

    /// The chat server of a message's sender, perhaps this one, asks to deliver a message to one of this server's users.
    mutating func forwardReceived(_ record: MessageRecord, outbox: inout Outbox) {
        guard record.thread == nil else { return copyReceived(record, outbox: &outbox) }
        let recipient = record.recipient
        let mustBeReceived = configuration.offline == .notify
        if configuration.deduplicates,
            let row = volatile.mailboxes.withAddress(of: recipient, { $0.pointee.row(of: record.id) }) ?? nil
        {
            suppressDuplicate(of: record.id, in: recipient, outbox: &outbox)
            let sequence = row.record.sequence
            let isDone =
                mustBeReceived
                ? sequence <= volatile.mailboxes[recipient]?.receivedHead ?? 0
                : sequence <= committedHead(of: recipient)
            if isDone {
                answerForward(row.record, delivered: true, outbox: &outbox)
            } else if mustBeReceived, !volatile.connections.isConnected(recipient) {
                answerForward(row.record, delivered: false, outbox: &outbox)
            }
            return
        }
        if mustBeReceived, !volatile.connections.isConnected(recipient) {
            answerForward(record, delivered: false, outbox: &outbox)
            return
        }
        place(record, in: recipient, outbox: &outbox)
    }

    /// Devices of a user have the mailbox up to a place: answer for the messages that waited for that.
    mutating func receipt(from user: UserID, upTo sequence: UInt32, outbox: inout Outbox) {
        guard let mailbox = volatile.mailboxes[user], sequence > mailbox.receivedHead else { return }
        let end = min(sequence, mailbox.committedHead)
        guard end > mailbox.receivedHead else { return }
        volatile.mailboxes.update(user) { $0.receivedHead = end }
        guard configuration.offline == .notify else { return }
        for place in mailbox.receivedHead + 1...end {
            guard let row = mailbox.row(at: place), row.isRecipients, row.record.sender != user,
                row.record.thread == nil
            else { continue }
            answerForward(row.record, delivered: true, outbox: &outbox)
        }
    }

    /// Hands a message to the chat server of its recipient, again and again until that answers, once those before it are
    /// done.
    mutating func startRelay(_ record: MessageRecord, outbox: inout Outbox) {
        // A row that got a new place may be on its way from the old one still; and a server that does not look for duplicates places a message
        // again whose first copy may be on its way still.
        guard !volatile.relays.contains(record.id) else { return }
        volatile.relays.insert(Relay(record: record), for: record.id)
        let lane = Lane(record)
        let position = volatile.lanes.update(lane, default: []) { lane in
            lane.append(record.id)
            return lane.count
        }
        guard position == 1 else { return }
        if configuration.mutant == .forwardedLater {
            let wait = volatile.jitter.below(max(1, configuration.requestTimeoutNanoseconds))
            outbox.timer(
                TimerToken(kind: TimerKind.relay.rawValue, value: record.id.rawValue), afterNanoseconds: wait)
        } else {
            forward(record.id, outbox: &outbox)
        }
    }

    mutating func relayTimerFired(_ id: MessageID, outbox: inout Outbox) {
        guard let relay = volatile.relays[id] else { return }
        if configuration.mutant == .forwardDropped {
            volatile.relays[id] = nil
            return startNext(after: relay.record, outbox: &outbox)
        }
        switch configuration.offline {
        case .storeAndRedeliver: forward(id, outbox: &outbox)
        case .notify: relayAnswered(id, delivered: false, outbox: &outbox)
        }
    }

    /// The recipient's chat server took responsibility for the message, or could not reach the recipient.
    mutating func relayAnswered(_ id: MessageID, delivered: Bool, outbox: inout Outbox) {
        guard let relay = volatile.relays.removeValue(forKey: id) else { return }
        defer { startNext(after: relay.record, outbox: &outbox) }
        guard delivered else {
            if let address = volatile.connections.address(of: id.device) {
                outbox.send(.undelivered(id), to: address)
            }
            return
        }
        if configuration.forwardsFirst {
            // If the mailbox is lost, the sender's device submits the message to its new owner.
            guard let mailbox = volatile.mailboxes[id.sender], !mailbox.isReleasing else { return }
            // It may have been lost and found: then another owner has placed the message already.
            guard mailbox.row(of: id) == nil else { return }
            place(relay.record, in: id.sender, outbox: &outbox)
        } else {
            finishLogRecord(ofMessage: relay.record, outbox: &outbox)
        }
    }

    /// Tells a message's sender that the system has taken responsibility for it, if that device is still connected.
    func acknowledge(_ row: MailboxRow, outbox: inout Outbox) {
        guard let address = volatile.connections.address(of: row.record.id.device) else { return }
        outbox.send(
            .accepted(
                row.record.id, sequence: row.record.sequence,
                timestampNanoseconds: row.record.timestampNanoseconds), to: address)
    }

    /// Answers the chat server of a message's sender.
    mutating func answerForward(_ record: MessageRecord, delivered: Bool, outbox: inout Outbox) {
        let destination =
            volatile.ownership.forwarders.removeValue(forKey: record.id) ?? chatServer(of: record.sender)
        if destination == number {
            relayAnswered(record.id, delivered: delivered, outbox: &outbox)
        } else {
            outbox.send(.forwarded(record.id, delivered: delivered), to: placement.chatServerAddress(destination))
        }
    }

    private mutating func startNext(after record: MessageRecord, outbox: inout Outbox) {
        let lane = Lane(record)
        let next = volatile.lanes.update(lane) { lane in
            lane.removeFirst()
            return lane.first
        }
        if let next, let next {
            forward(next, outbox: &outbox)
        } else {
            volatile.lanes[lane] = nil
        }
    }

    private mutating func forward(_ id: MessageID, outbox: inout Outbox) {
        let begun = volatile.relays.update(id) { relay in
            relay.attempts += 1
            relay.hops = 0
            return relay
        }
        guard let relay = begun else { return }
        let wait =
            configuration.requestTimeoutNanoseconds
            + (relay.attempts == 1
                ? 0
                : configuration.requestRetry.waitNanoseconds(
                    afterAttempt: relay.attempts - 1, drawing: &volatile.jitter))
        outbox.timer(TimerToken(kind: TimerKind.relay.rawValue, value: id.rawValue), afterNanoseconds: wait)
        sendForward(of: relay.record, nowNanoseconds: 0, outbox: &outbox)
    }

    /// Sends a message to the chat server of its recipient, as far as this one knows.
    mutating func sendForward(of record: MessageRecord, nowNanoseconds: UInt64, outbox: inout Outbox) {
        let destination = chatServer(of: record.recipient)
        let address = placement.chatServerAddress(destination)
        if destination == number {
            process(.forward(record), from: address, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        } else {
            outbox.send(.forward(record), to: address)
        }
    }

    /// Remembers which server forwarded a message, if that is not the one that the sender belongs to.
    mutating func noteForwarder(of record: MessageRecord, _ source: Address) {
        guard balancing.movesUsers else { return }
        let server = source.process - placement.firstChatServer
        volatile.ownership.forwarders[record.id] = server == chatServer(of: record.sender) ? nil : server
    }

    func suppressDuplicate(of id: MessageID, in owner: UserID, outbox: inout Outbox) {
        outbox.observe(
            Observation(.duplicateSuppressed, device: DeviceID(user: owner, index: 0), message: id))
    }
}
