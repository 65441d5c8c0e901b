extension GroupServer {
    /// Sends a message of a thread, which is stored, to the chat server of every member who gets it.
    mutating func fanOut(_ place: UInt32, of id: ThreadID, figures: inout GroupFigures, outbox: inout Outbox) {
        let members = recipients(at: place, of: id)
        figures.fanOutGreatest = max(figures.fanOutGreatest, UInt64(members.count))
        let sorted = members.map { chatServer(of: $0) }.sorted()
        let servers = sorted.enumerated().filter { $0.offset == 0 || sorted[$0.offset - 1] != $0.element }.map(
            \.element)
        threads[id]?.fannedOut(place, serverCount: servers.count)
        for server in servers {
            switch configuration.order {
            case .perThread:
                threads[id]?.enqueue(place, for: server)
                startNext(of: id, for: server, figures: &figures, outbox: &outbox)
            case .none:
                let number = nextNumber()
                deliveries[number] = Delivery(thread: id, server: server, places: [place])
                transmit(number, figures: &figures, outbox: &outbox)
            }
        }
    }

    /// A chat server has taken responsibility for the copies of a delivery.
    mutating func delivered(
        _ number: UInt64, nowNanoseconds: UInt64, figures: inout GroupFigures, outbox: inout Outbox
    ) {
        guard let delivery = deliveries[number] else { return }
        figures.deliveries += UInt64(delivery.copyCount)
        finish(number, figures: &figures, outbox: &outbox)
        write(delivery.thread, nowNanoseconds: nowNanoseconds)
    }

    /// A delivery may not have arrived: repeat it.
    mutating func deliveryTimerFired(_ number: UInt64, figures: inout GroupFigures, outbox: inout Outbox) {
        guard deliveries[number] != nil else { return }
        figures.retries += 1
        transmit(number, figures: &figures, outbox: &outbox)
    }

    private func chatServer(of user: UserID) -> UInt32 { mapping.server(of: UInt64(user.rawValue)) }

    /// Who gets the message at a place.
    private func recipients(at place: UInt32, of id: ThreadID) -> [UserID] {
        guard let membership = threads[id]?.membership else { return [] }
        return configuration.membership == .ordered ? membership.members(at: place) : membership.current
    }

    /// Sends the next messages that wait for a chat server, unless some are under way.
    private mutating func startNext(
        of id: ThreadID, for server: UInt32, figures: inout GroupFigures, outbox: inout Outbox
    ) {
        let number = nextNumber()
        let overlaps = mutant == .batchesOverlap
        guard let places = threads[id]?.startBatch(number, for: server, overlaps: overlaps) else { return }
        deliveries[number] = Delivery(thread: id, server: server, places: places)
        transmit(number, figures: &figures, outbox: &outbox)
    }

    private mutating func transmit(_ number: UInt64, figures: inout GroupFigures, outbox: inout Outbox) {
        guard var delivery = deliveries[number] else { return }
        var batch = GroupBatch()
        for place in delivery.places {
            let isAtFirst = mutant == .batchToFirstMembers
            let members = recipients(at: isAtFirst ? delivery.places[0] : place, of: delivery.thread).filter {
                chatServer(of: $0) == delivery.server
            }
            guard !members.isEmpty, let entry = threads[delivery.thread]?.entry(at: place) else { continue }
            batch.append(entry.record, to: members)
        }
        guard batch.copyCount > 0 else {
            // Whoever was to get it is no longer a member, and by `membership: unordered` gets nothing any more.
            return finish(number, figures: &figures, outbox: &outbox)
        }
        delivery.attempts += 1
        delivery.copyCount = batch.copyCount
        deliveries[number] = delivery
        // Without an order each message has a connection of its own, so that none waits for another.
        let port = configuration.order == .none ? UInt32(truncatingIfNeeded: number) : 0
        send(
            .deliver(thread: delivery.thread, number: number, contentBytes: batch.contentBytes), words: batch.words,
            to: placement.chatServerAddress(delivery.server), fromPort: port, outbox: &outbox)
        outbox.timer(
            TimerToken(kind: ChatServer.TimerKind.groupDelivery.rawValue, value: number),
            afterNanoseconds: waitNanoseconds(afterAttempts: delivery.attempts))
    }

    /// Nothing more is to be done for a delivery.
    private mutating func finish(_ number: UInt64, figures: inout GroupFigures, outbox: inout Outbox) {
        guard let delivery = deliveries.removeValue(forKey: number) else { return }
        for place in delivery.places { threads[delivery.thread]?.answered(place) }
        guard configuration.order == .perThread else { return }
        threads[delivery.thread]?.endBatch(for: delivery.server)
        startNext(of: delivery.thread, for: delivery.server, figures: &figures, outbox: &outbox)
    }
}
