/// What reading pages from the storage cost: for the figures of a run only, no decision depends on it.
struct PageCounts: Sendable {
    var pages: UInt64 = 0
    var requests: UInt64 = 0
    var shards: UInt64 = 0
    var shardsMost: UInt64 = 0

    /// Counts a page for which so many servers were asked, who looked into so many shards.
    mutating func count(servers: UInt32, shards: UInt32) {
        pages += 1
        requests += UInt64(servers)
        self.shards += UInt64(shards)
        shardsMost = max(shardsMost, UInt64(shards))
    }
}

/// What a chat server knows about logical shards, and what it has under way because a mailbox is spread over several.
struct ShardRouting: Sendable {
    /// A part of a request that goes to all storage servers.
    struct Part: Hashable, Sendable {
        /// Which request.
        let gather: UInt64
        /// The server that is asked.
        let server: UInt32
    }

    /// A request whose answer comes in parts, one from each storage server.
    struct Gather: Sendable {
        let request: StorageRequest
        var remaining: Int
        var rows: [MailboxRow] = []
        var head: UInt32 = 0
    }

    /// Where the shards are, as far as the server knows.
    var map: ShardMap
    /// Whether the rows of a mailbox are spread by message.
    let isByMessage: Bool
    /// The storage servers that may have rows, for requests to all of them.
    let serverCount: UInt32
    private var gathers: [UInt64: Gather] = [:]
    private var nextGather: UInt64 = 0

    /// What is known at the start.
    init(_ configuration: ShardingConfiguration) {
        map = ShardMap(configuration)
        isByMessage = configuration.partitioning == .byMessage
        serverCount = configuration.initialServerCount
    }

    /// Begins a request to all storage servers.
    ///
    /// - Returns: The parts of it.
    mutating func begin(_ request: StorageRequest) -> [Part] {
        nextGather += 1
        gathers[nextGather] = Gather(request: request, remaining: Int(serverCount))
        return (0..<serverCount).map { Part(gather: nextGather, server: $0) }
    }

    /// The request that a part belongs to, while its answer is not complete.
    func request(of part: Part) -> StorageRequest? { gathers[part.gather]?.request }

    /// Takes the rows of a part, which a storage server answers completely.
    ///
    /// - Returns: The whole, its rows by place, once no part is missing.
    mutating func finish(_ part: Part, rows: [MailboxRow], head: UInt32) -> Gather? {
        guard var gather = gathers[part.gather] else { return nil }
        gather.remaining -= 1
        gather.rows += rows
        gather.head = max(gather.head, head)
        guard gather.remaining == 0 else {
            gathers[part.gather] = gather
            return nil
        }
        gathers[part.gather] = nil
        gather.rows.sort { $0.record.sequence < $1.record.sequence }
        return gather
    }
}
