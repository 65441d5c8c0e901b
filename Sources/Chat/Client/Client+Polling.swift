extension Client {
    /// An answer to a request for rows. It is a page of the mailbox like any other; one that comes too late is ignored, since the
    /// request was repeated.
    mutating func polled(
        number: UInt32, head: UInt32, missing: UInt32, attachment: UnsafeBufferPointer<UInt64>,
        configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard let after = fetchingAfter, number == fetchGeneration else { return }
        for index in 0..<attachment.count / MailboxRow.wordCount {
            page.append(MailboxRow(attachment, index: index).record)
        }
        pageEnded(
            last: page.last?.sequence ?? after + missing, head: head, missing: missing, configuration: configuration,
            outbox: &outbox)
    }

    /// There is nothing to ask for at once: a device without a lasting connection asks all the same, now or after a while.
    mutating func pollAgain(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard isOnline, fetchingAfter == nil else { return }
        switch configuration.connection.model {
        case .websocket: break
        case .longPoll: fetch(attempt: 1, configuration: configuration, outbox: &outbox)
        case .poll(let period): outbox.timer(token(.poll, UInt64(fetchGeneration)), afterNanoseconds: period)
        }
    }

    /// It is time to ask, unless the device has asked meanwhile.
    mutating func pollTimerFired(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard value == UInt64(fetchGeneration), fetchingAfter == nil else { return }
        fetch(attempt: 1, configuration: configuration, outbox: &outbox)
    }

    /// No answer came in time: ask again, or take the chat server for dead if it has been silent for long.
    mutating func pollTimedOut(nowNanoseconds: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        outbox.clientTally.pollsTimedOut += 1
        if nowNanoseconds - lastHeardNanoseconds >= configuration.heartbeatTimeoutNanoseconds {
            connectionLost(configuration: configuration, outbox: &outbox)
        } else {
            fetch(attempt: 1, configuration: configuration, outbox: &outbox)
        }
    }
}
