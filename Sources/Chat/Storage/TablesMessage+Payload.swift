extension TablesMessage {
    /// The kinds of the area's messages.
    enum Kind: UInt16, CaseIterable {
        case write = 832, written, scan, rows
    }

    /// The message packed.
    var payload: Payload {
        switch self {
        case .write(let request, let partition, let epoch, let contentBytes):
            Self.payload(.write, request, Payload.pair(partition, epoch), UInt64(contentBytes))
        case .written(let request, let isFenced): Self.payload(.written, request, isFenced ? 1 : 0)
        case .scan(let request, let range):
            Self.payload(
                .scan, request, range.places.lowerBound, range.places.upperBound,
                UInt64(range.partition) | UInt64(range.limit) << 32 | UInt64(range.table.rawValue) << 56
                    | (range.isBackwards ? 1 << 63 : 0))
        case .rows(let request, let count, let isComplete, let contentBytes):
            Self.payload(.rows, request, Payload.pair(count, isComplete ? 1 : 0), UInt64(contentBytes))
        }
    }

    /// Unpacks a message of the area.
    init(_ payload: Payload) {
        guard let kind = Kind(rawValue: payload.kind) else {
            preconditionFailure("no message about tables has kind \(payload.kind)")
        }
        let words = payload.words
        let content = payload.low(words.2)
        switch kind {
        case .write:
            self = .write(
                request: words.0, partition: payload.low(words.1), epoch: payload.high(words.1), contentBytes: content)
        case .written: self = .written(request: words.0, isFenced: words.1 != 0)
        case .scan:
            guard let table = StorageTable(rawValue: UInt8(words.3 >> 56 & 0x7f)) else {
                preconditionFailure("a scan of no table")
            }
            self = .scan(
                request: words.0,
                RowRange(
                    table, partition: payload.low(words.3), places: words.1...words.2,
                    limit: UInt32(words.3 >> 32 & 0xff_ffff), isBackwards: words.3 >> 63 != 0))
        case .rows:
            self = .rows(
                request: words.0, count: payload.low(words.1), isComplete: payload.high(words.1) != 0,
                contentBytes: content)
        }
    }

    private static func payload(
        _ kind: Kind, _ first: UInt64, _ second: UInt64, _ third: UInt64 = 0, _ fourth: UInt64 = 0
    ) -> Payload {
        Payload(kind: kind.rawValue, words: (first, second, third, fourth))
    }
}
