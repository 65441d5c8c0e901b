extension Client {
    /// How many full servers a device asks one after the other before it waits.
    private static let refusalsInARow: UInt32 = 3
    /// How often a device lets itself be sent on before it asks a load balancer again.
    private static let redirectsInARow: UInt8 = 2

    /// Handles a message about which chat server has the user.
    mutating func receive(
        _ message: BalancingMessage, from source: Address, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        switch message {
        case .assignedAnother(_, let server, let rank):
            guard connection == .resolving else { return }
            open(chatServer: server, rank: rank, configuration: configuration, outbox: &outbox)
        case .redirect(_, let server):
            guard case .opening(let asked) = connection, source == placement.chatServerAddress(asked) else { return }
            redirectCount &+= 1
            if redirectCount > Self.redirectsInARow {
                connectionLost(configuration: configuration, outbox: &outbox)
            } else {
                open(chatServer: server, configuration: configuration, outbox: &outbox)
            }
        case .rewind(_, let place):
            guard case .online(let server) = connection, source == placement.chatServerAddress(server) else { return }
            cursor = min(cursor, place)
            unconfirmed.removeAll()
            ahead.removeAll()
            stopFetching()
            fetchMissing(configuration: configuration, outbox: &outbox)
        default: preconditionFailure("a device is never sent \(message)")
        }
    }

    /// Tells the chat server what the device has last: if an earlier owner of the mailbox was lost together with its last rows, their places are
    /// other messages' by now. What it told over an earlier connection, which may have ended before the answer came, it tells again: by now it may
    /// have got a later place from the new owner.
    mutating func confirmPlace(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard configuration.confirmsPlaces, cursor > 0, !recentlyShown.isEmpty,
            case .online(let server) = connection
        else { return }
        let last = recentlyShown[(recentlyShownNext + recentlyShown.count - 1) % recentlyShown.count]
        // Rows behind the cursor come again anyway.
        unconfirmed.removeAll { $0.sequence >= cursor }
        if unconfirmed.count == Self.unconfirmedMax { unconfirmed.removeLast() }
        unconfirmed.append(ShownPlace(sequence: cursor, message: last))
        for place in unconfirmed {
            outbox.send(
                .balancing(.lastShown(device, sequence: place.sequence, place.message)),
                to: placement.chatServerAddress(server), fromPort: port)
        }
    }

    /// The chat server is full: the device asks for another at once, and waits only if several in a row are full.
    mutating func refused(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard configuration.asksForAnother, case .opening = connection else {
            connectionLost(configuration: configuration, outbox: &outbox)
            return
        }
        refusedCount &+= 1
        if refusedCount % Self.refusalsInARow == 0 {
            connectionLost(configuration: configuration, outbox: &outbox)
        } else {
            resolve(configuration: configuration, outbox: &outbox)
        }
    }
}
