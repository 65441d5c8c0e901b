/// Where each logical shard is, as far as its holder knows.
public struct ShardMap: Hashable, Sendable {
    /// The assignments, by logical shard.
    public private(set) var assignments: [ShardAssignment]

    /// The map at the start: the shards are dealt to the first servers in turn, and the copies of a shard to the servers after
    /// its primary.
    public init(_ configuration: ShardingConfiguration) {
        let servers = configuration.initialServerCount
        assignments = (0..<Placement.logicalShards).map { shard in
            ShardAssignment(
                version: 1, members: ShardMembers((0..<configuration.copyCount).map { (shard + $0) % servers }))
        }
    }

    /// The assignment of a shard.
    public subscript(_ shard: UInt32) -> ShardAssignment { assignments[Int(shard)] }

    /// The server that takes the writes of a shard.
    public func primary(of shard: UInt32) -> UInt32 {
        guard let primary = assignments[Int(shard)].members.primary else {
            preconditionFailure("shard \(shard) has no members")
        }
        return primary
    }

    /// Takes over an assignment if it is newer than the one that is known.
    ///
    /// - Returns: Whether it was newer.
    @discardableResult
    public mutating func adopt(_ assignment: ShardAssignment, of shard: UInt32) -> Bool {
        guard assignment.version > assignments[Int(shard)].version else { return false }
        assignments[Int(shard)] = assignment
        return true
    }
}
