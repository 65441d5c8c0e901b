extension WireMessage {
    /// The bytes that carry any message, whatever it says: 40 of TCP/IP headers, 8 of a WebSocket frame header and 32 of
    /// encoded fields.
    public static let overheadBytes: UInt32 = 80
    /// The part of ``overheadBytes`` that is the header of a WebSocket frame.
    static let frameHeaderBytes: UInt32 = 8

    /// The bytes that the message takes on a link: ``overheadBytes``, and the content where the message carries it.
    public var sizeBytes: UInt32 {
        switch self {
        case .submit(let record), .forward(let record): return Self.size(of: record)
        case .push(let row, _), .pageRow(let row), .put(let row, _), .row(let row): return Self.size(of: row.record)
        case .pages(let message): return Self.size(ofContent: message.contentBytes)
        case .groups(let message): return Self.size(ofContent: message.contentBytes)
        case .media(let message): return Self.size(ofContent: message.contentBytes)
        case .cache(.recentRow(let recent)): return Self.size(of: recent.row.record)
        case .tables(let message): return Self.size(ofContent: message.contentBytes)
        case .polled(_, _, _, let contentBytes, _): return Self.size(ofContent: contentBytes)
        case .sharding(let message): return Self.size(ofContent: message.contentBytes)
        case .balancing(.adopt(let row)): return Self.size(of: row.record)
        default: return Self.overheadBytes
        }
    }

    private static func size(of record: MessageRecord) -> UInt32 {
        size(ofContent: record.contentBytes)
    }

    private static func size(ofContent contentBytes: UInt32) -> UInt32 {
        let (sum, overflow) = contentBytes.addingReportingOverflow(overheadBytes)
        return overflow ? .max : sum
    }
}
