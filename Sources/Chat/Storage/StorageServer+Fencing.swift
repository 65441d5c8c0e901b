extension StorageServer {
    /// The fence of a partition key: the one that is being raised if there is one, else the header row's number.
    mutating func fence(_ header: RowKey) -> UInt32 {
        volatile.risingFences[header] ?? row(at: header)?.number ?? 0
    }

    /// Refuses what is behind a fence from now on. It becomes durable with the record that has the header row, before anyone is
    /// answered.
    ///
    /// - Returns: The fence.
    @discardableResult
    mutating func raiseFence(_ header: RowKey, to epoch: UInt32) -> UInt32 {
        let fence = max(fence(header), epoch)
        volatile.risingFences[header] = fence
        return fence
    }

    /// A row was written: if it is a header row, it is the fence now.
    mutating func settleFence(_ row: StoredRow) {
        guard row.isHeader, !volatile.risingFences.isEmpty, volatile.risingFences[row.key] == row.number else { return }
        volatile.risingFences[row.key] = nil
    }
}

extension StoredRow {
    /// Whether it is the header row of its partition key.
    var isHeader: Bool { place == 0 && table == table.headerTable }
}
