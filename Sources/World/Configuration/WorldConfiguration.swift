public import Chat
public import Simulation

/// All that a world is made from. Two equal configurations make two worlds that run the same.
public struct WorldConfiguration: Sendable {
    /// The seed of all random draws.
    public var seed: UInt64
    /// The number of load balancers.
    public var loadBalancerCount: UInt32
    /// The number of chat servers.
    public var chatServerCount: UInt32
    /// The number of storage servers.
    public var storageServerCount: UInt32
    /// The machine of a load balancer.
    public var loadBalancerHost: HostConfiguration
    /// The machine of a chat server.
    public var chatServerHost: HostConfiguration
    /// The machine of a storage server.
    public var storageHost: HostConfiguration
    /// The machine of the coordinator; as that of a storage server unless given.
    public var coordinatorHost: HostConfiguration
    /// The machine of a data node; as that of a storage server unless given.
    public var dataNodeHost: HostConfiguration
    /// What is the same for every chat server.
    public var chatServer: ChatServerConfiguration
    /// How users are mapped to chat servers.
    public var balancing: BalancingConfiguration
    /// Whether the storage refuses writes to a mailbox from an earlier owner, or an earlier life of its owner.
    public var isFencing: Bool
    /// The cache servers between chat servers and storage; nothing if there are none.
    public var cache: CacheTier?
    /// The object stores that keep large content; nothing if there are none.
    public var objectStores: ObjectStoreTier?
    /// What is the same for every storage server.
    public var storage: StorageConfiguration
    /// What is the same for every device.
    public var client: ClientConfiguration
    /// The links between devices and servers.
    public var lastMile: Link
    /// The links between servers.
    public var dataCenter: Link
    /// The clocks of chat servers that are not exact, by number.
    public var clocks: [UInt32: LocalClock]
    /// The users who are listed by name, numbered from zero in this order.
    public var listedUsers: [ListedUser]
    /// The users who are not, numbered on from there.
    public var populations: [Population]
    /// Who is whose friend.
    public var friends: FriendGraph
    /// What listed users do.
    public var script: [ScriptedAction]
    /// Servers that crash.
    public var crashes: [Crash]
    /// Servers whose machines limp.
    public var hostFaults: [HostFault]
    /// Links that lose, delay, hold, repeat or reorder messages for a time.
    public var linkFaults: [LinkFault]
    /// Connections that break.
    public var connectionFaults: [ConnectionFault]
    /// Connections that are gone with the chat servers at their other ends.
    public var connectionLosses: [ConnectionLoss] = []
    /// When populations stop sending, in nanoseconds.
    public var populationsStopNanoseconds: UInt64
    /// How logs are kept on data nodes; nothing if they are not.
    public var reedSolomon: ReedSolomonConfiguration?

    /// The number of data nodes.
    var dataNodeCount: UInt32 { reedSolomon?.dataNodeCount ?? 0 }

    /// Whether a fault makes devices lose their connections.
    var mayLoseConnections: Bool {
        !connectionFaults.isEmpty || !connectionLosses.isEmpty
            || crashes.contains { if case .chatServer = $0.server { true } else { false } }
    }

    /// The number of coordinators: one if shards change hands.
    var coordinatorCount: UInt32 { chatServer.sharding?.isDynamic == true ? 1 : 0 }

    /// Puts a configuration together; see the properties.
    public init(
        seed: UInt64, loadBalancerCount: UInt32, chatServerCount: UInt32, storageServerCount: UInt32,
        loadBalancerHost: HostConfiguration, chatServerHost: HostConfiguration, storageHost: HostConfiguration,
        chatServer: ChatServerConfiguration, balancing: BalancingConfiguration? = nil,
        isFencing: Bool = true, cache: CacheTier? = nil, objectStores: ObjectStoreTier? = nil,
        storage: StorageConfiguration = StorageConfiguration(), client: ClientConfiguration,
        lastMile: Link, dataCenter: Link,
        clocks: [UInt32: LocalClock] = [:], listedUsers: [ListedUser] = [], populations: [Population] = [],
        friends: FriendGraph = FriendGraph(listed: []),
        script: [ScriptedAction] = [], crashes: [Crash] = [], hostFaults: [HostFault] = [],
        linkFaults: [LinkFault] = [], connectionFaults: [ConnectionFault] = [],
        populationsStopNanoseconds: UInt64 = .max, reedSolomon: ReedSolomonConfiguration? = nil
    ) {
        self.seed = seed
        self.loadBalancerCount = loadBalancerCount
        self.chatServerCount = chatServerCount
        self.storageServerCount = storageServerCount
        self.loadBalancerHost = loadBalancerHost
        self.chatServerHost = chatServerHost
        self.storageHost = storageHost
        coordinatorHost = storageHost
        dataNodeHost = storageHost
        self.chatServer = chatServer
        self.balancing =
            balancing ?? BalancingConfiguration(mapping: ServerMapping(.modulo, serverCount: chatServerCount))
        self.isFencing = isFencing
        self.cache = cache
        self.objectStores = objectStores
        self.storage = storage
        self.client = client
        self.lastMile = lastMile
        self.dataCenter = dataCenter
        self.clocks = clocks
        self.listedUsers = listedUsers
        self.populations = populations
        self.friends = friends
        self.script = script
        self.crashes = crashes
        self.hostFaults = hostFaults
        self.linkFaults = linkFaults
        self.connectionFaults = connectionFaults
        self.populationsStopNanoseconds = populationsStopNanoseconds
        self.reedSolomon = reedSolomon
    }
}

/// A user who is listed by name, with a process for each device.
public struct ListedUser: Hashable, Sendable {
    /// How many devices the user has, 1 to 16.
    public let deviceCount: Int
    /// Whether the devices connect at the start.
    public let startsOnline: Bool

    /// Describes a user.
    public init(deviceCount: Int, startsOnline: Bool) {
        self.deviceCount = deviceCount
        self.startsOnline = startsOnline
    }
}

/// Something that a listed user does at a given time.
public struct ScriptedAction: Hashable, Sendable {
    /// What the user does.
    public enum Action: Hashable, Sendable {
        /// Sends a message.
        case send(to: UserID, contentBytes: UInt32)
        /// Reads of the past.
        case read(PageWish)
        /// Sends a message of a thread; `subject` is whom it adds or removes, or else the sender.
        case sendToThread(ThreadPart, subject: UserID, contentBytes: UInt32)
        /// Goes online.
        case connect
        /// Goes offline.
        case disconnect
        /// Opens a chat with a user.
        case openChat(with: UserID)
        /// Reads the recent messages and conversations.
        case readRecent
    }

    /// When, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// On which device.
    public let device: DeviceID
    /// What.
    public let action: Action

    /// Describes an action.
    public init(timeNanoseconds: UInt64, device: DeviceID, action: Action) {
        self.timeNanoseconds = timeNanoseconds
        self.device = device
        self.action = action
    }
}
