internal import DequeModule

/// What a storage server holds in memory about all logical shards: who has each, and for those of its own what is on its way.
struct ShardStates: Sendable {
    /// Whether the coordinator has told the server, in its present life, which shards it has. Until then it neither answers for a
    /// shard nor takes part in copying one.
    var isConfirmed: Bool
    /// When the coordinator last told the server all assignments, by its clock, in nanoseconds; zero if it has not in this life of the server.
    var toldNanoseconds: UInt64 = 0
    /// The shards, by number.
    var states: [ShardState]

    /// What is known at the start.
    init(_ seat: ShardSeat, isConfirmed: Bool, positions: [ShardPosition]) {
        self.isConfirmed = isConfirmed
        states = zip(ShardMap(seat.configuration).assignments, positions).map {
            ShardState(assignment: $0, appended: $1)
        }
    }

    subscript(_ shard: UInt32) -> ShardState {
        get { states[Int(shard)] }
        _modify { yield &states[Int(shard)] }
    }
}

extension StorageServer {
    /// Counts a record that is about to wait for the disk.
    ///
    /// - Returns: How far the copy of its shard is with it.
    mutating func shardPosition(with record: LogRecord, given: ShardPosition?) -> ShardPosition {
        let shard = record.logicalShard
        guard let state = volatile.shards?[shard] else { return ShardPosition() }
        let position = given ?? state.appended.advanced(by: record)
        volatile.shards?[shard].appended = position
        volatile.shards?[shard].waitingForDiskCount += 1
        return position
    }
}

extension StorageServer.Pending {
    /// Whether the record was written on behalf of someone who asked this server to, not copied from another.
    var isOwnWrite: Bool {
        switch request {
        case nil, .sharding: false
        default: true
        }
    }
}

/// What a storage server holds in memory about one logical shard.
struct ShardState: Sendable {
    /// Who has it, as far as the server knows.
    var assignment: ShardAssignment
    /// The greatest version that anyone has spoken under. Whatever is said under a smaller one is refused.
    var versionHeard: UInt32
    /// The last version under which a primary made sure of the server's copy; zero if none did in this life of the server.
    var copyVersion: UInt32 = 0
    /// The position of the server's copy once all that waits for the disk is on it.
    var appended: ShardPosition
    /// How many records of the shard wait for the disk.
    var waitingForDiskCount: UInt32 = 0
    /// What a primary has to do beside reading and writing; nothing most of the time.
    var lead: ShardLead?

    init(assignment: ShardAssignment, appended: ShardPosition) {
        self.assignment = assignment
        versionHeard = assignment.version
        self.appended = appended
    }

    /// The primary; nothing if the server has heard that there is a newer one, and not which.
    var primary: UInt32? { versionHeard > assignment.version ? nil : assignment.members.primary }
}

/// What the primary of a shard has under way.
struct ShardLead: Sendable {
    /// A request that waits until the shard has been handed over.
    struct Held: Sendable {
        let message: WireMessage
        let words: [UInt64]
        let source: Address
        let port: UInt32
    }

    /// The copies that it keeps up to date, or makes.
    var streams: [ShardStream] = []
    /// Writes that are on its own log and not yet on those of all copies that they wait for, by number.
    var unanswered: Deque<(number: UInt64, pending: StorageServer.Pending)> = []
    /// The server that replaces it and is up to date but for what waits for the disk: nothing new is taken.
    var successor: UInt32?
    /// Requests that came since.
    var held: [Held] = []

    /// The number up to which everything is on the logs of all copies that writes wait for.
    var coveredNumber: UInt64 {
        streams.reduce(UInt64.max) { $1.isRequired ? min($0, $1.acknowledged) : $0 }
    }
}
