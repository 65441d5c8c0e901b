/// Devices that ask for what is new, rather than being sent it over a connection that stays open.
///
/// The server remembers a device between two requests, and what it asked last. What the device has is in each request: a row
/// that arrives between two of them is in the answer to the second, and one whose answer was lost in the answer to the next.
extension ChatServer {
    /// A device asks for the rows after a place; those up to it, it has.
    mutating func polled(_ device: DeviceID, after: UInt32, number: UInt32, outbox: inout Outbox) {
        connectionTally.polls += 1
        receipt(from: device.user, upTo: after, outbox: &outbox)
        setPoll(HeldPoll(number: number, after: after), of: device)
        guard !answerPoll(of: device, outbox: &outbox) else { return }
        guard case .longPoll(let hold) = configuration.connection.model else {
            sendPoll([], to: device, outbox: &outbox)
            return
        }
        outbox.timer(
            TimerToken(kind: TimerKind.hold.rawValue, value: Self.holdToken(device, number: number)),
            afterNanoseconds: hold)
    }

    /// Rows of a user's mailbox were committed: answer the requests that are held for them, but for the one of the device that
    /// sent the message, which gets an answer of its own.
    mutating func answerPolls(of user: UserID, except sender: DeviceID?, outbox: inout Outbox) {
        var devices: [DeviceID] = []
        volatile.connections.forEachConnection(of: user) { connection in
            if connection.device != sender, volatile.connections.poll(of: connection.device) != nil {
                devices.append(connection.device)
            }
        }
        for device in devices {
            _ = answerPoll(of: device, outbox: &outbox)
        }
    }

    /// A request was held for as long as it may be: it is answered with nothing.
    mutating func holdTimerFired(_ value: UInt64, outbox: inout Outbox) {
        let device = DeviceID(
            user: UserID(UInt32(truncatingIfNeeded: value)), index: UInt8(truncatingIfNeeded: value >> 32 & 0xf))
        guard let poll = volatile.connections.poll(of: device), !poll.isScanning,
            Self.holdToken(device, number: poll.number) == value
        else { return }
        connectionTally.holdsTimedOut += 1
        // The device may have been the one that sent what is new, so that there is something all the same.
        if !answerPoll(of: device, outbox: &outbox) {
            sendPoll([], to: device, outbox: &outbox)
        }
    }

    /// The storage has sent the rows after a place, for a device that asked for them.
    mutating func answerPoll(of device: DeviceID, with rows: [MailboxRow], after: UInt32, outbox: inout Outbox) {
        guard let poll = volatile.connections.poll(of: device), poll.isScanning, poll.after == after else { return }
        sendPoll(rows, to: device, outbox: &outbox)
    }

    /// Answers a request that is held, or asks the storage for the answer.
    ///
    /// - Returns: Whether the device lacks any row.
    private mutating func answerPoll(of device: DeviceID, outbox: inout Outbox) -> Bool {
        guard let poll = volatile.connections.poll(of: device), let mailbox = volatile.mailboxes[device.user] else {
            return false
        }
        let after = configuration.mutant == .pollAnsweredOnce ? max(poll.after, mailbox.receivedHead) : poll.after
        guard after < mailbox.committedHead else { return false }
        guard !poll.isScanning else { return true }
        guard mailbox.hasRows(after: after) else {
            volatile.connections.setPoll(
                HeldPoll(number: poll.number, after: poll.after, isScanning: true), of: device)
            request(.scan(device, after: poll.after), outbox: &outbox)
            return true
        }
        let end = min(mailbox.committedHead, after + ChatServerConfiguration.pageRowsMax)
        sendPoll((after + 1...end).compactMap(mailbox.row(at:)), to: device, outbox: &outbox)
        return true
    }

    /// Answers the request of a device.
    private mutating func sendPoll(_ rows: [MailboxRow], to device: DeviceID, outbox: inout Outbox) {
        guard let poll = volatile.connections.poll(of: device),
            let address = volatile.connections.address(of: device)
        else { return }
        volatile.connections.setPoll(nil, of: device)
        let (rows, missing) = kept(rows, of: device.user, after: poll.after)
        let contentBytes = rows.reduce(UInt64(0)) { $0 + UInt64($1.record.contentBytes) }
        let answer = WireMessage.polled(
            device, number: poll.number, head: committedHead(of: device.user),
            contentBytes: UInt32(clamping: contentBytes), missing: missing)
        if rows.isEmpty {
            connectionTally.emptyAnswers += 1
            outbox.send(answer, to: address)
        } else {
            connectionTally.answersWithMessages += 1
            if configuration.mutant == .pollAnsweredOnce, let last = rows.last {
                receipt(from: device.user, upTo: last.record.sequence, outbox: &outbox)
            }
            outbox.send(answer, to: address, attachment: MailboxRow.words(of: rows))
        }
    }

    /// Takes up a request in place of the one before, which then ends without an answer.
    mutating func setPoll(_ poll: HeldPoll?, of device: DeviceID) {
        if volatile.connections.poll(of: device) != nil { connectionTally.holdsAbandoned += 1 }
        volatile.connections.setPoll(poll, of: device)
    }

    /// What is written on the timer of a request: the device in 36 bits, its count in the others.
    private static func holdToken(_ device: DeviceID, number: UInt32) -> UInt64 {
        UInt64(number) << 36 | device.word
    }
}
