/// What a storage server must know to have shards that change hands.
public struct ShardSeat: Hashable, Sendable {
    /// Which of the storage servers it is, from zero.
    public let number: UInt32
    /// Where the others and the coordinator are.
    public let placement: Placement
    /// What is the same for all.
    public let configuration: ShardingConfiguration

    /// A place among the storage servers.
    public init(number: UInt32, placement: Placement, configuration: ShardingConfiguration) {
        self.number = number
        self.placement = placement
        self.configuration = configuration
    }
}
