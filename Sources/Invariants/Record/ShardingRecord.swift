import Chat

/// What was observed of rows in logical shards that move and have copies.
struct ShardingRecord: Sendable {
    /// A row of a mailbox.
    struct Row: Hashable, Sendable {
        let owner: UserID
        let sequence: UInt32
        let message: MessageID

        init(_ observation: Observation) {
            owner = observation.device.user
            sequence = observation.sequence
            message = observation.message
        }
    }

    /// A copy of a shard in the end.
    struct Copy: Hashable, Sendable {
        let server: UInt32
        let rowCount: UInt32
        let hash: UInt64
    }

    /// Rows of which someone was told that they are stored, with the first time, in the order in which that happened.
    private(set) var stored: [(row: Row, timeNanoseconds: UInt64)] = []
    /// When each shard was last assigned to another server, in nanoseconds.
    private(set) var movedNanoseconds: [UInt32: UInt64] = [:]
    /// How often a row is there in the end.
    private(set) var readable: [Row: Int] = [:]
    /// The copies of each shard in the end.
    private(set) var copies: [UInt32: [Copy]] = [:]
    private var known: Set<Row> = []

    /// Takes up an observation of its kinds; others are none of its business.
    mutating func observe(_ observation: Observation) {
        switch observation.kind {
        case .stored:
            let row = Row(observation)
            if known.insert(row).inserted { stored.append((row, observation.timeNanoseconds)) }
        case .shardMoved: movedNanoseconds[observation.device.user.rawValue] = observation.timeNanoseconds
        case .readable: readable[Row(observation), default: 0] += 1
        case .shardCopy:
            copies[observation.device.user.rawValue, default: []].append(
                Copy(
                    server: observation.counterpart.rawValue, rowCount: observation.sequence,
                    hash: observation.message.rawValue))
        default: break
        }
    }
}
