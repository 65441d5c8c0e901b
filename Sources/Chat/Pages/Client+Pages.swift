extension Client {
    /// The user wants to read of the past. One wish is fulfilled after the other; a device that is offline waits until it is online.
    public mutating func read(_ wish: PageWish, configuration: ClientConfiguration, outbox: inout Outbox) {
        pageWalks.append(PageWalk(wish: wish))
        if pageWalks.count == 1 {
            requestPage(configuration: configuration, outbox: &outbox)
        }
    }

    /// Asks for the next page of the first wish, if there is one, perhaps not for the first time.
    mutating func requestPage(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard case .online(let chatServer) = connection, !pageWalks.isEmpty else { return }
        pageWalks[0].attempts += 1
        pageRequestNumber &+= 1
        let walk = pageWalks[0]
        let start: PageRequest.Start =
            configuration.pages == .byOffset || configuration.mutant == .pageByOffset
            ? .skipping(pages: walk.page) : .before(walk.before)
        let request = PageRequest(
            device: device, number: pageRequestNumber, page: walk.page, size: walk.wish.size,
            counterpart: walk.wish.counterpart, sinceNanoseconds: walk.wish.sinceNanoseconds, start: start)
        outbox.send(.pages(.request(request)), to: placement.chatServerAddress(chatServer), fromPort: port)
        outbox.timer(
            token(.page, UInt64(pageRequestNumber)),
            afterNanoseconds: configuration.retry.waitNanoseconds(
                afterAttempt: walk.attempts, drawing: &jitter))
    }

    /// The user has looked at a page for long enough, or the answer did not come.
    mutating func pageTimerFired(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard value == UInt64(pageRequestNumber) else { return }
        requestPage(configuration: configuration, outbox: &outbox)
    }

    /// A page is here; one that was asked for before the last attempt is ignored.
    mutating func receive(
        _ message: PageMessage, attachment: UnsafeBufferPointer<UInt64>, configuration: ClientConfiguration,
        outbox: inout Outbox
    ) {
        guard case .page(_, let number, let head, let before, let isLast, _) = message else {
            preconditionFailure("a device is never sent \(message)")
        }
        guard number == pageRequestNumber, var walk = pageWalks.first else { return }
        if walk.page == 0 {
            observeBeginning(of: walk.wish, head: head, outbox: &outbox)
        }
        let count = attachment.count / MailboxRow.wordCount
        for index in 0..<count {
            let record = MailboxRow(attachment, index: index).record
            if record.sequence >= walk.lowest { outbox.clientTally.pageRowsRepeated += 1 }
            walk.lowest = min(walk.lowest, record.sequence)
            outbox.observe(
                Observation(.pageRow, device: device, message: record.id, sequence: record.sequence))
        }
        outbox.clientTally.pages += 1
        outbox.clientTally.pageRows += UInt64(count)
        walk.page += 1
        walk.before = before
        walk.attempts = 0
        // The timer that waits for the answer is stale from here on.
        pageRequestNumber &+= 1
        guard !isLast, walk.page != walk.wish.pagesMax else {
            outbox.observe(Observation(.pageWalkEnded, device: device, sequence: walk.wish.rowsMax))
            pageWalks.removeFirst()
            requestPage(configuration: configuration, outbox: &outbox)
            return
        }
        pageWalks[0] = walk
        if walk.wish.pauseNanoseconds == 0 {
            requestPage(configuration: configuration, outbox: &outbox)
        } else {
            outbox.timer(
                token(.page, UInt64(pageRequestNumber)), afterNanoseconds: walk.wish.pauseNanoseconds)
        }
    }

    private func observeBeginning(of wish: PageWish, head: UInt32, outbox: inout Outbox) {
        outbox.clientTally.pageWalks += 1
        outbox.observe(
            Observation(
                wish.counterpart == nil ? .messageWalkBegan : .conversationWalkBegan, device: device,
                message: MessageID(rawValue: wish.sinceNanoseconds), counterpart: wish.counterpart ?? UserID(0),
                sequence: head))
    }
}
