extension CacheMessage {
    /// The kinds of the area's messages.
    enum Kind: UInt16, CaseIterable {
        case readRecent = 384, recent, recentRow, recentEnd
    }

    /// The message packed.
    var payload: Payload {
        switch self {
        case .readRecent(let device, let reading): Self.payload(.readRecent, device.word, UInt64(reading))
        case .recent(let device, let reading, let head):
            Self.payload(.recent, device.word, Payload.pair(UInt32(reading), head))
        case .recentRow(let recent):
            Payload(
                kind: Kind.recentRow.rawValue, recent.row,
                UInt32(recent.deviceIndex) | UInt32(recent.reading) << 8 | (recent.isConversation ? 1 << 24 : 0))
        case .recentEnd(let device, let reading, let messages, let conversations):
            Self.payload(
                .recentEnd, device.word, Payload.pair(UInt32(reading), UInt32(messages) | UInt32(conversations) << 16))
        }
    }

    /// Unpacks a message of the area.
    init(_ payload: Payload) {
        guard let kind = Kind(rawValue: payload.kind) else {
            preconditionFailure("no message about caches has kind \(payload.kind)")
        }
        let low = payload.low(payload.words.1)
        let high = payload.high(payload.words.1)
        switch kind {
        case .readRecent: self = .readRecent(payload.device, reading: UInt16(truncatingIfNeeded: low))
        case .recent: self = .recent(payload.device, reading: UInt16(truncatingIfNeeded: low), head: high)
        case .recentRow:
            self = .recentRow(
                RecentRow(
                    row: payload.row(of: ThreadPart(rawValue: 0)),
                    deviceIndex: UInt8(truncatingIfNeeded: payload.extra),
                    reading: UInt16(truncatingIfNeeded: payload.extra >> 8), isConversation: payload.extra >> 24 != 0))
        case .recentEnd:
            self = .recentEnd(
                payload.device, reading: UInt16(truncatingIfNeeded: low),
                messageCount: UInt16(truncatingIfNeeded: high),
                conversationCount: UInt16(truncatingIfNeeded: high >> 16))
        }
    }

    private static func payload(_ kind: Kind, _ first: UInt64, _ second: UInt64) -> Payload {
        Payload(kind: kind.rawValue, words: (first, second, 0, 0))
    }
}
