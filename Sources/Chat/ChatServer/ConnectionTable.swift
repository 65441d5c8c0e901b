/// The connection table of a chat server: which devices have an open connection, by user.
///
/// Connections sit in numbered slots, so that the sweep for silent ones visits them in the same order in every run.
struct ConnectionTable: Sendable {
    /// An open connection.
    struct Connection: Sendable {
        let device: DeviceID
        let address: Address
        /// When the device was last heard of, in nanoseconds of the server's clock.
        var lastHeardNanoseconds: UInt64
        /// The request of the device that waits for its answer, where no connection stays open.
        var poll: HeldPoll?
    }

    private var slots: [Connection?] = []
    private var free: [Int] = []
    private var byUser: [UserID: [Int]] = [:]

    /// The number of open connections.
    var count: Int { slots.count - free.count }

    /// Whether the device has a connection from this address; notes that it was heard of.
    mutating func hear(_ device: DeviceID, at address: Address, nowNanoseconds: UInt64) -> Bool {
        guard let slot = slot(of: device), slots[slot]?.address == address else { return false }
        slots[slot]?.lastHeardNanoseconds = nowNanoseconds
        return true
    }

    /// Opens a connection, in place of an earlier one of the same device.
    mutating func open(_ device: DeviceID, at address: Address, nowNanoseconds: UInt64) {
        let connection = Connection(device: device, address: address, lastHeardNanoseconds: nowNanoseconds)
        if let slot = slot(of: device) {
            slots[slot] = connection
            return
        }
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
            slots[slot] = connection
        } else {
            slot = slots.count
            slots.append(connection)
        }
        byUser[device.user, default: []].append(slot)
    }

    /// Closes the connection of a device, if it has one.
    mutating func close(_ device: DeviceID) {
        guard let slot = slot(of: device) else { return }
        slots[slot] = nil
        free.append(slot)
        byUser[device.user]?.removeAll { $0 == slot }
        if byUser[device.user]?.isEmpty == true {
            byUser[device.user] = nil
        }
    }

    /// The devices that were not heard of since `deadlineNanoseconds`, in the order of their slots.
    func silent(since deadlineNanoseconds: UInt64) -> [DeviceID] {
        slots.compactMap { connection in
            guard let connection, connection.lastHeardNanoseconds <= deadlineNanoseconds else { return nil }
            return connection.device
        }
    }

    /// The open connections, in the order of their slots.
    var open: [Connection] { slots.compactMap(\.self) }

    /// The request of a device that waits for its answer.
    func poll(of device: DeviceID) -> HeldPoll? {
        slot(of: device).flatMap { slots[$0]?.poll }
    }

    /// Notes the request of a connected device that waits for its answer, or that none does.
    mutating func setPoll(_ poll: HeldPoll?, of device: DeviceID) {
        guard let slot = slot(of: device) else { return }
        slots[slot]?.poll = poll
    }

    /// The address of a device; nothing if it has no connection.
    func address(of device: DeviceID) -> Address? {
        slot(of: device).flatMap { slots[$0]?.address }
    }

    /// Whether any device of the user has a connection.
    func isConnected(_ user: UserID) -> Bool { byUser[user] != nil }

    /// Calls `body` for each connected device of a user, in the order in which they connected.
    func forEachConnection(of user: UserID, _ body: (Connection) -> Void) {
        for slot in byUser[user] ?? [] {
            if let connection = slots[slot] { body(connection) }
        }
    }

    private func slot(of device: DeviceID) -> Int? {
        byUser[device.user]?.first { slots[$0]?.device == device }
    }
}
