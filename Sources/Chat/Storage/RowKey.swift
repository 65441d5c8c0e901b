/// What a row is found by: its table, its partition key (the number of a user or of a thread), and its place among the rows of both.
/// Rows are kept in the order of their keys.
@frozen
public struct RowKey: Hashable, Sendable, Comparable {
    /// The table.
    public let table: StorageTable
    /// The number of the user, or of the thread where ``StorageTable/headerTable`` says so.
    public let partition: UInt32
    /// The place, such as that of a message in a mailbox.
    public let place: UInt64

    /// Names a row.
    @inlinable
    public init(_ table: StorageTable, partition: UInt32, place: UInt64) {
        self.table = table
        self.partition = partition
        self.place = place
    }

    /// The first key that there may be.
    public static let first = RowKey(.user, partition: 0, place: 0)
    /// The last key that there may be.
    public static let last = RowKey(.thread, partition: .max, place: .max)

    /// The logical shard, and with it the region, that rows of a partition key are in.
    @inlinable
    public static func logicalShard(ofPartition partition: UInt32) -> UInt32 {
        partition % Placement.logicalShards
    }

    /// Orders by table, then by partition key, then by place.
    @inlinable
    public static func < (left: RowKey, right: RowKey) -> Bool {
        guard left.table == right.table else { return left.table.rawValue < right.table.rawValue }
        return left.partition == right.partition ? left.place < right.place : left.partition < right.partition
    }
}
