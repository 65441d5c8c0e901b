internal import Chat

/// Messages about logical shards in a few words.
enum ShardingText {
    /// What a message says.
    static func words(of message: ShardingMessage) -> String {
        switch message {
        case .moved(let shard, let server, _): "shard \(shard) is at storage.\(server + 1)"
        case .lookUp(let shard): "who has shard \(shard)?"
        case .relayed: "request handed on"
        case .heartbeat: "alive"
        case .whatIsMine: "which shards are mine?"
        case .assignments: "all assignments"
        case .assign(let shard, let assignment):
            "shard \(shard) v\(assignment.version): \(servers(assignment.members))"
        case .assigned(let shard, let version, _): "shard \(shard) v\(version) known"
        case .bring(let shard, _, let target, _): "bring shard \(shard) to storage.\(target + 1)"
        case .caughtUp(let shard, _, let target): "shard \(shard) is up to date at storage.\(target + 1)"
        case .probe(let shard, _, let position): "shard \(shard) at \(position.number)?"
        case .probed(let shard, _, let matches): "shard \(shard) \(matches ? "is the same" : "differs")"
        case .copy(let shard, _, let chunk, _, let isLast, _):
            "copy of shard \(shard), part \(chunk + 1)\(isLast ? ", the last" : "")"
        case .copied(let shard, _, let chunk, _): "shard \(shard), part \(chunk + 1) copied"
        case .append(let shard, _, let first, let count, _): "shard \(shard), \(count) records from \(first)"
        case .appended(let shard, _, let last): "shard \(shard) has \(last)"
        case .superseded(let shard, let version): "shard \(shard) is at v\(version) already"
        }
    }

    /// What a message about fragments says.
    static func words(of message: ReplicationMessage) -> String {
        switch message {
        case .store(let id): "keep \(name(id))"
        case .stored(let id): "has \(name(id))"
        case .fetch(let id): "send \(name(id))"
        case .fetched(let id): name(id)
        case .check(let id): "has it \(name(id))?"
        case .missing(let id): "has not \(name(id))"
        }
    }

    private static func name(_ id: FragmentID) -> String {
        "fragment \(id.fragment + 1) of file \(id.file + 1) of storage.\(id.server + 1)"
    }

    private static func servers(_ members: ShardMembers) -> String {
        members.servers.map { "storage.\($0 + 1)" }.joined(separator: ", ")
    }
}
