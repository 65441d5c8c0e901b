/// Where everything is: the processes of each tier, and which storage server has a user's rows. The chat server of a user is a matter of
/// ``ServerMapping``.
///
/// The storage server is found in two
/// steps, as the source design has it: the user's number modulo ``logicalShards``, and that shard modulo the number of
/// storage servers.
@frozen
public struct Placement: Hashable, Sendable {
    /// The number of logical shards, however few servers hold them (source design, section on data partitioning).
    public static let logicalShards: UInt32 = 1000

    /// The process number of load balancer 0; the others follow.
    public let firstLoadBalancer: UInt32
    /// The number of load balancers, at least one.
    public let loadBalancerCount: UInt32
    /// The process number of chat server 0; the others follow.
    public let firstChatServer: UInt32
    /// The number of chat servers, at least one.
    public let chatServerCount: UInt32
    /// The process number of storage server 0; the others follow.
    public let firstStorageServer: UInt32
    /// The number of storage servers, at least one.
    public let storageServerCount: UInt32
    /// The number of coordinators of shards, zero or one; it comes after the storage servers.
    public let coordinatorCount: UInt32
    /// The number of data nodes, which come after the coordinator.
    public let dataNodeCount: UInt32
    /// The process number of cache server 0; the others follow.
    public let firstCacheServer: UInt32
    /// The number of cache servers; zero if chat servers speak to the storage themselves.
    public let cacheServerCount: UInt32
    /// The number of object stores, which come after the cache servers; zero if all content travels with messages.
    public let objectStoreCount: UInt32

    /// Places the tiers one after the other, from process number `firstProcess`.
    ///
    /// - Precondition: each tier that is always there has at least one server.
    public init(
        firstProcess: UInt32, loadBalancerCount: UInt32, chatServerCount: UInt32, storageServerCount: UInt32,
        coordinatorCount: UInt32 = 0, dataNodeCount: UInt32 = 0, cacheServerCount: UInt32 = 0,
        objectStoreCount: UInt32 = 0
    ) {
        precondition(loadBalancerCount > 0 && chatServerCount > 0 && storageServerCount > 0, "a tier is empty")
        firstLoadBalancer = firstProcess
        self.loadBalancerCount = loadBalancerCount
        firstChatServer = firstLoadBalancer + loadBalancerCount
        self.chatServerCount = chatServerCount
        firstStorageServer = firstChatServer + chatServerCount
        self.storageServerCount = storageServerCount
        self.coordinatorCount = coordinatorCount
        self.dataNodeCount = dataNodeCount
        firstCacheServer = firstStorageServer + storageServerCount + coordinatorCount + dataNodeCount
        self.cacheServerCount = cacheServerCount
        self.objectStoreCount = objectStoreCount
    }

    /// The number of the storage server that holds the user's rows, from zero.
    @inlinable
    public func storageServer(of user: UserID) -> UInt32 {
        user.rawValue % Self.logicalShards % storageServerCount
    }

    /// The number of the load balancer that a device asks on its `attempt`-th try, so that a dead one is passed over.
    @inlinable
    public func loadBalancer(for device: DeviceID, attempt: UInt32) -> UInt32 {
        (device.user.rawValue &+ UInt32(device.index) &+ attempt) % loadBalancerCount
    }

    /// The address of a load balancer.
    @inlinable
    public func loadBalancerAddress(_ number: UInt32) -> Address { Address(process: firstLoadBalancer + number) }

    /// The address of a chat server.
    @inlinable
    public func chatServerAddress(_ number: UInt32) -> Address { Address(process: firstChatServer + number) }

    /// The process number of the coordinator of shards, if there is one; else the number after the storage servers.
    @inlinable
    public var firstCoordinator: UInt32 { firstStorageServer + storageServerCount }

    /// The process number of object store 0, if there are any; the others follow.
    @inlinable
    public var firstObjectStore: UInt32 { firstCacheServer + cacheServerCount }

    /// The process number after the last server.
    @inlinable
    public var endOfServers: UInt32 { firstObjectStore + objectStoreCount }

    /// The process number of data node 0, if there are any; the others follow.
    @inlinable
    public var firstDataNode: UInt32 { firstCoordinator + coordinatorCount }

    /// The address of a data node.
    @inlinable
    public func dataNodeAddress(_ number: UInt32) -> Address { Address(process: firstDataNode + number) }

    /// The address of the coordinator of shards.
    ///
    /// - Precondition: There is one.
    @inlinable
    public var coordinatorAddress: Address {
        precondition(coordinatorCount > 0, "shards that do not change hands have no coordinator")
        return Address(process: firstCoordinator)
    }

    /// The address of a cache server.
    @inlinable
    public func cacheServerAddress(_ number: UInt32) -> Address { Address(process: firstCacheServer + number) }

    /// The address of the object store that has the media of a message, by a hash of its identifier.
    ///
    /// - Precondition: There is one.
    public func objectStoreAddress(of message: MessageID) -> Address {
        precondition(objectStoreCount > 0, "where content travels with messages there is no object store")
        let hash = StableHash.hash(message.rawValue, salt: Self.mediaSalt)
        return Address(process: firstObjectStore + StableHash.reduce(hash, below: objectStoreCount))
    }

    /// Keeps the hash of media apart from those that place users: "media" in ASCII.
    private static let mediaSalt: UInt64 = 0x6d_6564_6961

    /// The address of a storage server.
    @inlinable
    public func storageServerAddress(_ number: UInt32) -> Address { Address(process: firstStorageServer + number) }
}
