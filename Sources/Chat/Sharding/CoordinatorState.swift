/// A shard of which a copy is being made.
struct ShardTask: Hashable, Sendable {
    /// The shard.
    let shard: UInt32
    /// The server that gets it.
    let target: UInt32
    /// The server whose place it takes; nothing if the copy is one more.
    let replaces: UInt32?

    /// What the assignment will be once it is done.
    func result(from assignment: ShardAssignment) -> ShardAssignment {
        var members = assignment.members
        if let replaces {
            members = members.replacing(replaces, with: target)
        } else {
            members.append(target)
        }
        return ShardAssignment(version: assignment.version + 1, members: members)
    }
}

/// What the coordinator of the shards knows, each change of which is a record of its log.
struct CoordinatorState: Sendable {
    /// A change.
    enum Change: Hashable, Sendable {
        /// A shard is assigned anew. What was under way for it is over.
        case assign(shard: UInt32, ShardAssignment)
        /// A copy is to be made.
        case begin(ShardTask)
        /// More servers may have shards.
        case grow(serverCount: UInt32)
        /// A server that was lost is back, or has restarted, and is to be told what it has.
        case tell(server: UInt32)
    }

    /// Who has which shard.
    var map: ShardMap
    /// What is under way, in the order in which it began.
    var tasks: [ShardTask] = []
    /// How many servers may have shards.
    var serverCount: UInt32
    /// How many steps of growth are done.
    var growthStepsDone = 0

    init(_ configuration: ShardingConfiguration) {
        map = ShardMap(configuration)
        serverCount = configuration.initialServerCount
    }

    mutating func apply(_ change: Change) {
        switch change {
        case .assign(let shard, let assignment):
            map.adopt(assignment, of: shard)
            tasks.removeAll { $0.shard == shard }
        case .begin(let task): tasks.append(task)
        case .grow(let count):
            serverCount += count
            growthStepsDone += 1
        case .tell: break
        }
    }
}
