extension StorageServer {
    /// Handles a request about rows of any table.
    mutating func receive(
        _ message: TablesMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, _ port: UInt32,
        outbox: inout Outbox
    ) {
        switch message {
        case .write(let request, let partition, let epoch, _):
            let rows = TablesMessage.rows(in: words)
            precondition(!rows.isEmpty, "a batch has rows")
            write(
                rows, partition: partition, epoch: epoch, request: request, message, from: source, port, outbox: &outbox
            )
        case .scan(let request, let range):
            var rows: [StoredRow] = []
            // One more than is wanted tells whether there are more.
            scan(range, rowsMax: Int(range.limit) + 1) { rows.append($0) }
            let isComplete = rows.count <= Int(range.limit)
            if !isComplete { rows.removeLast() }
            outbox.sendRows(rows, request: request, isComplete: isComplete, to: source, fromPort: port)
        case .written, .rows: preconditionFailure("a storage server is never sent \(message)")
        }
    }

    private mutating func write(
        _ rows: [StoredRow], partition: UInt32, epoch: UInt32, request: UInt64, _ message: TablesMessage,
        from source: Address, _ port: UInt32, outbox: inout Outbox
    ) {
        let header = RowKey(rows[0].table.headerTable, partition: partition, place: 0)
        precondition(
            rows.allSatisfy { $0.partition == partition && $0.table.headerTable == header.table },
            "a batch has rows of one partition key")
        guard epoch == 0 || epoch >= fence(header) else {
            outbox.send(.tables(.written(request: request, isFenced: true)), to: source, fromPort: port)
            return
        }
        var rows = rows
        for index in rows.indices where rows[index].isHeader {
            // A fence never goes down, whatever the row says.
            rows[index].number = max(rows[index].number, fence(header))
            raiseFence(header, to: rows[index].number)
        }
        append(.batch(rows), for: .tables(message), from: source, port, outbox: &outbox)
    }
}
