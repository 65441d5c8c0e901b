/// Requests to a storage server about rows of any table, and their answers. The rows themselves are attached:
/// ``Outbox/sendWrite(_:request:epoch:to:fromPort:)`` puts a batch together, ``rows(in:)`` takes the rows of an answer apart.
///
/// A request carries a word of the sender's own that comes back with the answer. A request that is not answered may be repeated: to write
/// the same rows again changes nothing.
@frozen
public enum TablesMessage: Hashable, Sendable {
    /// Write the attached rows, all of one `partition` key in tables with the same header table, as one batch: after a crash all or none
    /// of them are there. Rows from an `epoch` below the fence of the partition key are refused; zero is never refused. A header
    /// row in the batch raises the fence to its `number`. `contentBytes` is the size of all contents.
    case write(request: UInt64, partition: UInt32, epoch: UInt32, contentBytes: UInt32)
    /// The batch is durable, and reads see it; or it was refused because the writer's epoch is fenced off.
    case written(request: UInt64, isFenced: Bool)
    /// Send the rows of a range that are durable now.
    case scan(request: UInt64, RowRange)
    /// They are attached, if there are any: `count` rows in the order of the range. `isComplete` tells that there are no more of them
    /// than its limit. `contentBytes` is the size of all contents, which travel with them.
    case rows(request: UInt64, count: UInt32, isComplete: Bool, contentBytes: UInt32)

    /// The rows that are attached to a message.
    public static func rows(in words: UnsafeBufferPointer<UInt64>) -> [StoredRow] {
        precondition(words.count % StoredRow.wordCount == 0, "\(words.count) words are no whole rows")
        return stride(from: 0, to: words.count, by: StoredRow.wordCount).map { StoredRow(words: words, at: $0) }
    }

    /// The bytes of the message beside its overhead and its attachment.
    var contentBytes: UInt32 {
        switch self {
        case .write(_, _, _, let bytes), .rows(_, _, _, let bytes): bytes
        case .written, .scan: 0
        }
    }
}

extension Outbox {
    /// Asks for a batch of rows to be written by the storage server at an address.
    ///
    /// - Parameter epoch: Which life of the owner writes; zero for a write that no fence refuses.
    /// - Precondition: There are 1 to ``RowRange/limitMax`` rows, of one partition key.
    public mutating func sendWrite(
        _ rows: [StoredRow], request: UInt64, epoch: UInt32, to address: Address, fromPort: UInt32 = 0
    ) {
        precondition((1...Int(RowRange.limitMax)).contains(rows.count), "a batch of \(rows.count) rows")
        let message = TablesMessage.write(
            request: request, partition: rows[0].partition, epoch: epoch, contentBytes: rows.contentBytes)
        send(.tables(message), to: address, fromPort: fromPort, attachment: rows.words)
    }

    /// Answers a scan.
    mutating func sendRows(
        _ rows: [StoredRow], request: UInt64, isComplete: Bool, to address: Address, fromPort: UInt32
    ) {
        let message = WireMessage.tables(
            .rows(
                request: request, count: UInt32(rows.count), isComplete: isComplete, contentBytes: rows.contentBytes))
        if rows.isEmpty {
            send(message, to: address, fromPort: fromPort)
        } else {
            send(message, to: address, fromPort: fromPort, attachment: rows.words)
        }
    }
}

extension [StoredRow] {
    /// The size of all contents, as far as 32 bits go.
    var contentBytes: UInt32 {
        UInt32(clamping: reduce(UInt64(0)) { $0 + UInt64($1.contentBytes) })
    }

    /// The rows in the words of an attachment.
    var words: [UInt64] {
        var words: [UInt64] = []
        words.reserveCapacity(count * StoredRow.wordCount)
        for row in self { row.append(to: &words) }
        return words
    }
}
