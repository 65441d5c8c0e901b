import Chat
import Simulation

/// The devices of a block of a population.
///
/// Devices of a population that connects while the world runs are kept at length. Those of one that starts connected rest, a word each, but
/// for the few to which something is happening; `ClientStore+Waiting.swift` keeps the time for those that wait to connect again.
struct ClientStore {
    /// How a device is made, or goes on after it has rested.
    struct Maker {
        let context: PopulationContext
        /// The first user of the block.
        let firstUser: UInt32
        let randomComponent: UInt32

        var deviceCount: Int { context.population.deviceCount }
        var placement: Placement { context.placement }

        func device(_ port: Int) -> DeviceID {
            DeviceID(user: UserID(firstUser + UInt32(port / deviceCount)), index: UInt8(port % deviceCount))
        }

        /// One of the chat servers of a device's user; the first is that which the mapping gives while all are up.
        func chatServer(_ port: Int, choice: UInt32 = 0) -> UInt32 {
            context.mapping.server(of: UInt64(device(port).user.rawValue), rank: choice)
        }

        /// Which of the chat servers of a device's user a server is.
        func choice(_ port: Int, of chatServer: UInt32) -> UInt32? {
            let user = UInt64(device(port).user.rawValue)
            if context.mapping.server(of: user) == chatServer { return 0 }
            return (1..<max(1, min(context.mapping.choiceCount, Self.choicesMax))).first {
                context.mapping.server(of: user, rank: $0) == chatServer
            }
        }

        /// A device that is with none of so many of its user's servers does not rest. With a third of the servers down it is with one of the
        /// first ten in all but one of 59,049 cases.
        private static let choicesMax: UInt32 = 32

        /// - Parameter wakeCount: How many messages the device had sent when it woke, so that it draws anew.
        func jitterSeed(_ port: Int, wakeCount: UInt64 = 0) -> UInt64 {
            RandomStream.word(
                seed: context.seed, component: randomComponent, purpose: RandomPurpose.clientJitter.rawValue,
                index: UInt64(port) | wakeCount << 32)
        }
    }

    /// A word for each device that rests, or the place of one that is awake; empty if none ever rests.
    private(set) var words: ContiguousArray<UInt64> = []
    /// The devices that are awake; all of them if none ever rests.
    private(set) var awake: ContiguousArray<Client> = []
    private var free: [Int] = []
    let rests: Bool
    let maker: Maker
    /// The devices that are to be told something at a time.
    var waits = WaitingDevices()
    /// The connections of devices that are awake which they do not know yet to be gone, by place; empty if there are none.
    private var unnoticed: [Int: UInt32] = [:]
    private var wakeCount: UInt32 = 0

    /// The number of devices.
    let count: Int

    /// Devices that are offline, or online and at rest.
    ///
    /// - Parameters:
    ///   - rests: Whether devices rest when they have nothing to do. Then all are online, but for those that `isOffline` names.
    init(count: Int, rests: Bool, maker: Maker, isOffline: ((Int) -> Bool)? = nil) {
        self.count = count
        self.rests = rests
        self.maker = maker
        if rests {
            words = ContiguousArray(repeating: RestingClient.new.word, count: count)
            guard let isOffline else { return }
            for port in 0..<count where isOffline(port) { words[port] = RestingClient.offline.word }
        } else {
            awake.reserveCapacity(count)
            for port in 0..<count {
                awake.append(
                    Client(
                        device: maker.device(port), port: UInt32(port), placement: maker.placement,
                        jitterSeed: maker.jitterSeed(port)))
            }
        }
    }

    /// What the devices take, in bytes, but for what those that are awake keep in lists of their own.
    var bytes: Int {
        words.count * MemoryLayout<UInt64>.stride + awake.capacity * MemoryLayout<Client>.stride + waits.bytes
    }

    /// Lets something happen to a device.
    mutating func update(_ port: Int, localNanoseconds: UInt64, _ body: (inout Client) -> Void) {
        guard rests else { return body(&awake[port]) }
        let word = words[port]
        let place = word & Self.isAwake == 0 ? wake(port, word, localNanoseconds) : Int(word & ~Self.isAwake)
        body(&awake[place])
        let choice = awake[place].connectedServer.flatMap { maker.choice(port, of: $0) }
        guard let resting = awake[place].resting(choice: choice) else { return }
        words[port] = resting.word
        if !unnoticed.isEmpty, let number = unnoticed.removeValue(forKey: place),
            number == awake[place].connectionNumber
        {
            words[port] |= Self.isUnnoticed
        }
        free.append(place)
    }

    /// Whether a device rests and waits to connect again.
    func isWaitingAtRest(_ port: Int) -> Bool {
        rests && words[port] & Self.isAwake == 0 && RestingClient(word: words[port]).isWaiting
    }

    /// Whether a device rests and has its connection to the chat server at an address.
    func isOnlineAtRest(_ port: Int, with server: Address) -> Bool {
        rests && words[port] & Self.isAwake == 0 && peer(of: port) == server
    }

    /// Notes that the connection of a device is gone and the device does not know it, if it is with one of some chat servers.
    ///
    /// - Returns: Whether it is.
    mutating func loseUnnoticed(_ port: Int, with servers: ServerSet) -> Bool {
        let word = words[port]
        guard word & Self.isAwake == 0 else {
            let place = Int(word & ~Self.isAwake)
            guard let server = awake[place].connectedServer, servers.contains(server) else { return false }
            unnoticed[place] = awake[place].connectionNumber
            return true
        }
        let resting = RestingClient(word: word & ~RestingClient.freeBits)
        guard resting.isOnline, servers.contains(maker.chatServer(port, choice: resting.choice)) else { return false }
        words[port] |= Self.isUnnoticed
        return true
    }

    /// Whether the connection of a device was gone without its knowledge, and is still the same; it knows from now on.
    mutating func notices(_ port: Int) -> Bool {
        let word = words[port]
        guard word & Self.isAwake == 0 else {
            let place = Int(word & ~Self.isAwake)
            return unnoticed.removeValue(forKey: place).map { $0 == awake[place].connectionNumber } ?? false
        }
        words[port] &= ~Self.isUnnoticed
        return word & Self.isUnnoticed != 0
    }

    /// Asks for what is remembered of a device, and for the words of the lists that it is in. Nothing is read but the fields of the store. It changes
    /// nothing; a method that might is not given a copy.
    mutating func prefetch(_ port: Int) {
        guard port < count else { return }
        if rests { words.withUnsafeBufferPointer { $0.prefetchArray(from: port) } }
        awake.withUnsafeBufferPointer { $0.prefetchArray() }
        free.withUnsafeBufferPointer { $0.prefetchArray() }
    }

    /// Asks for the device, once its word is there: for its own place if it is awake, for that which it would get if it rests. It changes nothing
    /// either.
    mutating func prefetchAwake(_ port: Int) {
        guard rests, port < count else { return }
        let word = words[port]
        guard let place = word & Self.isAwake != 0 ? Int(word & ~Self.isAwake) : free.last else { return }
        awake.withUnsafeBufferPointer { awake in
            if let base = awake.baseAddress { Prefetch.value(at: base + place) }
        }
    }

    /// Whether a device awaits a time-out that it has asked for. One that rests awaits nothing.
    func awaits(_ token: TimerToken, port: Int) -> Bool {
        guard rests else { return awake[port].awaits(token) }
        let word = words[port]
        return word & Self.isAwake != 0 && awake[Int(word & ~Self.isAwake)].awaits(token)
    }

    /// The address of the chat server that a device has, or opens, a connection to.
    func peer(of port: Int) -> Address? {
        guard rests else { return awake[port].peer }
        let word = words[port]
        guard word & Self.isAwake == 0 else { return awake[Int(word & ~Self.isAwake)].peer }
        let resting = RestingClient(word: word & ~RestingClient.freeBits)
        guard resting.isOnline else { return nil }
        return maker.placement.chatServerAddress(maker.chatServer(port, choice: resting.choice))
    }

    /// Visits the devices that have anything to do, in order.
    func forEachAwake(_ body: (Client) -> Void) {
        guard rests else { return awake.forEach(body) }
        for word in words where word & Self.isAwake != 0 { body(awake[Int(word & ~Self.isAwake)]) }
    }

    private mutating func wake(_ port: Int, _ word: UInt64, _ now: UInt64) -> Int {
        // A device goes through fewer counts than that before it rests again.
        wakeCount &+= 1 << 10
        let resting = RestingClient(word: word & ~RestingClient.freeBits)
        let place: Int
        if let reused = free.popLast() {
            place = reused
        } else {
            place = awake.count
            awake.append(
                Client(device: maker.device(port), port: UInt32(port), placement: maker.placement, jitterSeed: 0))
        }
        awake[place].wake(
            resting, device: maker.device(port), port: UInt32(port), placement: maker.placement,
            chatServer: maker.chatServer(port, choice: resting.choice), generation: wakeCount,
            jitterSeed: maker.jitterSeed(port, wakeCount: (resting.word >> 32) + 1), nowNanoseconds: now)
        words[port] = Self.isAwake | UInt64(place)
        if word & Self.isUnnoticed != 0 { unnoticed[place] = wakeCount }
        return place
    }

    /// Of a word: it is the place of a device that is awake.
    private static let isAwake: UInt64 = 1 << 63
    /// Of the word of a device at rest: its connection is gone, and it does not know.
    private static let isUnnoticed: UInt64 = 1 << 62
}
