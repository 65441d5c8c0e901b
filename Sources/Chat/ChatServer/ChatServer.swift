internal import DequeModule

/// A chat server: it holds the connections of the users who are mapped to it, owns their mailboxes, and for each message
/// stores it, forwards it to the chat server of the recipient, pushes it to devices and acknowledges it.
///
/// - `ChatServer+Connections.swift`: devices come, go and fall silent.
/// - `ChatServer+Polling.swift`: devices that ask for what is new.
/// - `ChatServer+Messages.swift`: a message on its way from a device to two mailboxes.
/// - `ChatServer+Commit.swift`: when the server takes responsibility for a row, and what follows from it.
/// - `ChatServer+Store.swift`: requests to the storage; `StorePath/ChatServer+FailedLog.swift`: those that failed for good.
/// - `ChatServer+Pages.swift`: pages of the past that users want to read.
/// - `ChatServer+Fetch.swift`: pages of a mailbox for a device that lacks rows.
/// - `ChatServer+Balancing.swift`: who is responsible for a user, where that changes; with `+Claims`, `+Release` and `+Handover`.
/// - `ChatServer+Group.swift`: messages of threads, on their way to the thread and from there into mailboxes.
///
/// What survives a crash is a type of its own, and so is what does not.
public struct ChatServer: Sendable {
    /// Which of the chat servers it is, from zero.
    public let number: UInt32
    private let sharedConfiguration: Shared<ChatServerConfiguration>
    private let sharedBalancing: Shared<BalancingConfiguration>
    let placement: Placement
    /// The time of the input that is being handled, in nanoseconds of the server's clock.
    var nowNanoseconds: UInt64 = 0
    // What most inputs touch comes first; see ``hotByteCount``.
    /// Figures over all lives of the server.
    var connectionTally = ConnectionTally()
    var storePathFigures = StorePathFigures()
    var volatile: Volatile
    var durable = Durable()
    /// What the server did about connections, for those who ask at the end of a run.
    var balancingFigures = BalancingFigures()
    var pageCounts = PageCounts()
    /// What the server knows and says about who is online, if anyone wants to know.
    var presence: Presence?
    /// How often the storage was asked for rows of pages, over all lives of the server.
    var pageScanCount: UInt64 = 0
    var groupFigures = GroupFigures()
    /// What the disk will have after a loss of power, if it has less than it says.
    var withoutCache: Durable?
    /// How many mailboxes were forgotten, over all lives of the server.
    var evictedCount: UInt64 = 0
    /// The first generation of connections to the storage, or the caches, in this life. It is none of what a disk may lose: no answer to an earlier
    /// life is taken for one of this.
    private var poolGeneration = ConnectionPool<StorageRequest>.firstGeneration

    /// What survives a crash: the disk.
    struct Durable: Sendable {
        /// Which life of the server this is, from one: its fencing token at the storage.
        var epoch: UInt32 = 1
        var log = ServerLog()
        var failedLog = FailedLog()
    }

    /// What does not: the memory.
    struct Volatile: Sendable {
        var connections: ConnectionTable
        var mailboxes: FlatTable<UserID, Mailbox> = [:]
        /// Users whose mailbox was loaded, the first first, where there is a limit of how many are kept.
        var loadedUsers: Deque<UserID> = []
        /// Users whose mailbox the storage was asked for.
        var loading: FlatTable<UserID, Void> = [:]
        /// Inputs for users whose mailbox is being loaded, by user.
        var waiting: FlatTable<UserID, [Waiting]> = [:]
        /// Messages that wait to be forwarded, or for the answer of the recipient's chat server.
        var relays: FlatTable<MessageID, Relay> = [:]
        /// The order in which they go out. One message of a lane is out at a time, so that none overtakes another.
        var lanes: FlatTable<Lane, Deque<MessageID>> = [:]
        var pool: ConnectionPool<StorageRequest>
        var jitter: JitterGenerator
        var isSweeping = false
        var writer = DedicatedWriter()
        var replay: FailedLogReplay
        /// Pages that wait for rows from the storage, by number.
        var pageJobs: [UInt32: PageJob] = [:]
        var nextPageJob: UInt32 = 0
        /// Rows that wait for the disk of the server's logs.
        var logBuffer = LogBuffer<DiskRecord>()
        /// Where the logical shards are; nothing where they are dealt to the servers for good.
        var sharding: ShardRouting?
        /// The numbers of log records, by row.
        var logNumbers: FlatTable<RowKey, UInt64> = [:]
        /// Rows that the log had at the last restart, of mailboxes that are not loaded yet.
        var recovered: [UserID: [MailboxRow]] = [:]
        /// The same of the log of failed requests, with their numbers.
        var recoveredFailed: [UserID: [(number: UInt64, row: MailboxRow)]] = [:]
        var ownership: Ownership
        /// What concerns groups; nothing if there are none.
        var groups: Groups?
    }

    /// An input that waits for a mailbox.
    struct Waiting: Sendable {
        let message: WireMessage
        let source: Address
    }

    /// A message that was forwarded and not answered.
    struct Relay: Sendable {
        let record: MessageRecord
        var attempts: UInt32 = 0
        /// How often it was sent on since the last attempt, by servers that do not have the recipient.
        var hops: UInt32 = 0

        /// How often a message is sent on before it waits for the next attempt.
        static let hopsMax: UInt32 = 3
    }

    /// The messages of one user to one other.
    struct Lane: FlatKey {
        let sender: UserID
        let recipient: UserID

        var tableWord: UInt64 { UInt64(sender.rawValue) << 32 | UInt64(recipient.rawValue) }

        init(_ record: MessageRecord) {
            sender = record.sender
            recipient = record.recipient
        }
    }

    /// Names a row: whose mailbox, and which message.
    struct RowKey: FlatKey {
        let owner: UserID
        let message: MessageID

        var tableWord: UInt64 { message.rawValue &+ UInt64(owner.rawValue) &* 0x9e37_79b9_7f4a_7c15 }

        init(_ row: MailboxRow) {
            owner = row.owner
            message = row.record.id
        }

        /// The row of a message in its sender's mailbox.
        init(sentRowOf message: MessageID) {
            owner = message.sender
            self.message = message
        }
    }

    /// The timers that a chat server asks for.
    enum TimerKind: UInt16 {
        case sweep = 1
        case storeDue
        case relay
        case poolTimeout
        case poolRetry
        case hold
        case claim = 16
        case handover
        case failedLogProbe = 24
        case presenceDelay = 32
        case presencePull = 33
        case groupPost = 20
        case groupDelivery
        case groupRequest
        case roomOnDisk = 40
    }

    /// A server without connections and with an empty log.
    ///
    /// - Parameters:
    ///   - number: Which of the chat servers of the placement it is.
    ///   - placement: Where the other servers are.
    ///   - configuration: What is the same for all chat servers.
    ///   - balancing: How users are mapped to chat servers.
    ///   - jitterSeed: The seed of the random part of its waits.
    public init(
        number: UInt32, placement: Placement, configuration: Shared<ChatServerConfiguration>,
        balancing: Shared<BalancingConfiguration>, jitterSeed: UInt64
    ) {
        self.number = number
        self.placement = placement
        sharedConfiguration = configuration
        sharedBalancing = balancing
        volatile = Self.emptyVolatile(
            number, placement, configuration.value, balancing.value, epoch: 1, poolGeneration: poolGeneration,
            jitterSeed: jitterSeed)
        presence = configuration.value.presence.map(Presence.init)
    }

    /// A server that shares nothing with others; users are mapped by modulo if nothing is said.
    public init(
        number: UInt32, placement: Placement, configuration: ChatServerConfiguration,
        balancing: BalancingConfiguration? = nil, jitterSeed: UInt64
    ) {
        self.init(
            number: number, placement: placement, configuration: Shared(configuration),
            balancing: Shared(balancing ?? BalancingConfiguration(placement)), jitterSeed: jitterSeed)
    }

    /// What is the same for all chat servers.
    var configuration: ChatServerConfiguration {
        unsafeAddress { sharedConfiguration.address }
    }

    /// How users are mapped to chat servers.
    var balancing: BalancingConfiguration {
        unsafeAddress { sharedBalancing.address }
    }

    /// How many bytes of a server, from its beginning, most inputs touch.
    public static let hotByteCount = 640

    /// What the table of connections takes, in bytes.
    public var connectionBytes: Int { volatile.connections.bytes }

    /// The number of open connections.
    public var connectionCount: Int { volatile.connections.count }

    /// Handles a message from a device, another chat server or a storage server, which came in at `port`.
    ///
    /// - Parameter words: What the message carries beyond its own fields.
    public mutating func receive(
        _ message: WireMessage, words: UnsafeBufferPointer<UInt64> = UnsafeBufferPointer(start: nil, count: 0),
        from source: Address, atPort port: UInt32, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        self.nowNanoseconds = nowNanoseconds
        switch message {
        case .balancing(let message):
            receive(
                message, words: words, from: source, atPort: port, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .row(let row): volatile.pool.collect(row, atPort: port)
        case .rowsEnd, .putDone: answered(message, atPort: port, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .cache(let message): receive(message, from: source, outbox: &outbox)
        case .forwarded(let id, let delivered): relayAnswered(id, delivered: delivered, outbox: &outbox)
        case .sharding(.moved(let shard, let server, let version)):
            shardMoved(shard, to: server, version: version, atPort: port, outbox: &outbox)
        case .presence(let message):
            received(
                message, words: words, from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .groups(let message):
            receive(message, words: words, from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .tables(let message):
            receive(message, words: words, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        default: process(message, from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        }
        settleGroups(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        evictMailboxes()
    }

    /// Handles a timer that the server asked for.
    public mutating func fire(_ token: TimerToken, nowNanoseconds: UInt64, outbox: inout Outbox) {
        guard let kind = TimerKind(rawValue: token.kind) else {
            preconditionFailure("a chat server has no timer of kind \(token.kind)")
        }
        self.nowNanoseconds = nowNanoseconds
        switch kind {
        case .sweep: sweep(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .storeDue: storeDueTimerFired(token.value, outbox: &outbox)
        case .relay: relayTimerFired(MessageID(rawValue: token.value), outbox: &outbox)
        case .poolTimeout: poolTimedOut(token.value, outbox: &outbox)
        case .poolRetry: poolRetryTimerFired(token.value, outbox: &outbox)
        case .hold: holdTimerFired(token.value, outbox: &outbox)
        case .failedLogProbe: probeTimerFired(outbox: &outbox)
        case .claim: claimTimerFired(token.value, outbox: &outbox)
        case .handover: handoverTimerFired(nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .presenceDelay, .presencePull: presenceTimerFired(kind, token.value, outbox: &outbox)
        case .groupPost: groupPostTimerFired(MessageID(rawValue: token.value), outbox: &outbox)
        case .groupDelivery:
            volatile.groups?.owner.deliveryTimerFired(token.value, figures: &groupFigures, outbox: &outbox)
        case .groupRequest:
            volatile.groups?.owner.requestTimerFired(token.value, figures: &groupFigures)
        case .roomOnDisk: volatile.logBuffer.retrySync(outbox: &outbox)
        }
        settleGroups(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Whether a timer of a chat server is a time-out: what it is for has happened, most likely, when it is due.
    public static func isTimeout(_ token: TimerToken) -> Bool {
        token.kind == TimerKind.poolTimeout.rawValue || token.kind == TimerKind.relay.rawValue
    }

    /// Whether a time-out would do anything if it were due now. One that would not never will. It changes nothing; a method that might is not
    /// given a copy of the server.
    public mutating func awaits(_ token: TimerToken) -> Bool {
        switch TimerKind(rawValue: token.kind) {
        case .poolTimeout: volatile.pool.awaits(timeout: token.value)
        case .relay: volatile.relays.contains(MessageID(rawValue: token.value))
        default: true
        }
    }

    /// The memory is gone: connections, mailboxes, whatever was not stored and is not on the log.
    public mutating func crash() {
        presence?.crash()
        withoutCache = nil
        poolGeneration = volatile.pool.nextGeneration
        volatile = Self.emptyVolatile(
            number, placement, configuration, balancing, epoch: durable.epoch, poolGeneration: poolGeneration,
            jitterSeed: 0)
    }

    /// Starts anew with what is on the disk: loads the mailboxes that the log has rows of and finishes what was begun.
    public mutating func restart(jitterSeed: UInt64, nowNanoseconds: UInt64, outbox: inout Outbox) {
        self.nowNanoseconds = nowNanoseconds
        durable.epoch += 1
        durable.log.forgetProgress()
        volatile = Self.emptyVolatile(
            number, placement, configuration, balancing, epoch: durable.epoch, poolGeneration: poolGeneration,
            jitterSeed: jitterSeed)
        for (number, row) in durable.log.numberedRows {
            volatile.logNumbers[RowKey(row)] = number
            volatile.recovered[row.owner, default: []].append(row)
            // Where users move, it must be known first whose the mailbox is.
            if !balancing.movesUsers { loadIfNeeded(row.owner, outbox: &outbox) }
        }
        for (number, row) in durable.failedLog.numberedRows {
            volatile.recoveredFailed[row.owner, default: []].append((number, row))
            loadIfNeeded(row.owner, outbox: &outbox)
        }
        volatile.groups?.owner.resume()
        settleGroups(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Reports what the server has done.
    public func report(into metrics: inout Metrics) {
        connectionTally.report(into: &metrics, model: configuration.connection.model)
        balancingFigures.report(connections: UInt64(connectionCount), movesUsers: balancing.movesUsers, into: &metrics)
        reportSharding(into: &metrics)
        if let presence { presence.tally.report(into: &metrics, configuration: presence.configuration) }
        if configuration.groups != nil { groupFigures.report(into: &metrics) }
        if configuration.mailboxesMax != nil { metrics.record(Self.evictedDefinition, evictedCount) }
    }

    private static let evictedDefinition = MetricDefinition(
        "chat_servers.mailboxes_evicted", unit: "mailboxes",
        "Mailboxes that chat servers forgot because there were too many of them.")

    /// Reports the messages that the server still carries towards their recipients, as ``Observation/Kind/held``.
    public func reportHeld(outbox: inout Outbox) {
        for relay in volatile.relays.values.map(\.record).sorted(by: { $0.id < $1.id }) {
            outbox.observe(.held(relay))
        }
        for user in volatile.mailboxes.keys.sorted() {
            for row in volatile.mailboxes[user]?.rows ?? [] where row.isRecipients {
                outbox.observe(.held(row.record))
            }
        }
        for (_, row) in durable.log.numberedRows + durable.failedLog.numberedRows {
            outbox.observe(.held(row.record))
        }
        for handover in volatile.ownership.handovers {
            outbox.observe(.held(handover.row.record))
        }
        reportHeldForThreads(outbox: &outbox)
    }

    private static func emptyVolatile(
        _ number: UInt32, _ placement: Placement, _ configuration: ChatServerConfiguration,
        _ balancing: BalancingConfiguration, epoch: UInt32, poolGeneration: UInt16, jitterSeed: UInt64
    ) -> Volatile {
        Volatile(
            connections: ConnectionTable(notesSilence: configuration.closesSilent),
            pool: ConnectionPool(
                serverCount: configuration.cacheMapping == nil
                    ? placement.storageServerCount : placement.cacheServerCount,
                slotsPerServer: configuration.poolConnectionsPerStorageServer, generation: poolGeneration),
            jitter: JitterGenerator(seed: jitterSeed),
            replay: FailedLogReplay(serverCount: placement.storageServerCount),
            sharding: configuration.sharding.map(ShardRouting.init),
            ownership: Ownership(balancing.mapping, isKnown: epoch == 1),
            groups: configuration.groups.map { _ in
                Groups(
                    owner: GroupServer(
                        number: number, placement: placement, mapping: balancing.mapping,
                        configuration: configuration, epoch: epoch,
                        // Another sequence than that of the server itself.
                        jitterSeed: StableHash.hash(jitterSeed, salt: 2)))
            })
    }
}

extension Observation {
    /// A component holds this message on its way to its recipient.
    static func held(_ record: MessageRecord) -> Observation {
        Observation(.held, device: DeviceID(user: record.recipient, index: 0), message: record.id)
    }
}
