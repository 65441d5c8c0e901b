public import Chat

/// Which process is what: load balancers, chat servers, storage servers, the coordinator of shards if there is one, data nodes, cache
/// servers, object stores, then one process for each device of a listed user, then the blocks of populations.
public struct ProcessTable: Sendable {
    /// What a process is.
    public enum Role: Hashable, Sendable {
        /// A load balancer, by number.
        case loadBalancer(UInt32)
        /// A chat server, by number.
        case chatServer(UInt32)
        /// A storage server, by number.
        case storageServer(UInt32)
        /// The coordinator of shards.
        case coordinator
        /// A data node, by number.
        case dataNode(UInt32)
        /// A cache server, by number.
        case cacheServer(UInt32)
        /// An object store, by number.
        case objectStore(UInt32)
        /// A device of a listed user.
        case device(DeviceID)
        /// A block of a population, by the numbers of both.
        case block(population: Int, number: UInt32)
    }

    /// Where the servers are.
    public let placement: Placement
    /// The number of processes.
    public let count: UInt32
    private let firstDeviceOfUser: [UInt32]
    private let devices: [DeviceID]
    private let firstBlockOfPopulation: [UInt32]
    private let firstUserOfPopulation: [UInt32]

    init(_ configuration: WorldConfiguration) {
        placement = Placement(
            firstProcess: 0, loadBalancerCount: configuration.loadBalancerCount,
            chatServerCount: configuration.chatServerCount, storageServerCount: configuration.storageServerCount,
            coordinatorCount: configuration.coordinatorCount, dataNodeCount: configuration.dataNodeCount,
            cacheServerCount: configuration.cache?.serverCount ?? 0,
            objectStoreCount: configuration.objectStores?.serverCount ?? 0)
        let firstDevice = placement.endOfServers
        var next = firstDevice
        var firstDevices: [UInt32] = []
        var devices: [DeviceID] = []
        for (user, listed) in configuration.listedUsers.enumerated() {
            firstDevices.append(next)
            for index in 0..<listed.deviceCount {
                devices.append(DeviceID(user: UserID(UInt32(user)), index: UInt8(index)))
            }
            next += UInt32(listed.deviceCount)
        }
        var firstBlocks: [UInt32] = []
        var firstUsers: [UInt32] = []
        var user = UInt32(configuration.listedUsers.count)
        for population in configuration.populations {
            firstBlocks.append(next)
            firstUsers.append(user)
            next += population.blockCount
            user += population.userCount
        }
        firstDeviceOfUser = firstDevices + [firstDevice + UInt32(devices.count)]
        self.devices = devices
        firstBlockOfPopulation = firstBlocks + [next]
        firstUserOfPopulation = firstUsers
        count = next
    }

    /// What a process is.
    public func role(of process: UInt32) -> Role {
        if process < placement.firstChatServer { return .loadBalancer(process - placement.firstLoadBalancer) }
        if process < placement.firstStorageServer { return .chatServer(process - placement.firstChatServer) }
        let firstDevice = placement.endOfServers
        if process < placement.firstCoordinator { return .storageServer(process - placement.firstStorageServer) }
        if process < placement.firstDataNode { return .coordinator }
        if process < placement.firstCacheServer { return .dataNode(process - placement.firstDataNode) }
        if process < placement.firstObjectStore { return .cacheServer(process - placement.firstCacheServer) }
        if process < firstDevice { return .objectStore(process - placement.firstObjectStore) }
        if process < firstDevice + UInt32(devices.count) { return .device(devices[Int(process - firstDevice)]) }
        let population = (firstBlockOfPopulation.firstIndex { $0 > process } ?? 1) - 1
        return .block(population: population, number: process - firstBlockOfPopulation[population])
    }

    /// The number of a process among all that draw at random. Blocks of populations draw by their place among the blocks: with more servers, or
    /// another tier of them, the same users write the same messages at the same times, so that designs can be compared under the same draws.
    func randomComponent(of process: UInt32) -> UInt32 {
        guard let first = firstBlockOfPopulation.first, process >= first else { return process }
        return Self.firstRandomBlock + (process - first)
    }

    /// Beyond all processes that are no blocks.
    private static let firstRandomBlock: UInt32 = 1 << 31

    /// The process of a listed user's device.
    public func process(of device: DeviceID) -> UInt32 {
        firstDeviceOfUser[Int(device.user.rawValue)] + UInt32(device.index)
    }

    /// Whether a user is listed by name.
    public func isListed(_ user: UserID) -> Bool {
        Int(user.rawValue) + 1 < firstDeviceOfUser.count
    }

    /// The process of a server.
    public func process(of server: ServerName) -> UInt32 {
        switch server {
        case .loadBalancer(let number): placement.firstLoadBalancer + number
        case .chatServer(let number): placement.firstChatServer + number
        case .storageServer(let number): placement.firstStorageServer + number
        case .coordinator: placement.firstCoordinator
        case .dataNode(let number): placement.firstDataNode + number
        case .cacheServer(let number): placement.firstCacheServer + number
        case .objectStore(let number): placement.firstObjectStore + number
        }
    }

    /// The number of the first user of a population.
    func firstUser(ofPopulation population: Int) -> UInt32 { firstUserOfPopulation[population] }

    /// The address of a device of a user of a population, both by number.
    func address(ofUser user: UInt32, device: Int, ofPopulation number: Int, _ population: Population) -> Address {
        Address(
            process: firstBlockOfPopulation[number] + user / Population.usersPerBlock,
            port: user % Population.usersPerBlock * UInt32(population.deviceCount) + UInt32(device))
    }

    /// Whether a process is a server.
    func isServer(_ process: UInt32) -> Bool {
        process < placement.endOfServers
    }

    /// The processes at one end of a link.
    public func processes(at endpoint: Endpoint) -> Range<UInt32> {
        switch endpoint {
        case .server(let server): process(of: server)..<process(of: server) + 1
        case .everyone: 0..<count
        case .loadBalancers: placement.firstLoadBalancer..<placement.firstChatServer
        case .chatServers: placement.firstChatServer..<placement.firstStorageServer
        case .storageServers: placement.firstStorageServer..<placement.firstCoordinator
        case .cacheServers: placement.firstCacheServer..<placement.firstObjectStore
        case .objectStores: placement.firstObjectStore..<placement.endOfServers
        case .device(let device): process(of: device)..<process(of: device) + 1
        case .user(let user):
            firstDeviceOfUser[Int(user.rawValue)]..<firstDeviceOfUser[Int(user.rawValue) + 1]
        case .population(let population):
            firstBlockOfPopulation[population]..<firstBlockOfPopulation[population + 1]
        }
    }
}

extension ProcessTable {
    /// The process of a device, if its user is listed.
    public func process(ofListed device: DeviceID) -> UInt32? {
        isListed(device.user) ? process(of: device) : nil
    }
}
