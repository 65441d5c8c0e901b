/// The connection table of a chat server: which devices have an open connection, by user.
///
/// It is one flat array of entries of twelve bytes, found by the hash of the user and the linear probing of Knuth (The Art of Computer
/// Programming, volume 3, section 6.4), so that 50,000 connections take 700 kilobytes. Entries of one user follow each other in the order in
/// which the devices connected. What only some systems need of a connection is beside it: when the device was last heard of, and its request
/// that waits for an answer.
struct ConnectionTable: Sendable {
    /// An open connection.
    struct Connection: Sendable {
        let device: DeviceID
        let address: Address
    }

    /// A place of the table. An address takes 27 bits for the process and 32 for the port.
    private struct Entry {
        static let empty = Entry(user: 0, place: 0, port: 0)
        let user: UInt32
        /// One, then the index of the device in four bits, then the process; zero in an empty entry.
        let place: UInt32
        let port: UInt32

        init(_ device: DeviceID, at address: Address) {
            precondition(address.process < 1 << 27, "a connection table has 27 bits for the process of a device")
            self.init(
                user: device.user.rawValue, place: address.process << 5 | UInt32(device.index) << 1 | 1,
                port: address.port)
        }

        private init(user: UInt32, place: UInt32, port: UInt32) {
            self.user = user
            self.place = place
            self.port = port
        }

        var isEmpty: Bool { place == 0 }
        var device: DeviceID { DeviceID(user: UserID(user), index: UInt8(place >> 1 & 0xf)) }
        var address: Address { Address(process: place >> 5, port: port) }
    }

    private var entries: ContiguousArray<Entry> = []
    /// The number of entries, known here as well, so that a search begins without a look at the array.
    private var capacity = 0
    /// When each device was last heard of, in nanoseconds of the server's clock, if anyone will ask.
    private var heardNanoseconds: ContiguousArray<UInt64> = []
    private let notesSilence: Bool
    /// The requests of devices that wait for their answers, where no connection stays open.
    private var polls: [DeviceID: HeldPoll] = [:]

    /// The number of open connections.
    private(set) var count = 0
    /// How many more connections there are than users who have one. As long as there is none, a search for a user ends at the first entry.
    private var furtherCount = 0

    /// A table without connections.
    ///
    /// - Parameter notesSilence: Whether ``silent(since:)`` will be asked: then a connection takes eight bytes more.
    init(notesSilence: Bool = true) {
        self.notesSilence = notesSilence
    }

    /// What the entries take, in bytes.
    var bytes: Int { entries.count * (MemoryLayout<Entry>.stride + (notesSilence ? MemoryLayout<UInt64>.stride : 0)) }

    /// Makes room for so many connections at once.
    mutating func reserve(_ connectionCount: Int) {
        let needed = Self.capacity(for: connectionCount)
        if needed > entries.count { resize(to: needed) }
    }

    /// Whether the device has a connection from this address; notes that it was heard of.
    mutating func hear(_ device: DeviceID, at address: Address, nowNanoseconds: UInt64) -> Bool {
        guard let place = place(of: device), entries[place].address == address else { return false }
        if notesSilence { heardNanoseconds[place] = nowNanoseconds }
        return true
    }

    /// Opens a connection, in place of an earlier one of the same device.
    mutating func open(_ device: DeviceID, at address: Address, nowNanoseconds: UInt64) {
        var place = 0
        var isFurther = false
        if capacity > 0 {
            place = home(of: device.user)
            while !entries[place].isEmpty, entries[place].device != device {
                if entries[place].user == device.user.rawValue { isFurther = true }
                place = following(place)
            }
        }
        if capacity == 0 || entries[place].isEmpty {
            count += 1
            if isFurther { furtherCount += 1 }
            if Self.capacity(for: count) > capacity {
                // By no more than a quarter, so that little is free of what a storm of connections makes of ten thousand tables.
                resize(to: Self.capacity(for: count * 5 / 4))
                place = emptyPlace(for: device.user)
            }
        } else if !polls.isEmpty {
            polls[device] = nil
        }
        entries[place] = Entry(device, at: address)
        if notesSilence { heardNanoseconds[place] = nowNanoseconds }
    }

    /// Closes the connection of a device, if it has one.
    mutating func close(_ device: DeviceID) {
        guard var hole = place(of: device) else { return }
        if furtherCount > 0 {
            var userCount = 0
            forEachConnection(of: device.user) { _ in userCount += 1 }
            if userCount > 1 { furtherCount -= 1 }
        }
        polls[device] = nil
        count -= 1
        // Entries behind the hole move up, unless they would come before where their search begins.
        var place = hole
        while true {
            place = following(place)
            let entry = entries[place]
            guard !entry.isEmpty else { break }
            let home = self.home(of: UserID(entry.user))
            let staysBehind = hole <= place ? (hole < home && home <= place) : (hole < home || home <= place)
            if staysBehind { continue }
            entries[hole] = entry
            if notesSilence { heardNanoseconds[hole] = heardNanoseconds[place] }
            hole = place
        }
        entries[hole] = .empty
    }

    /// The devices that were not heard of since `deadlineNanoseconds`, in the order of the table.
    ///
    /// - Precondition: The table notes when devices are heard of.
    func silent(since deadlineNanoseconds: UInt64) -> [DeviceID] {
        precondition(notesSilence, "the table does not note when devices are heard of")
        return entries.indices.compactMap { place in
            guard !entries[place].isEmpty, heardNanoseconds[place] <= deadlineNanoseconds else { return nil }
            return entries[place].device
        }
    }

    /// The open connections, in the order of the table.
    var open: [Connection] {
        entries.compactMap { $0.isEmpty ? nil : Connection(device: $0.device, address: $0.address) }
    }

    /// The request of a device that waits for its answer.
    func poll(of device: DeviceID) -> HeldPoll? { polls.isEmpty ? nil : polls[device] }

    /// Notes the request of a connected device that waits for its answer, or that none does.
    mutating func setPoll(_ poll: HeldPoll?, of device: DeviceID) {
        guard poll != nil || !polls.isEmpty, place(of: device) != nil else { return }
        polls[device] = poll
    }

    /// The address of a device; nothing if it has no connection.
    func address(of device: DeviceID) -> Address? { place(of: device).map { entries[$0].address } }

    /// Whether any device of the user has a connection.
    func isConnected(_ user: UserID) -> Bool {
        guard count > 0 else { return false }
        return firstPlace(of: user) { _ in true } != nil
    }

    /// Asks for the memory in which a search for a user begins.
    func prefetch(_ user: UserID) {
        guard count > 0 else { return }
        let place = home(of: user)
        entries.withUnsafeBufferPointer { $0.prefetchArray(from: place, byteCount: 128) }
    }

    /// Calls `body` for each connected device of a user, in the order in which they connected.
    func forEachConnection(of user: UserID, _ body: (Connection) -> Void) {
        guard count > 0 else { return }
        var place = home(of: user)
        while !entries[place].isEmpty {
            let entry = entries[place]
            if entry.user == user.rawValue {
                body(Connection(device: entry.device, address: entry.address))
                if furtherCount == 0 { return }
            }
            place = following(place)
        }
    }

    private func place(of device: DeviceID) -> Int? {
        guard count > 0 else { return nil }
        return firstPlace(of: device.user) { $0.device.index == device.index }
    }

    /// The place of the first of a user's entries for which a condition holds.
    private func firstPlace(of user: UserID, where condition: (Entry) -> Bool) -> Int? {
        var place = home(of: user)
        return entries.withUnsafeBufferPointer { entries in
            guard let base = entries.baseAddress else { return nil }
            while !base[place].isEmpty {
                if base[place].user == user.rawValue {
                    if condition(base[place]) { return place }
                    if furtherCount == 0 { return nil }
                }
                place = following(place)
            }
            return nil
        }
    }

    private func emptyPlace(for user: UserID) -> Int {
        var place = home(of: user)
        while !entries[place].isEmpty { place = following(place) }
        return place
    }

    private func home(of user: UserID) -> Int {
        Int(StableHash.reduce(StableHash.hash(UInt64(user.rawValue), salt: Self.salt), below: UInt32(capacity)))
    }

    private func following(_ place: Int) -> Int { place + 1 == capacity ? 0 : place + 1 }

    /// Moves all entries to a table of another size. Those of a user keep their order, since the walk begins behind an empty entry.
    private mutating func resize(to newCapacity: Int) {
        let (old, oldHeard) = (entries, heardNanoseconds)
        capacity = newCapacity
        entries = ContiguousArray(repeating: .empty, count: capacity)
        if notesSilence { heardNanoseconds = ContiguousArray(repeating: 0, count: capacity) }
        guard let start = old.firstIndex(where: \.isEmpty) else { return }
        for place in [start..<old.count, 0..<start].joined() where !old[place].isEmpty {
            let new = emptyPlace(for: UserID(old[place].user))
            entries[new] = old[place]
            if notesSilence { heardNanoseconds[new] = oldHeard[place] }
        }
    }

    /// Seven of eight entries are in use at most, so that a search passes few.
    private static func capacity(for connectionCount: Int) -> Int { connectionCount + connectionCount / 7 + 1 }

    /// Users of one chat server have the same hash as far as the mapping looks at it; this is another.
    private static let salt: UInt64 = 0x636f_6e6e
}
