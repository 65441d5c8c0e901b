/// Which rows a scan reads: those of one table and partition key whose place is in a range, in the order of places or against it.
@frozen
public struct RowRange: Hashable, Sendable {
    /// The most rows that one scan gives.
    public static let limitMax: UInt32 = 10_000

    /// The table.
    public let table: StorageTable
    /// The partition key.
    public let partition: UInt32
    /// The places.
    public let places: ClosedRange<UInt64>
    /// The most rows that are wanted.
    public let limit: UInt32
    /// Whether the last rows come first.
    public let isBackwards: Bool

    /// Describes a scan.
    ///
    /// - Precondition: `limit` is at most ``limitMax``.
    public init(
        _ table: StorageTable, partition: UInt32, places: ClosedRange<UInt64> = 0...UInt64.max, limit: UInt32,
        isBackwards: Bool = false
    ) {
        precondition(limit <= Self.limitMax, "a scan gives at most \(Self.limitMax) rows")
        self.table = table
        self.partition = partition
        self.places = places
        self.limit = limit
        self.isBackwards = isBackwards
    }

    /// The key at which the rows begin in the order of keys, whether or not there is such a row.
    var lowerBound: RowKey { RowKey(table, partition: partition, place: places.lowerBound) }
    /// The key at which they end.
    var upperBound: RowKey { RowKey(table, partition: partition, place: places.upperBound) }
}
