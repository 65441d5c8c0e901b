extension MediaMessage {
    /// The kinds of payloads, from the area's first on. The numbers are part of the trace digest.
    enum Kind: UInt16, CaseIterable {
        case upload = 576, uploaded, download, downloaded, missing
    }

    /// The message packed.
    var payload: Payload {
        switch self {
        case .upload(let id, let bytes): Self.payload(.upload, id, bytes)
        case .uploaded(let id): Self.payload(.uploaded, id)
        case .download(let id): Self.payload(.download, id)
        case .downloaded(let id, let bytes): Self.payload(.downloaded, id, bytes)
        case .missing(let id): Self.payload(.missing, id)
        }
    }

    /// Unpacks a message of the area.
    init(_ payload: Payload) {
        guard let kind = Kind(rawValue: payload.kind) else {
            preconditionFailure("no message about media has kind \(payload.kind)")
        }
        let id = MessageID(rawValue: payload.words.0)
        switch kind {
        case .upload: self = .upload(id, bytes: payload.low(payload.words.1))
        case .uploaded: self = .uploaded(id)
        case .download: self = .download(id)
        case .downloaded: self = .downloaded(id, bytes: payload.low(payload.words.1))
        case .missing: self = .missing(id)
        }
    }

    private static func payload(_ kind: Kind, _ id: MessageID, _ bytes: UInt32 = 0) -> Payload {
        Payload(kind: kind.rawValue, words: (id.rawValue, UInt64(bytes), 0, 0))
    }
}
