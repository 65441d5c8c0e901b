import Chat

// Devices that lose their connections, many at once perhaps. One that rests and waits has its word still, and a time in ``WaitingDevices``: neither a
// timer of its own nor a place among those that are awake.
extension ClientStore {
    /// Calls `body` with each device that may be connected to one of some servers, by number.
    func forEachCandidate(with loss: ConnectionLoss, _ body: (Int) -> Void) {
        guard maker.context.usersStay, maker.context.mapping.law == .modulo else {
            return (0..<count).forEach(body)
        }
        let serverCount = Int(maker.context.mapping.members.capacity)
        for server in loss.serverList {
            for user in stride(from: firstUser(of: server), to: count / maker.deviceCount, by: serverCount) {
                for port in user * maker.deviceCount..<(user + 1) * maker.deviceCount { body(port) }
            }
        }
    }

    /// Whether any device may be connected to one of some servers.
    func mayBeStruck(by loss: ConnectionLoss) -> Bool {
        guard maker.context.usersStay, maker.context.mapping.law == .modulo else { return true }
        return loss.serverList.contains { firstUser(of: $0) < count / maker.deviceCount }
    }

    /// Where users are dealt out by modulo: the first user of the block, counted from its first, who belongs to a server.
    private func firstUser(of server: UInt32) -> Int {
        let serverCount = Int(maker.context.mapping.members.capacity)
        return (Int(server) + serverCount - Int(maker.firstUser) % serverCount) % serverCount
    }
}
