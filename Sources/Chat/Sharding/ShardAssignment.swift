/// Who holds a logical shard. Every change has a greater version, which is the fencing token: who knows a greater one refuses
/// what is said under a smaller one.
@frozen
public struct ShardAssignment: Hashable, Sendable {
    /// Counts the changes, from one.
    public let version: UInt32
    /// The servers that hold it.
    public let members: ShardMembers

    /// An assignment.
    public init(version: UInt32, members: ShardMembers) {
        self.version = version
        self.members = members
    }
}
