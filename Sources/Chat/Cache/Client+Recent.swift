extension Client {
    /// A reading of the user's recent messages and conversations that is under way.
    struct Reading: Hashable, Sendable {
        /// The number of the request that is out; rows of an earlier one are ignored.
        var number: UInt16
        var attempts: UInt32 = 0
        /// The rows that have arrived.
        var rows: [RecentRow] = []
    }

    /// The user wants to see the recent messages and conversations. A reading that is under way gives way to this one.
    public mutating func readRecent(configuration: ClientConfiguration, outbox: inout Outbox) {
        reading = Reading(number: nextReading)
        outbox.observe(Observation(.recentAsked, device: device))
        askForRecent(configuration: configuration, outbox: &outbox)
    }

    mutating func readingTimerFired(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard let reading, UInt64(reading.number) == value else { return }
        askForRecent(configuration: configuration, outbox: &outbox)
    }

    mutating func recentRowArrived(_ recent: RecentRow) {
        guard reading?.number == recent.reading else { return }
        reading?.rows.append(recent)
    }

    /// The answer is complete, unless rows of it were lost on the way; then the device asks again when its timer fires.
    mutating func recentEnded(reading number: UInt16, rowCount: Int, outbox: inout Outbox) {
        guard let reading, reading.number == number, reading.rows.count == rowCount else { return }
        self.reading = nil
        for recent in reading.rows {
            outbox.observe(
                Observation(
                    recent.isConversation ? .recentConversation : .recentMessage, device: device,
                    message: recent.row.record.id, counterpart: recent.row.counterpart,
                    sequence: recent.row.record.sequence))
        }
        outbox.observe(Observation(.recentRead, device: device))
    }

    private mutating func askForRecent(configuration: ClientConfiguration, outbox: inout Outbox) {
        reading?.number = nextReading
        reading?.attempts += 1
        reading?.rows.removeAll()
        if case .online(let chatServer) = connection {
            outbox.send(
                .cache(.readRecent(device, reading: nextReading)), to: placement.chatServerAddress(chatServer),
                fromPort: port)
        }
        outbox.timer(
            token(.reading, UInt64(nextReading)),
            afterNanoseconds: configuration.retry.waitNanoseconds(
                afterAttempt: reading?.attempts ?? 1, drawing: &jitter))
        nextReading &+= 1
    }
}
