internal import DequeModule

extension Client {
    /// The user sends a message. It waits on the device until it is settled: acknowledged, or given up.
    ///
    /// - Parameters:
    ///   - recipient: Whom it is for; of a message of a thread whom it adds or removes, or else the sender.
    ///   - part: What makes it a message of a thread, if it is one.
    /// - Returns: The identifier that the device gave it.
    @discardableResult
    public mutating func send(
        to recipient: UserID, contentBytes: UInt32, part: ThreadPart = .none, configuration: ClientConfiguration,
        outbox: inout Outbox
    ) -> MessageID {
        let id = MessageID(
            sender: device.user,
            clientMessageID: ClientMessageID(deviceIndex: device.index, ordinal: nextOrdinal))
        nextOrdinal += 1
        if part.thread == nil { openChat(with: recipient, configuration: configuration, outbox: &outbox) }
        let content = configuration.media?.content(ofBytes: contentBytes) ?? MessageContent(bytes: contentBytes)
        let record = MessageRecord(id: id, recipient: recipient, content: content, part: part)
        outbox.observe(
            Observation(
                .sent, device: device, message: id, counterpart: recipient, sequence: part.thread?.rawValue ?? 0,
                detail: content.mediaBytes ?? 0))
        unsettled.append(Outgoing(record: record))
        upload(record, configuration: configuration, outbox: &outbox)
        if configuration.sequencing == .serverTimestamp {
            show(record, sequence: 0, configuration: configuration, outbox: &outbox)
        }
        submitNext(configuration: configuration, outbox: &outbox)
        return id
    }

    mutating func accepted(
        _ id: MessageID, sequence: UInt32, timestampNanoseconds: UInt64, configuration: ClientConfiguration,
        outbox: inout Outbox
    ) {
        guard var record = settle(id, outbox: &outbox, as: .acknowledged) else { return }
        record.sequence = sequence
        record.timestampNanoseconds = timestampNanoseconds
        arrived(record, configuration: configuration, outbox: &outbox)
        submitNext(configuration: configuration, outbox: &outbox)
    }

    /// The recipient could not be reached. The retry timer that runs already will submit the message again, unless the
    /// budget is spent.
    mutating func undelivered(_ id: MessageID, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let outgoing = unsettled.first(where: { $0.record.id == id }) else { return }
        recipientFailed(outgoing.record.recipient, configuration: configuration, outbox: &outbox)
        guard configuration.retry.isExhausted(afterAttempts: outgoing.attempts) else { return }
        giveUp(id, configuration: configuration, outbox: &outbox)
    }

    /// The thread does not take the message.
    mutating func refused(_ id: MessageID, configuration: ClientConfiguration, outbox: inout Outbox) {
        giveUp(id, configuration: configuration, outbox: &outbox)
    }

    mutating func retryTimerFired(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard isOnline, let index = indexOfAttempt(value) else { return }
        submit(at: index, configuration: configuration, outbox: &outbox)
    }

    /// Whether the attempt that a time-out is for waits for an answer still.
    func awaitsAnswer(_ value: UInt64) -> Bool { indexOfAttempt(value) != nil }

    /// The place of the message whose latest attempt is the one that a time-out is for, if it is in flight.
    private func indexOfAttempt(_ value: UInt64) -> Int? {
        let ordinal = UInt32(truncatingIfNeeded: value >> 32)
        let attempts = UInt32(truncatingIfNeeded: value)
        return unsettled.firstIndex {
            $0.record.id.clientMessageID.ordinal == ordinal && $0.attempts == attempts && $0.isInFlight
        }
    }

    /// Takes a message off the list of those that are not settled, and says how it ended.
    ///
    /// - Returns: The message, or nothing if it was settled before.
    mutating func settle(_ id: MessageID, outbox: inout Outbox, as kind: Observation.Kind) -> MessageRecord? {
        guard let index = unsettled.firstIndex(where: { $0.record.id == id }) else { return nil }
        let record = unsettled.remove(at: index).record
        outbox.observe(Observation(kind, device: device, message: id, counterpart: record.recipient))
        return record
    }

    /// Submits as many messages as may be in flight, the oldest first.
    mutating func submitNext(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard isOnline else { return }
        let inFlightMax = configuration.mutant == .retryOvertaken ? unsettled.count : configuration.inFlightMax
        var index = 0
        while index < min(inFlightMax, unsettled.count) {
            let before = unsettled.count
            if !unsettled[index].isInFlight {
                submit(at: index, configuration: configuration, outbox: &outbox)
            }
            if unsettled.count == before { index += 1 }
        }
    }

    private mutating func submit(at index: Int, configuration: ClientConfiguration, outbox: inout Outbox) {
        // A message that refers to media waits for them, and those after it wait for their turn.
        guard case .online(let chatServer) = connection, !media.isUploading(unsettled[index].record.id) else { return }
        guard !configuration.retry.isExhausted(afterAttempts: unsettled[index].attempts) else {
            giveUp(unsettled[index].record.id, configuration: configuration, outbox: &outbox)
            return
        }
        unsettled[index].attempts += 1
        unsettled[index].isInFlight = true
        let outgoing = unsettled[index]
        outbox.send(.submit(outgoing.record), to: placement.chatServerAddress(chatServer), fromPort: port)
        outbox.timer(
            token(
                .retry,
                UInt64(outgoing.record.id.clientMessageID.ordinal) << 32 | UInt64(outgoing.attempts)),
            afterNanoseconds: configuration.retry.waitNanoseconds(
                afterAttempt: outgoing.attempts, drawing: &jitter))
    }

    /// Tells the user that a message was not sent.
    mutating func giveUp(_ id: MessageID, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard settle(id, outbox: &outbox, as: .failed) != nil else { return }
        submitNext(configuration: configuration, outbox: &outbox)
    }
}
