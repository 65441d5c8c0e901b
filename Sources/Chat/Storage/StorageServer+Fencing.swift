extension StorageServer {
    /// The fence of a partition key: the one that is being raised if there is one, else the header row's number.
    func fence(_ header: RowKey) -> UInt32 {
        volatile.risingFences[header] ?? row(at: header)?.number ?? 0
    }

    /// Refuses what is behind a fence from now on. It becomes durable with the record that has the header row, before anyone is
    /// answered.
    mutating func raiseFence(_ header: RowKey, to epoch: UInt32) {
        volatile.risingFences[header] = max(fence(header), epoch)
    }

    /// The header rows among rows that were written are the fences now.
    mutating func settleFences(_ rows: [StoredRow]) {
        for row in rows where row.isHeader && volatile.risingFences[row.key] == row.number {
            volatile.risingFences[row.key] = nil
        }
    }
}

extension StoredRow {
    /// Whether it is the header row of its partition key.
    var isHeader: Bool { place == 0 && table == table.headerTable }
}
