extension Client {
    mutating func pushed(
        _ record: MessageRecord, wantsReceipt: Bool, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        owesReceipt = owesReceipt || wantsReceipt
        arrived(record, configuration: configuration, outbox: &outbox)
        if owesReceipt, ahead.isEmpty, fetchingAfter == nil {
            sendReceipt(outbox: &outbox)
        }
    }

    /// The chat server says how far the mailbox goes: fetch what the device lacks, unless it is on its way.
    mutating func learn(head: UInt32, configuration: ClientConfiguration, outbox: inout Outbox) {
        knownHead = max(knownHead, head)
        fetchMissing(configuration: configuration, outbox: &outbox)
    }

    /// A row of the mailbox is here: pushed, or the device's own message whose place is now known.
    mutating func arrived(_ record: MessageRecord, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard record.sequence > cursor else { return }
        var index = ahead.count
        while index > 0, ahead[index - 1].record.sequence > record.sequence { index -= 1 }
        guard index == 0 || ahead[index - 1].record.sequence != record.sequence else { return }
        knownHead = max(knownHead, record.sequence)
        let showsNow =
            (configuration.sequencing == .serverTimestamp || configuration.mutant == .shownOnArrival)
            && cursor >= historyHead
        if showsNow {
            showUnlessOwn(record, configuration: configuration, outbox: &outbox)
        }
        ahead.insert(Arrival(record: record, isShown: showsNow), at: index)
        drain(configuration: configuration, outbox: &outbox)
        fetchMissing(configuration: configuration, outbox: &outbox)
    }

    /// Asks for the next page if a row before the known head is missing and none is on its way.
    mutating func fetchMissing(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard cursor < knownHead, fetchingAfter == nil else { return }
        fetch(attempt: 1, configuration: configuration, outbox: &outbox)
    }

    mutating func fetchTimerFired(
        _ value: UInt64, nowNanoseconds: UInt64, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard awaitsRows(value) else { return }
        guard !configuration.connection.isPolled else {
            pollTimedOut(nowNanoseconds: nowNanoseconds, configuration: configuration, outbox: &outbox)
            return
        }
        let attempt = UInt32(truncatingIfNeeded: value >> 32)
        fetch(attempt: attempt &+ 1, configuration: configuration, outbox: &outbox)
    }

    /// Whether the fetch that a time-out is for is under way still.
    func awaitsRows(_ value: UInt64) -> Bool {
        fetchingAfter != nil && UInt32(truncatingIfNeeded: value) == fetchGeneration
    }

    /// The page is complete, or rows of it were lost on the way. Rows before it are missing for good: only their
    /// number is known.
    mutating func pageEnded(
        last: UInt32, head: UInt32, missing: UInt32, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard let after = fetchingAfter else { return }
        var rows = page
        stopFetching()
        knownHead = max(knownHead, head)
        rows.sort { $0.sequence < $1.sequence }
        let first = after + missing
        let isWhole = last >= first && rows.map(\.sequence) == Array(first..<last).map { $0 + 1 }
        if isWhole {
            if first > cursor, missing > 0 { miss(upTo: first, configuration: configuration, outbox: &outbox) }
            if configuration.sequencing == .serverTimestamp || configuration.mutant == .redeliveryByTimestamp {
                rows.sort { ($0.timestampNanoseconds, $0.id) < ($1.timestampNanoseconds, $1.id) }
            }
            for row in rows where row.sequence > cursor {
                let isShown = ahead.first { $0.record.sequence == row.sequence }?.isShown ?? false
                settleOwn(row, outbox: &outbox)
                if !isShown {
                    showUnlessOwn(row, configuration: configuration, outbox: &outbox)
                }
            }
            cursor = max(cursor, last)
            ahead.removeAll { $0.record.sequence <= cursor }
            drain(configuration: configuration, outbox: &outbox)
        }
        // Where the device asks again and again, each request says what it has.
        if cursor >= knownHead, !configuration.connection.isPolled {
            sendReceipt(outbox: &outbox)
        }
        fetchMissing(configuration: configuration, outbox: &outbox)
        pollAgain(configuration: configuration, outbox: &outbox)
        submitNext(configuration: configuration, outbox: &outbox)
    }

    /// Goes on behind rows that the device will never get: they are no longer kept for it, or lost.
    private mutating func miss(upTo sequence: UInt32, configuration: ClientConfiguration, outbox: inout Outbox) {
        if configuration.isRetentionLimited {
            outbox.clientTally.expiredRows += UInt64(sequence - cursor)
            outbox.observe(Observation(.expired, device: device, sequence: sequence))
        }
        cursor = sequence
    }

    mutating func stopFetching() {
        fetchingAfter = nil
        fetchGeneration &+= 1
        page.removeAll(keepingCapacity: true)
    }

    /// Appends a message to what the user sees; once, unless the device does not look for duplicates.
    mutating func show(
        _ record: MessageRecord, sequence: UInt32, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard !configuration.deduplicates || !recentlyShown.contains(record.id) else { return }
        if recentlyShown.count < Self.recentlyShownMax {
            recentlyShown.append(record.id)
        } else {
            recentlyShown[recentlyShownNext] = record.id
            recentlyShownNext = (recentlyShownNext + 1) % Self.recentlyShownMax
        }
        outbox.observe(
            Observation(
                .displayed, device: device, message: record.id,
                counterpart: record.thread == nil ? record.recipient : device.user, sequence: sequence))
        download(record, configuration: configuration, outbox: &outbox)
    }

    /// Moves the cursor over the rows that have arrived and shows those that had to wait for their turn.
    private mutating func drain(configuration: ClientConfiguration, outbox: inout Outbox) {
        while let first = ahead.first, first.record.sequence == cursor + 1 {
            ahead.removeFirst()
            cursor += 1
            if !first.isShown {
                showUnlessOwn(first.record, configuration: configuration, outbox: &outbox)
            }
        }
        guard configuration.sequencing == .serverTimestamp, cursor >= historyHead else { return }
        for index in ahead.indices where !ahead[index].isShown {
            ahead[index].isShown = true
            showUnlessOwn(ahead[index].record, configuration: configuration, outbox: &outbox)
        }
    }

    /// Shows a message in its turn. Where messages are shown as they arrive, the device's own was shown when the user sent it.
    private mutating func showUnlessOwn(
        _ record: MessageRecord, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        switch configuration.sequencing {
        case .serverTimestamp:
            guard record.id.device != device else { return }
            show(record, sequence: 0, configuration: configuration, outbox: &outbox)
        case .perUserSequence: show(record, sequence: record.sequence, configuration: configuration, outbox: &outbox)
        }
    }

    /// A row of the mailbox that is the device's own message is as good as the acknowledgement that got lost.
    private mutating func settleOwn(_ record: MessageRecord, outbox: inout Outbox) {
        guard record.id.device == device else { return }
        _ = settle(record.id, outbox: &outbox, as: .acknowledged)
    }

    private mutating func sendReceipt(outbox: inout Outbox) {
        guard case .online(let chatServer) = connection else { return }
        owesReceipt = false
        outbox.send(
            .received(device, sequence: cursor), to: placement.chatServerAddress(chatServer), fromPort: port)
    }

    /// Asks for the rows after the cursor.
    mutating func fetch(attempt: UInt32, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard case .online(let chatServer) = connection else { return }
        stopFetching()
        fetchingAfter = cursor
        let address = placement.chatServerAddress(chatServer)
        if configuration.connection.isPolled {
            outbox.send(.poll(device, after: cursor, number: fetchGeneration), to: address, fromPort: port)
            outbox.timer(
                token(.fetch, UInt64(fetchGeneration)),
                afterNanoseconds: configuration.connection.requestTimeoutNanoseconds)
            return
        }
        outbox.send(.fetch(device, after: cursor), to: address, fromPort: port)
        outbox.timer(
            token(.fetch, UInt64(attempt) << 32 | UInt64(fetchGeneration)),
            afterNanoseconds: configuration.retry.waitNanoseconds(afterAttempt: attempt, drawing: &jitter))
    }
}
