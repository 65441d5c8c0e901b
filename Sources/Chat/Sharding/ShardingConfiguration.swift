/// How rows are spread over the storage servers, and how many servers hold each.
public struct ShardingConfiguration: Hashable, Sendable {
    /// By what rows are assigned to logical shards.
    public enum Partitioning: Hashable, Sendable {
        /// By the user whose mailbox they are in: a mailbox is in one shard.
        case byUser
        /// By the message: a mailbox is spread over all shards.
        case byMessage
    }

    /// What a storage server does with a request for a shard that it no longer holds.
    public enum StaleRequests: Hashable, Sendable {
        /// It tells the requester who holds it, and that one asks again.
        case redirect
        /// It hands the request on, and tells the requester for the next time.
        case forward
    }

    /// Servers that are added while the system runs.
    public struct GrowthStep: Hashable, Sendable {
        /// When, in nanoseconds of virtual time.
        public let timeNanoseconds: UInt64
        /// How many servers.
        public let serverCount: UInt32

        /// Describes a step.
        public init(timeNanoseconds: UInt64, serverCount: UInt32) {
            self.timeNanoseconds = timeNanoseconds
            self.serverCount = serverCount
        }
    }

    /// How copies on several servers are kept.
    public struct Replication: Hashable, Sendable {
        /// How many servers hold a shard, 2 to ``ShardMembers/countMax``.
        public var copyCount: UInt32
        /// Whether a write is answered only once all copies have it on their logs, else once the primary has.
        public var waitsForCopies: Bool
        /// Whether copies that are missing or behind are made anew.
        public var repairs: Bool
        /// After how long without a word a storage server counts as lost, in nanoseconds.
        public var detectNanoseconds: UInt64

        /// Describes copies.
        public init(copyCount: UInt32, waitsForCopies: Bool, repairs: Bool, detectNanoseconds: UInt64) {
            precondition((2...UInt32(ShardMembers.countMax)).contains(copyCount), "there are 2 to 4 copies")
            self.copyCount = copyCount
            self.waitsForCopies = waitsForCopies
            self.repairs = repairs
            self.detectNanoseconds = detectNanoseconds
        }
    }

    /// By what rows are assigned to them.
    public var partitioning: Partitioning
    /// How many storage servers hold shards at the start.
    public var initialServerCount: UInt32
    /// What becomes of requests for shards that have moved.
    public var staleRequests: StaleRequests
    /// Whether writes that come while a shard is copied are sent after it. Without, they are lost when it moves.
    public var catchesUp: Bool
    /// How many rows or log records one message of a copy carries at most.
    public var chunkRowsMax: Int
    /// How many shards are copied at the same time.
    public var movesAtOnceMax: Int
    /// After how long a step of a copy that was not answered is repeated, in nanoseconds.
    public var stepTimeoutNanoseconds: UInt64
    /// The servers that are added, in order of time.
    public var growth: [GrowthStep]
    /// How copies are kept; nothing if each shard is on one server.
    public var replication: Replication?

    /// Describes sharding; see the properties.
    public init(
        partitioning: Partitioning = .byUser, initialServerCount: UInt32, staleRequests: StaleRequests = .redirect,
        catchesUp: Bool = true, chunkRowsMax: Int = 256, movesAtOnceMax: Int = 4,
        stepTimeoutNanoseconds: UInt64 = 500_000_000, growth: [GrowthStep] = [], replication: Replication? = nil
    ) {
        precondition(initialServerCount >= replication?.copyCount ?? 1, "copies are on different servers")
        precondition(chunkRowsMax > 0 && chunkRowsMax <= Self.chunkRowsLimit && movesAtOnceMax > 0)
        precondition(
            partitioning == .byUser || (growth.isEmpty && replication == nil), "only mailboxes that are whole move")
        self.partitioning = partitioning
        self.initialServerCount = initialServerCount
        self.staleRequests = staleRequests
        self.catchesUp = catchesUp
        self.chunkRowsMax = chunkRowsMax
        self.movesAtOnceMax = movesAtOnceMax
        self.stepTimeoutNanoseconds = stepTimeoutNanoseconds
        self.growth = growth
        self.replication = replication
    }

    /// The most rows that one message may carry.
    public static let chunkRowsLimit = 4096

    /// How many servers hold a shard.
    public var copyCount: UInt32 { replication?.copyCount ?? 1 }
    /// Whether shards change hands, so that there is a coordinator.
    public var isDynamic: Bool { !growth.isEmpty || replication != nil }
    /// How often a storage server tells the coordinator that it lives, in nanoseconds: four times before it counts as lost.
    var heartbeatNanoseconds: UInt64? { replication.map { max(1, $0.detectNanoseconds / 4) } }
}
