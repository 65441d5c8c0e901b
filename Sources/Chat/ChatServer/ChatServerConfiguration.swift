/// What is the same for every chat server.
public struct ChatServerConfiguration: Hashable, Sendable {
    /// When to take responsibility for a message.
    public let acknowledge: AcknowledgeMode
    /// What to do with a message whose recipient has no connection.
    public let offline: OfflinePolicy
    /// How long a message is kept for devices that are away, in nanoseconds; nothing to keep it for good.
    public var retentionNanoseconds: UInt64?
    /// How many connections a server may hold; it refuses the next.
    public let connectionsMax: Int
    /// After how long without a word from a device to give its connection up, in nanoseconds.
    public let heartbeatTimeoutNanoseconds: UInt64
    /// Whether such connections are looked for. Else a connection stays until its device closes it or connects again.
    public var closesSilent = true
    /// How many mailboxes a server keeps in memory beyond those that it works on, 64 at least; nothing if it keeps all that it has loaded.
    public var mailboxesMax: Int?
    /// How often to look for such connections, in nanoseconds.
    public let sweepPeriodNanoseconds: UInt64
    /// How many connections a server keeps to each storage server. Each carries one request at a time.
    public let poolConnectionsPerStorageServer: UInt32
    /// How long the write of a message that is already acknowledged waits in the background, in nanoseconds.
    public let storeDelayNanoseconds: UInt64
    /// How long a storage server or another chat server may take to answer, in nanoseconds.
    public let requestTimeoutNanoseconds: UInt64
    /// When to repeat a request to a storage server or another chat server. Its budget is that of writes to the storage: a write that
    /// has spent it goes to the log of failed requests. Whatever else is asked is repeated without limit.
    public let requestRetry: RetryPolicy
    /// Whether a message that comes again, under the same idempotency key, is recognised.
    public let deduplicates: Bool
    /// How the devices keep in touch with the server.
    public let connection: ConnectionConfiguration
    /// Who writes to the storage.
    public let storeWriter: StoreWriter
    /// How often to see whether a storage server takes rows of the log of failed requests again, in nanoseconds; nothing to leave
    /// them there.
    public let replayPeriodNanoseconds: UInt64?
    /// How logical shards are spread over the storage servers; nothing if they are dealt to them in turn, for good.
    public let sharding: ShardingConfiguration?
    /// How users learn whether their friends are online; nothing if they do not.
    public var presence: PresenceConfiguration?
    /// Groups; nothing if there are none.
    public let groups: GroupConfiguration?
    /// Which cache server has a user; nothing if there is no cache.
    public let cacheMapping: ServerMapping?
    /// The bug that is planted in it; none but to test that it is found.
    package var mutant: Mutant?

    /// How many rows of a mailbox a server keeps at hand: they answer fetches without the storage, and a message that is
    /// submitted again is recognised among them.
    public static let recentRowsMax = 64
    /// How many rows a page has at most.
    public static let pageRowsMax: UInt32 = 128

    /// Makes a configuration.
    ///
    /// - Precondition: the server may hold a connection, and its pool has one. A server that keeps a log recognises duplicates, since the
    ///   log knows a message by its idempotency key.
    public init(
        acknowledge: AcknowledgeMode, offline: OfflinePolicy, connectionsMax: Int, heartbeatTimeoutNanoseconds: UInt64,
        sweepPeriodNanoseconds: UInt64, poolConnectionsPerStorageServer: UInt32, storeDelayNanoseconds: UInt64,
        requestTimeoutNanoseconds: UInt64, requestRetry: RetryPolicy, deduplicates: Bool = true,
        connection: ConnectionConfiguration = .websocket, storeWriter: StoreWriter = .asynchronous,
        replayPeriodNanoseconds: UInt64? = nil, sharding: ShardingConfiguration? = nil,
        groups: GroupConfiguration? = nil, cacheMapping: ServerMapping? = nil
    ) {
        precondition(deduplicates || acknowledge != .afterLog, "the log knows a message by its idempotency key")
        precondition(connectionsMax > 0 && poolConnectionsPerStorageServer > 0, "a server needs connections")
        self.acknowledge = acknowledge
        self.offline = offline
        self.connectionsMax = connectionsMax
        self.heartbeatTimeoutNanoseconds = heartbeatTimeoutNanoseconds
        self.sweepPeriodNanoseconds = sweepPeriodNanoseconds
        self.poolConnectionsPerStorageServer = poolConnectionsPerStorageServer
        self.storeDelayNanoseconds = storeDelayNanoseconds
        self.requestTimeoutNanoseconds = requestTimeoutNanoseconds
        self.requestRetry = requestRetry
        self.deduplicates = deduplicates
        self.connection = connection
        self.storeWriter = storeWriter
        self.replayPeriodNanoseconds = replayPeriodNanoseconds
        self.sharding = sharding
        self.groups = groups
        self.cacheMapping = cacheMapping
    }

    /// Whether a message is handed to the recipient's chat server before it gets a place in its sender's mailbox: then a row
    /// in the sender's mailbox means that the recipient's chat server has taken responsibility too.
    var forwardsFirst: Bool { acknowledge == .afterStore || offline == .notify }
}
