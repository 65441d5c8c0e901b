/// The six tables of a storage server: its regions, which are made when a row of theirs is first written.
struct Tables: Sendable {
    private static let none = UInt16.max

    /// The index of each logical shard's region.
    private var indexOfShard = Array(repeating: Self.none, count: Int(Placement.logicalShards))
    /// The regions, in the order in which they were made.
    private(set) var regions: [Region] = []

    /// The row with a key; nothing if there is none.
    func row(at key: RowKey) -> StoredRow? {
        region(ofPartition: key.partition)?.row(at: key)
    }

    /// The rows of a range, at most as many as it says, in its direction.
    ///
    /// - Parameter rowsMax: The most rows, if it is not the limit of the range.
    func scan(_ range: RowRange, rowsMax: Int? = nil, _ body: (StoredRow) -> Void) {
        region(ofPartition: range.partition)?.scan(range, rowsMax: rowsMax ?? Int(range.limit), body)
    }

    /// The last place of a partition key in a table; zero if there is none.
    func lastPlace(_ table: StorageTable, partition: UInt32) -> UInt64 {
        var last: UInt64 = 0
        scan(RowRange(table, partition: partition, limit: 1, isBackwards: true)) { last = $0.place }
        return last
    }

    /// Makes the changes of a log record.
    mutating func apply(_ record: LogRecord) {
        let index = indexOfRegion(ofLogicalShard: record.logicalShard)
        switch record {
        case .mailbox(let row):
            regions[index].memstore.put(StoredRow(message: row))
            regions[index].memstore.put(StoredRow(indexOf: row))
            let contact = StoredRow(contactOf: row)
            // A write that is repeated late must not hide a newer message.
            if regions[index].row(at: contact.key).map({ $0.number <= contact.number }) ?? true {
                regions[index].memstore.put(contact)
            }
        case .batch(let rows):
            for row in rows { regions[index].memstore.put(row) }
        case .drop(let shard): regions[index] = Region(logicalShard: shard)
        }
    }

    /// The region of a logical shard, if it has rows.
    func region(ofLogicalShard shard: UInt32) -> Region? {
        let index = indexOfShard[Int(shard)]
        return index == Self.none ? nil : regions[Int(index)]
    }

    private func region(ofPartition partition: UInt32) -> Region? {
        region(ofLogicalShard: RowKey.logicalShard(ofPartition: partition))
    }

    private mutating func indexOfRegion(ofLogicalShard shard: UInt32) -> Int {
        if indexOfShard[Int(shard)] == Self.none {
            indexOfShard[Int(shard)] = UInt16(regions.count)
            regions.append(Region(logicalShard: shard))
        }
        return Int(indexOfShard[Int(shard)])
    }
}
