internal import Language

/// The servers and how they work.
public struct SystemModel: Hashable, Sendable {
    /// When a chat server takes responsibility for a message.
    public enum Acknowledge: Hashable, Sendable { case afterReceive, afterLog, afterStore }
    /// In which order devices show messages.
    public enum Sequencing: Hashable, Sendable { case serverTimestamp, perUserSequence }
    /// What happens to a message whose recipient is offline.
    public enum Offline: Hashable, Sendable {
        /// It is kept until the recipient is back, for so long at most, in nanoseconds; nothing for good.
        case storeAndRedeliver(retentionNanoseconds: UInt64?)
        /// The sender is told.
        case notify

        /// How long messages are kept for devices that are away, in nanoseconds; nothing if there is no limit.
        public var retentionNanoseconds: UInt64? {
            if case .storeAndRedeliver(let retention) = self { retention } else { nil }
        }
    }

    /// A tier of machines.
    public struct Tier: Hashable, Sendable {
        /// How many machines.
        public let count: UInt64
        /// Cores of each.
        public let cores: UInt64
        /// What handling a message costs, in nanoseconds on one core.
        public let messageNanoseconds: UInt64
        /// What opening a connection costs, in nanoseconds on one core.
        public let connectionNanoseconds: UInt64
        /// How long a sync of the log takes, in nanoseconds.
        public let logSyncNanoseconds: DistributionModel
    }

    /// What handling some kinds of messages costs, in place of what any message costs on its tier.
    public let costs: CostModel
    /// The load balancers.
    public let loadBalancers: Tier
    /// The chat servers.
    public let chatServers: Tier
    /// How many connections a chat server may hold.
    public let connectionsEach: UInt64
    /// How many mailboxes a chat server keeps in memory beyond those that it works on; nothing if it keeps all that it has loaded.
    public let mailboxesMax: UInt64?
    /// How users are mapped to chat servers.
    public let balancing: BalancingModel
    /// When a chat server takes responsibility for a message.
    public let acknowledge: Acknowledge
    /// In which order devices show messages.
    public let sequencing: Sequencing
    /// Whether the storage refuses writes to a mailbox from an earlier owner, or an earlier life of its owner.
    public let isFencing: Bool
    /// What happens to a message whose recipient is offline.
    public let offline: Offline
    /// The storage servers, those included that are added later.
    public let storage: Tier
    /// How they keep their tables.
    public let storageEngine: StorageModel
    /// How copies of rows are kept; nothing if there are none.
    public let replication: ReplicationModel?
    /// How logs are kept on data nodes; nothing if they are not.
    public let reedSolomon: ReedSolomonModel?
    /// How rows are spread over the storage servers; nothing if the scenario says nothing about it.
    public let sharding: ShardingModel?
    /// How devices and chat servers keep in touch.
    public let connection: ConnectionModel
    /// The way from a chat server to the storage and to other chat servers.
    public let storePath: StorePathModel
    /// The cache servers between chat servers and storage; nothing if there are none.
    public let cache: CacheModel?
    /// Large content; nothing if it travels as any other.
    public let media: MediaModel?
    /// Where the section `media` stands, if there is one: it has no effect if all content is small.
    let mediaPosition: SourcePosition?
    /// Whether devices tell that they are alive, where a connection stays open.
    public let sendsHeartbeats: Bool
    /// Where the section `heartbeat` stands, if there is one.
    let heartbeatPosition: SourcePosition?
    /// How often a device tells that it is alive, in nanoseconds.
    public let heartbeatPeriodNanoseconds: UInt64
    /// After how long in silence either side gives a connection up, in nanoseconds.
    public let heartbeatTimeoutNanoseconds: UInt64
    /// Who recognises duplicates.
    public let deduplication: DeduplicationModel
    /// How users learn whether their friends are online.
    public let presence: PresenceModel
    /// How devices fetch pages of the past.
    public let pages: PagesModel
    /// How many messages a device may have in flight.
    public let clientInFlightMax: UInt64
    /// When a device submits a message again.
    public let clientRetry: RetryModel
    /// When a device connects again.
    public let clientReconnect: RetryModel
    /// How long a device waits for the answer to a request to connect, in nanoseconds.
    public let clientConnectTimeoutNanoseconds: UInt64
    /// Into how many zones the servers of each tier are dealt.
    public let zoneCount: UInt64
    /// Where that is said, if it is: it has no effect unless a zone is lost.
    let zonesPosition: SourcePosition?
    /// Groups.
    public let groups: GroupModel
    /// Where the section `groups` stands, if there is one: it has no effect without groups.
    let groupsPosition: SourcePosition?

    /// Whether there is a coordinator of shards: whether they change hands.
    public var hasCoordinator: Bool { replication != nil || sharding.map { !$0.growth.isEmpty } ?? false }
}

extension ValueKind where Value == SystemModel {
    /// The section `system`.
    static var system: ValueKind {
        .section { reader in
            let loadBalancers = reader.optional(
                "load_balancers", .loadBalancers, default: "{}",
                "The load balancers: they tell a device its chat server.")
            let chatServers = reader.optional(
                "chat_servers", .chatServers, default: "{}", "The chat servers: they hold the connections of devices.")
            let sequencing = reader.optional("sequencing", .sequencing, default: "{}", "The order of messages.")
            let offline = reader.optional("offline", .offline, default: "{}", "Recipients who are offline.")
            let storage = reader.optional("storage", .storage, default: "{}", "The storage servers.")
            let sharding = reader.optional(
                "sharding", .sharding(replication: storage.replication),
                "How the 1000 logical shards are spread over the storage servers.")
            if let sharding, storage.tier.count + sharding.addedServerCount > 1000 {
                reader.report("sharding", "with those that are added there may be at most 1000 storage servers")
            }
            let path = reader.optional(
                "store_path", .storePath(isInBackground: chatServers.acknowledge != .afterStore), default: "{}",
                "The way from a chat server to the storage and to other chat servers.")
            if chatServers.balancing.healthChecks != nil, sharding?.isByMessage == true {
                reader.report(
                    "sharding", "with `failover: on` a user's rows are in one shard, which knows who owns the mailbox")
            }
            if chatServers.balancing.healthChecks != nil, path.hasFailedLog {
                reader.report(
                    "store_path",
                    "with `failover: on` no write is given up: the log of failed requests belongs to a server whose users stay"
                )
            }
            let deduplication = reader.optional(
                "deduplication", .deduplication(hasLog: chatServers.acknowledge == .afterLog), default: "{}",
                "Who recognises a message that comes again.")
            let connection = reader.optional(
                "connection", .connection, default: "{}", "How devices and chat servers keep in touch.")
            let cache = reader.optional(
                "cache", .cache, "Cache servers between chat servers and storage; without this section there are none.")
            if cache != nil, sharding != nil || storage.replication != nil {
                reader.report(
                    "cache",
                    "cache servers do not follow logical shards; leave out `sharding` and `storage.replication`")
            }
            if chatServers.acknowledge != .afterLog, !path.hasFailedLog {
                chatServers.reader.rejectIfGiven(
                    "log_sync",
                    because: "the servers keep a log only with `acknowledge: after_log`, or with a budget in "
                        + "`store_path.retry.attempts`")
            }
            let heartbeat = reader.optional("heartbeat", .heartbeat, default: "{}", "How dead connections are found.")
            if connection.model != .websocket {
                reader.rejectIfGiven(
                    "heartbeat",
                    because: "requests for rows tell that a device is alive; `connection.grace` is the time-out")
            }
            if chatServers.mailboxesMax != nil {
                if offline == .notify || chatServers.acknowledge == .afterStore {
                    chatServers.reader.report(
                        "mailboxes_max",
                        "a mailbox may not be forgotten while a message is forwarded before it has a place, as with `after_store` and "
                            + "`offline: { policy: notify }`")
                }
                if connection.model != .websocket {
                    chatServers.reader.report(
                        "mailboxes_max",
                        "mailboxes are forgotten only where connections stay open: with `connection.model: websocket`")
                }
            }
            let presence = reader.optional(
                "presence", .presence(tellsSender: offline == .notify), default: "{}",
                "How users learn whether their friends are online.")
            if presence.isOn, chatServers.balancing.law == .leastLoadedOfTwo {
                reader.report(
                    "presence",
                    "who is online is known to the chat server that the mapping gives; `least_loaded_of_two` gives two")
            }
            if presence.isOn, presence.keepsStatuses, !heartbeat.isSent {
                reader.report(
                    "presence",
                    "without heartbeats nobody knows who is online but of those who say that they go; leave out `heartbeat.sent`, or count "
                        + "statuses by `statuses: counted`")
            }
            if presence.isOn, connection.model != .websocket {
                reader.report(
                    "presence",
                    "statuses are pushed to devices, which takes a connection that stays open: `connection.model: websocket`"
                )
            }
            let client = reader.optional("client", .client, default: "{}", "The program on every device.")
            let media = reader.optional(
                "media", .media,
                "Large content goes by reference to object stores; without this section it travels as any other.")
            let groups = reader.optional("groups", .groupModel, default: "{}", "Messages to groups.")
            let zones = reader.optional(
                "zones", .integer(1...100), default: "1",
                "Into how many zones the servers of each tier are dealt in turn, for faults of whole zones.")
            let costs = reader.optional(
                "costs", .costs,
                "What handling some kinds of messages costs, by tier and kind, in place of the tier's `cpu_per_message`, `cpu_per_request` or "
                    + "`cpu_per_connection`.")
            return SystemModel(
                costs: costs ?? CostModel(costs: []), loadBalancers: loadBalancers, chatServers: chatServers.tier,
                connectionsEach: chatServers.connectionsEach, mailboxesMax: chatServers.mailboxesMax,
                balancing: chatServers.balancing,
                acknowledge: chatServers.acknowledge, sequencing: sequencing.mode, isFencing: sequencing.isFencing,
                offline: offline,
                storage: storage.tier.adding(sharding?.addedServerCount ?? 0),
                storageEngine: storage.engine, replication: storage.replication, reedSolomon: storage.reedSolomon,
                sharding: sharding ?? (storage.replication == nil ? nil : ValueKind<ShardingModel>.withoutMoves),
                connection: connection, storePath: path, cache: cache, media: media,
                mediaPosition: reader.gives("media") ? reader.position(of: "media") : nil,
                sendsHeartbeats: heartbeat.isSent,
                heartbeatPosition: reader.gives("heartbeat") ? reader.position(of: "heartbeat") : nil,
                heartbeatPeriodNanoseconds: heartbeat.period,
                heartbeatTimeoutNanoseconds: heartbeat.timeout, deduplication: deduplication, presence: presence,
                pages: client.pages, clientInFlightMax: client.inFlight, clientRetry: client.retry,
                clientReconnect: client.reconnect,
                clientConnectTimeoutNanoseconds: client.connectTimeout, zoneCount: zones,
                zonesPosition: reader.gives("zones") ? reader.position(of: "zones") : nil, groups: groups,
                groupsPosition: reader.gives("groups") ? reader.position(of: "groups") : nil)
        }
    }
}

/// What handling may cost: up to ten seconds.
private var cost: ValueKind<UInt64> { .duration(0...10_000_000_000) }
/// How many cores a machine may have.
private var cores: ValueKind<UInt64> { .integer(1...1024) }

extension SystemModel.Tier {
    /// The same with more machines.
    fileprivate func adding(_ more: UInt64) -> SystemModel.Tier {
        SystemModel.Tier(
            count: count + more, cores: cores, messageNanoseconds: messageNanoseconds,
            connectionNanoseconds: connectionNanoseconds, logSyncNanoseconds: logSyncNanoseconds)
    }
}

private struct StorageServers {
    let tier: SystemModel.Tier
    let engine: StorageModel
    let replication: ReplicationModel?
    let reedSolomon: ReedSolomonModel?
}

extension ValueKind where Value == SystemModel.Tier {
    fileprivate static var loadBalancers: ValueKind {
        .section { reader in
            SystemModel.Tier(
                count: reader.optional("count", .integer(1...10_000), default: "1", "How many there are."),
                cores: reader.optional("cores", cores, default: "2", "Cores of each."),
                messageNanoseconds: reader.optional(
                    "cpu_per_request", cost, default: "20us", "What a request costs on one core."),
                connectionNanoseconds: 0, logSyncNanoseconds: .constant(0))
        }
    }
}

extension ValueKind where Value == StorageServers {
    fileprivate static var storage: ValueKind {
        .section { reader in
            let tier = SystemModel.Tier(
                count: reader.optional(
                    "servers", .integer(1...1000), default: "1", "How many servers hold the 1000 logical shards."),
                cores: reader.optional("cores", cores, default: "4", "Cores of each."),
                messageNanoseconds: reader.optional(
                    "cpu_per_request", cost, default: "50us", "What a request costs on one core."),
                connectionNanoseconds: 0,
                logSyncNanoseconds: reader.optional(
                    "log_sync", .timeDistribution, default: "{ lognormal: { median: 400us, p99: 4ms } }",
                    "How long it takes to sync the write-ahead log."))
            let safety = reader.optional(
                "replication", .replication, "How the loss of machines is survived: by copies, or by fragments.")
            if let copies = safety?.copies?.copies, copies > tier.count {
                reader.report("replication", "\(copies) copies need as many servers; there are \(tier.count)")
            }
            return StorageServers(
                tier: tier, engine: StorageModel.read(reader), replication: safety?.copies,
                reedSolomon: safety?.reedSolomon)
        }
    }
}

private struct ChatServers {
    let tier: SystemModel.Tier
    let connectionsEach: UInt64
    let mailboxesMax: UInt64?
    let balancing: BalancingModel
    let acknowledge: SystemModel.Acknowledge
    /// To reject what turns out to have no effect.
    let reader: SectionReader
}

extension ValueKind where Value == ChatServers {
    fileprivate static var chatServers: ValueKind {
        .section { reader in
            let acknowledge = reader.optional(
                "acknowledge",
                .choice([
                    ("after_receive", SystemModel.Acknowledge.afterReceive), ("after_log", .afterLog),
                    ("after_store", .afterStore),
                ]), default: "after_receive",
                "When a server takes responsibility for a message and tells the sender so.")
            let sync = reader.optional(
                "log_sync", .timeDistribution, default: "1ms", "How long it takes to sync the server's own logs.")
            return ChatServers(
                tier: SystemModel.Tier(
                    count: reader.optional("count", .integer(1...100_000), default: "1", "How many there are."),
                    cores: reader.optional("cores", cores, default: "8", "Cores of each."),
                    messageNanoseconds: reader.optional(
                        "cpu_per_message", cost, default: "64us",
                        "What a message costs on one core (from Centrifugo's report of 2020)."),
                    connectionNanoseconds: reader.optional(
                        "cpu_per_connection", cost, default: "3ms", "What opening a connection costs on one core."),
                    logSyncNanoseconds: sync),
                connectionsEach: reader.optional(
                    "connections_each", .integer(1...10_000_000), default: "50_000",
                    "How many connections a server may hold; it refuses the next."),
                mailboxesMax: reader.optional(
                    "mailboxes_max", .integer(64...10_000_000),
                    "How many mailboxes a server keeps in memory beyond those that it works on; others come from the storage when they are "
                        + "needed. Without it a server keeps all that it has loaded."),
                balancing: .read(reader), acknowledge: acknowledge, reader: reader)
        }
    }
}

private struct SequencingSection {
    let mode: SystemModel.Sequencing
    let isFencing: Bool
}

extension ValueKind where Value == SequencingSection {
    fileprivate static var sequencing: ValueKind {
        .section { reader in
            SequencingSection(
                mode: reader.optional(
                    "mode",
                    .choice([
                        ("server_timestamp", SystemModel.Sequencing.serverTimestamp),
                        ("per_user_sequence", .perUserSequence),
                    ]),
                    default: "server_timestamp",
                    "`server_timestamp`: shown as they arrive, history by time; `per_user_sequence`: shown in the user's own order."
                ),
                isFencing: reader.optional(
                    "fencing", .choice([("on", true), ("off", false)]), default: "on",
                    "Whether the storage refuses writes to a user's order from an earlier owner, or an earlier life of its owner."
                ))
        }
    }
}

extension ValueKind where Value == SystemModel.Offline {
    fileprivate static var offline: ValueKind {
        .section { reader in
            let isKept = reader.optional(
                "policy", .choice([("store_and_redeliver", true), ("notify", false)]), default: "store_and_redeliver",
                "`store_and_redeliver`: kept until the recipient is back; `notify`: the sender is told and tries again."
            )
            let retention = reader.optional(
                "retention", .duration(1_000_000...3_155_760_000_000_000_000),
                "How long messages are kept for devices that are away, which then find older ones in pages of the past only; "
                    + "without it for good.")
            guard isKept else {
                reader.rejectIfGiven(
                    "retention", because: "with `policy: notify` nothing is kept for devices that are away")
                return .notify
            }
            return .storeAndRedeliver(retentionNanoseconds: retention)
        }
    }
}
