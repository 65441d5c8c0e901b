import Chat
import Simulation

/// The devices of a block of a population.
///
/// Devices of a population that connects while the world runs are kept at length. Those of one that starts connected rest, a word each, but
/// for the few to which something is happening.
struct ClientStore {
    /// How a device is made, or goes on after it has rested.
    struct Maker {
        let firstUser: UInt32
        let deviceCount: Int
        let placement: Placement
        let mapping: ServerMapping
        let randomComponent: UInt32
        let seed: UInt64

        func device(_ port: Int) -> DeviceID {
            DeviceID(user: UserID(firstUser + UInt32(port / deviceCount)), index: UInt8(port % deviceCount))
        }

        func chatServer(_ port: Int) -> UInt32 { mapping.server(of: UInt64(device(port).user.rawValue)) }

        /// - Parameter wakeCount: How many messages the device had sent when it woke, so that it draws anew.
        func jitterSeed(_ port: Int, wakeCount: UInt64 = 0) -> UInt64 {
            RandomStream.word(
                seed: seed, component: randomComponent, purpose: RandomPurpose.clientJitter.rawValue,
                index: UInt64(port) | wakeCount << 32)
        }
    }

    private let maker: Maker
    private let rests: Bool
    /// A word for each device that rests, or the place of one that is awake; empty if none ever rests.
    private var words: ContiguousArray<UInt64> = []
    /// The devices that are awake; all of them if none ever rests.
    private var awake: ContiguousArray<Client> = []
    private var free: [Int] = []
    private var wakeCount: UInt32 = 0

    /// The number of devices.
    let count: Int

    /// Devices that are offline, or online and at rest.
    init(count: Int, rests: Bool, maker: Maker) {
        self.count = count
        self.rests = rests
        self.maker = maker
        if rests {
            words = ContiguousArray(repeating: RestingClient.new.word, count: count)
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
    var bytes: Int { words.count * MemoryLayout<UInt64>.stride + awake.capacity * MemoryLayout<Client>.stride }

    /// Lets something happen to a device.
    mutating func update(_ port: Int, localNanoseconds: UInt64, _ body: (inout Client) -> Void) {
        guard rests else { return body(&awake[port]) }
        let word = words[port]
        let place = word & Self.isAwake == 0 ? wake(port, word, localNanoseconds) : Int(word & ~Self.isAwake)
        body(&awake[place])
        guard let resting = awake[place].resting(at: maker.chatServer(port)) else { return }
        words[port] = resting.word
        free.append(place)
    }

    /// The address of the chat server that a device has, or opens, a connection to.
    func peer(of port: Int) -> Address? {
        guard rests else { return awake[port].peer }
        let word = words[port]
        return word & Self.isAwake == 0
            ? maker.placement.chatServerAddress(maker.chatServer(port)) : awake[Int(word & ~Self.isAwake)].peer
    }

    /// Visits the devices that have anything to do, in order.
    func forEachAwake(_ body: (Client) -> Void) {
        guard rests else { return awake.forEach(body) }
        for word in words where word & Self.isAwake != 0 { body(awake[Int(word & ~Self.isAwake)]) }
    }

    private mutating func wake(_ port: Int, _ word: UInt64, _ now: UInt64) -> Int {
        // A device goes through fewer counts than that before it rests again.
        wakeCount &+= 1 << 10
        let client = Client(
            RestingClient(word: word), device: maker.device(port), port: UInt32(port), placement: maker.placement,
            chatServer: maker.chatServer(port), generation: wakeCount,
            jitterSeed: maker.jitterSeed(port, wakeCount: (word >> 32) + 1), nowNanoseconds: now)
        let place: Int
        if let reused = free.popLast() {
            place = reused
            awake[place] = client
        } else {
            place = awake.count
            awake.append(client)
        }
        words[port] = Self.isAwake | UInt64(place)
        return place
    }

    private static let isAwake: UInt64 = 1 << 63
}
