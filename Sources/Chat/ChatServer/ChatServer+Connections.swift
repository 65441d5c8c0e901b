extension ChatServer {
    /// Handles an input that is about one mailbox of this server; if that is not loaded, afterwards.
    mutating func process(
        _ message: WireMessage, from source: Address, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard !balancing.movesUsers || isHere(message, from: source, outbox: &outbox) else { return }
        handle(message, from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Handles an input that is about a user who is here or is to be here.
    mutating func handle(
        _ message: WireMessage, from source: Address, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        guard isReady(for: message) else {
            wait(with: message, from: source, outbox: &outbox)
            return
        }
        switch message {
        case .open(let device): open(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .forward(let record):
            noteForwarder(of: record, source)
            forwardReceived(record, outbox: &outbox)
        case .balancing(.lastShown(let device, let sequence, let id)):
            guard hear(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
            confirm(device, sequence, id, outbox: &outbox)
        case .balancing(.adopt(let row)): adopt(row, from: source, outbox: &outbox)
        case .close(let device):
            connectionTally.requests += 1
            if volatile.connections.address(of: device) == source { closeConnection(of: device, outbox: &outbox) }
        case .heartbeat(let device):
            guard hear(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
            connectionTally.heartbeats += 1
            outbox.send(.heartbeatReply(device, head: committedHead(of: device.user)), to: source)
        case .submit(let record):
            guard hear(record.id.device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
            submitted(record, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .received(let device, let sequence):
            guard hear(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
            receipt(from: device.user, upTo: sequence, outbox: &outbox)
        case .fetch(let device, let after):
            guard hear(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
            fetch(device, after: after, outbox: &outbox)
        case .pages(.request(let request)):
            guard hear(request.device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
            pageRequested(request, outbox: &outbox)
        case .poll(let device, let after, let number):
            guard hear(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox) else { return }
            polled(device, after: after, number: number, outbox: &outbox)
        default: preconditionFailure("a chat server is never sent \(message)")
        }
    }

    /// Closes connections whose devices have fallen silent, and looks again later while any is left.
    mutating func sweep(nowNanoseconds: UInt64, outbox: inout Outbox) {
        let timeout = configuration.heartbeatTimeoutNanoseconds
        if nowNanoseconds >= timeout {
            for device in volatile.connections.silent(since: nowNanoseconds - timeout) {
                connectionTally.silent += 1
                closeConnection(of: device, outbox: &outbox)
            }
        }
        volatile.isSweeping = false
        startSweeping(outbox: &outbox)
    }

    /// Connections break, and the server notices.
    ///
    /// - Parameters:
    ///   - isStruck: Whether the connection of a device at an address breaks.
    ///   - tells: Whether the device notices as well, as soon as a word of it can reach the device.
    public mutating func breakConnections(
        where isStruck: (Address) -> Bool, tells: Bool, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        self.nowNanoseconds = nowNanoseconds
        for connection in volatile.connections.open where isStruck(connection.address) {
            connectionTally.broken += 1
            if tells { outbox.send(.reset(connection.device), to: connection.address) }
            closeConnection(of: connection.device, outbox: &outbox)
        }
        settleGroups(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// The mailbox of `user` is here: handle what waited for it, in the order in which it came.
    mutating func resume(_ user: UserID, nowNanoseconds: UInt64, outbox: inout Outbox) {
        for waiting in volatile.waiting.removeValue(forKey: user) ?? [] {
            handle(waiting.message, from: waiting.source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        }
    }

    /// The last place of a mailbox that anyone may know of; zero if the mailbox is not loaded.
    func committedHead(of user: UserID) -> UInt32 {
        volatile.mailboxes.withAddress(of: user) { $0.pointee.committedHead } ?? 0
    }

    private mutating func open(
        _ device: DeviceID, at source: Address, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        connectionTally.requests += 1
        guard
            volatile.connections.address(of: device) != nil
                || hasRoom
        else {
            refuse(device, at: source, outbox: &outbox)
            return
        }
        connectionTally.opened += 1
        setPoll(nil, of: device)
        let wasConnected = volatile.connections.isConnected(device.user)
        volatile.connections.open(device, at: source, nowNanoseconds: nowNanoseconds)
        noteConnections(ofOpened: device, outbox: &outbox)
        if !wasConnected { presenceChanged(of: device.user, outbox: &outbox) }
        outbox.send(.opened(device, head: committedHead(of: device.user)), to: source)
        startSweeping(outbox: &outbox)
    }

    /// Closes the connection of a device, which has one, and ends the request that is held for it.
    mutating func closeConnection(of device: DeviceID, outbox: inout Outbox) {
        setPoll(nil, of: device)
        volatile.connections.close(device)
        if !volatile.connections.isConnected(device.user) { presenceChanged(of: device.user, outbox: &outbox) }
    }

    /// Notes that a device was heard of; tells it if it has no connection.
    mutating func hear(
        _ device: DeviceID, at source: Address, nowNanoseconds: UInt64, outbox: inout Outbox
    ) -> Bool {
        connectionTally.requests += 1
        if volatile.connections.hear(device, at: source, nowNanoseconds: nowNanoseconds) { return true }
        connectionTally.resets += 1
        outbox.send(.reset(device), to: source)
        return false
    }

    private mutating func startSweeping(outbox: inout Outbox) {
        guard configuration.closesSilent, !volatile.isSweeping, volatile.connections.count > 0 else { return }
        volatile.isSweeping = true
        outbox.timer(
            TimerToken(kind: TimerKind.sweep.rawValue, value: 0),
            afterNanoseconds: configuration.sweepPeriodNanoseconds)
    }

    /// Whether the mailbox is here that a message is about. It changes nothing; a method that might is not given a copy of the server.
    private mutating func isReady(for message: WireMessage) -> Bool {
        switch message {
        case .open(let device): volatile.mailboxes.contains(device.user)
        case .forward(let record): volatile.mailboxes.contains(record.recipient)
        case .balancing(.adopt(let row)): volatile.mailboxes.contains(row.owner)
        // The mailbox of a connected device may have been forgotten, or never been loaded.
        case .submit(let record): isLoadedOrReset(record.id.device)
        case .heartbeat(let device), .fetch(let device, _): isLoadedOrReset(device)
        case .pages(.request(let request)): isLoadedOrReset(request.device)
        // Nothing but a connection makes a device's words worth waiting for, so that they wait only behind its opening.
        case .close(let device): !volatile.waiting.contains(device.user)
        default: true
        }
    }

    private mutating func isLoadedOrReset(_ device: DeviceID) -> Bool {
        volatile.mailboxes.contains(device.user) || volatile.connections.address(of: device) == nil
    }

    private mutating func wait(with message: WireMessage, from source: Address, outbox: inout Outbox) {
        let user: UserID
        switch message {
        case .open(let device), .close(let device): user = device.user
        case .forward(let record): user = record.recipient
        case .balancing(.adopt(let row)): user = row.owner
        case .submit(let record): user = record.sender
        case .heartbeat(let device), .fetch(let device, _): user = device.user
        case .pages(.request(let request)): user = request.device.user
        default: preconditionFailure("\(message) waits for no mailbox")
        }
        volatile.waiting.update(user, default: []) { $0.append(Waiting(message: message, source: source)) }
        loadIfNeeded(user, outbox: &outbox)
    }
}
