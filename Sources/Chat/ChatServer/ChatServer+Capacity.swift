extension ChatServer {
    /// Whether the server may open another connection.
    var hasRoom: Bool {
        let count = volatile.connections.count
        return count < configuration.connectionsMax || !balancing.isAdmissionControlled
            || configuration.mutant == .capacityOffByOne && count == configuration.connectionsMax
    }

    /// Tells a device that the server has as many connections as it may hold.
    mutating func refuse(_ device: DeviceID, at source: Address, outbox: inout Outbox) {
        balancingFigures.refusals += 1
        observeLimit(of: device, outbox: &outbox)
        outbox.send(.refused(device), to: source)
    }

    /// Counts the connections after one was opened; whoever judges is told from the limit on.
    mutating func noteConnections(ofOpened device: DeviceID, outbox: inout Outbox) {
        let count = volatile.connections.count
        balancingFigures.connectionsPeak = max(balancingFigures.connectionsPeak, UInt64(count))
        if count >= configuration.connectionsMax { observeLimit(of: device, outbox: &outbox) }
    }

    /// All connections that are open when the run begins have been opened; whoever judges is told of a server that is full then.
    public mutating func startConnected(outbox: inout Outbox) {
        let count = volatile.connections.count
        guard count >= configuration.connectionsMax else { return }
        observeLimit(of: DeviceID(user: UserID(0), index: 0), outbox: &outbox)
    }

    private func observeLimit(of device: DeviceID, outbox: inout Outbox) {
        outbox.observe(
            Observation(
                .connectionsAtLimit, device: device,
                message: MessageID(rawValue: UInt64(configuration.connectionsMax)), counterpart: UserID(number),
                sequence: UInt32(volatile.connections.count)))
    }
}
