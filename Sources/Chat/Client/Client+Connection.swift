internal import DequeModule

extension Client {
    /// Whether the device has an open connection.
    public var isOnline: Bool {
        if case .online = connection { true } else { false }
    }

    /// The number of the chat server that the device has an open connection to.
    public var connectedServer: UInt32? {
        if case .online(let chatServer) = connection { chatServer } else { nil }
    }

    /// The number of the open connection among all attempts of the device to connect; nothing if there is none.
    public var connectionNumber: UInt32? { isOnline ? connectionGeneration : nil }

    /// The chat server that the device is connected or connecting to.
    var chatServer: UInt32? {
        switch connection {
        case .opening(let chatServer), .online(let chatServer): chatServer
        case .offline, .waiting, .resolving: nil
        }
    }

    /// The user wants to be online. Does nothing if that is already so.
    public mutating func connect(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard connection == .offline else { return }
        connectAttempts = 0
        resolve(configuration: configuration, outbox: &outbox)
    }

    /// The user no longer wants to be online. The chat server is told.
    public mutating func disconnect(outbox: inout Outbox) {
        if let chatServer {
            outbox.send(.close(device), to: placement.chatServerAddress(chatServer), fromPort: port)
        }
        leave(for: .offline, outbox: &outbox)
        if isAway { outbox.clientTally.recovery.gaveUp() }
        isAway = false
    }

    /// Asks a chat server for a connection; `rank` servers before it are full.
    mutating func open(
        chatServer: UInt32, rank: UInt32 = 0, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        connection = .opening(chatServer: chatServer)
        outbox.send(
            rank == 0 ? .open(device) : .balancing(.openAnother(device, rank: rank)),
            to: placement.chatServerAddress(chatServer), fromPort: port)
        awaitAnswer(configuration: configuration, outbox: &outbox)
    }

    mutating func opened(head: UInt32, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard case .opening(let chatServer) = connection else { return }
        connection = .online(chatServer: chatServer)
        if connectAttempts > 0 { outbox.clientTally.reconnects += 1 }
        if isAway { outbox.clientTally.recovery.cameBack() }
        isAway = false
        connectAttempts = 0
        refusedCount = 0
        connectionGeneration &+= 1
        outbox.observe(Observation(.connected, device: device))
        if !configuration.connection.isPolled, configuration.sendsHeartbeats {
            outbox.timer(
                token(.heartbeat, UInt64(connectionGeneration)),
                afterNanoseconds: configuration.heartbeatPeriodNanoseconds)
        }
        // A server that acknowledged before it stored may have lost the tail of the mailbox in a crash. It will hand those
        // places out again, so that the device must not take them for places that it has.
        cursor = configuration.mutant == .historySkipped ? head : min(cursor, head)
        knownHead = head
        historyHead = head
        ahead.removeAll()
        if configuration.connection.isPolled {
            fetch(attempt: 1, configuration: configuration, outbox: &outbox)
        } else {
            confirmPlace(configuration: configuration, outbox: &outbox)
            fetchMissing(configuration: configuration, outbox: &outbox)
        }
        startPresence(configuration: configuration, outbox: &outbox)
        transferNext(configuration: configuration, outbox: &outbox)
        submitNext(configuration: configuration, outbox: &outbox)
        requestPage(configuration: configuration, outbox: &outbox)
    }

    /// The connection is gone, or could not be made: wait, then try again.
    mutating func connectionLost(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard connection != .offline else { return }
        outbox.clientTally.connectionsLost += 1
        if isOnline {
            isAway = true
            outbox.clientTally.recovery.lost()
        }
        leave(for: .waiting, outbox: &outbox)
        connectAttempts &+= 1
        guard !configuration.reconnect.isExhausted(afterAttempts: connectAttempts) else {
            connection = .offline
            return
        }
        outbox.timer(
            token(.connect, UInt64(connectionGeneration)),
            afterNanoseconds: configuration.reconnect.waitNanoseconds(
                afterAttempt: connectAttempts, drawing: &jitter))
    }

    /// The connection to the chat server breaks, and the device notices.
    public mutating func breakConnection(configuration: ClientConfiguration, outbox: inout Outbox) {
        connectionLost(configuration: configuration, outbox: &outbox)
    }

    /// The chat server that the device is connected or connecting to.
    public var peer: Address? { chatServer.map(placement.chatServerAddress) }

    /// The device has waited long enough.
    mutating func connectTimerFired(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard value == UInt64(connectionGeneration) else { return }
        waitIsOver(configuration: configuration, outbox: &outbox)
    }

    /// A load balancer or a chat server has not answered in time.
    mutating func connectTimedOut(_ value: UInt64, configuration: ClientConfiguration, outbox: inout Outbox) {
        guard awaitsConnection(value) else { return }
        connectionLost(configuration: configuration, outbox: &outbox)
    }

    /// Whether the step of connecting that a time-out is for is under way still.
    func awaitsConnection(_ value: UInt64) -> Bool {
        switch connection {
        case .resolving, .opening: value == UInt64(connectionGeneration)
        case .offline, .waiting, .online: false
        }
    }

    mutating func heartbeatTimerFired(
        _ value: UInt64, nowNanoseconds: UInt64, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard value == UInt64(connectionGeneration), case .online(let chatServer) = connection else { return }
        if nowNanoseconds - lastHeardNanoseconds >= configuration.heartbeatTimeoutNanoseconds {
            connectionLost(configuration: configuration, outbox: &outbox)
            return
        }
        outbox.send(.heartbeat(device), to: placement.chatServerAddress(chatServer), fromPort: port)
        outbox.timer(
            token(.heartbeat, UInt64(connectionGeneration)),
            afterNanoseconds: configuration.heartbeatPeriodNanoseconds)
    }

    func token(_ kind: TimerKind, _ value: UInt64) -> TimerToken {
        TimerToken(kind: kind.rawValue, value: value)
    }

    mutating func resolve(configuration: ClientConfiguration, outbox: inout Outbox) {
        connection = .resolving
        redirectCount = 0
        let number = placement.loadBalancer(for: device, attempt: connectAttempts)
        outbox.send(
            refusedCount == 0 ? .resolve(device) : .balancing(.resolveAnother(device, rank: refusedCount)),
            to: placement.loadBalancerAddress(number), fromPort: port)
        awaitAnswer(configuration: configuration, outbox: &outbox)
    }

    /// Gives the load balancer or chat server that was asked some time to answer.
    private mutating func awaitAnswer(configuration: ClientConfiguration, outbox: inout Outbox) {
        connectionGeneration &+= 1
        outbox.timer(
            token(.connectTimeout, UInt64(connectionGeneration)),
            afterNanoseconds: configuration.connectTimeoutNanoseconds)
    }

    private mutating func leave(for next: Connection, outbox: inout Outbox) {
        if isOnline {
            outbox.observe(Observation(.disconnected, device: device))
        }
        connection = next
        connectionGeneration &+= 1
        stopFetching()
        presence = nil
        if next == .offline { media.breakOff() }
        pageRequestNumber &+= 1
        owesReceipt = false
        for index in unsettled.indices {
            unsettled[index].isInFlight = false
        }
    }
}
