extension ChatServer {
    /// Handles a message about the indices of one of this server's users: devices ask, the user's cache server answers.
    mutating func receive(_ message: CacheMessage, from source: Address, outbox: inout Outbox) {
        switch message {
        case .readRecent(let device, let reading):
            guard hear(device, at: source, nowNanoseconds: nowNanoseconds, outbox: &outbox),
                let mapping = configuration.cacheMapping
            else { return }
            outbox.send(
                .cache(.recent(device, reading: reading, head: committedHead(of: device.user))),
                to: placement.cacheServerAddress(mapping.server(of: UInt64(device.user.rawValue))))
        case .recentRow(let recent): passOn(message, to: recent.device, outbox: &outbox)
        case .recentEnd(let device, _, _, _): passOn(message, to: device, outbox: &outbox)
        case .recent: preconditionFailure("a chat server is never sent \(message)")
        }
    }

    private func passOn(_ message: CacheMessage, to device: DeviceID, outbox: inout Outbox) {
        guard let address = volatile.connections.address(of: device) else { return }
        outbox.send(.cache(message), to: address)
    }
}
