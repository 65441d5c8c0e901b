/// What storage servers and data nodes say about fragments of sealed files. Their words are attached.
@frozen
public enum ReplicationMessage: Hashable, Sendable {
    /// Keep this part of a fragment.
    case store(FragmentID)
    /// It is on the disk.
    case stored(FragmentID)
    /// Send a part of a fragment.
    case fetch(FragmentID)
    /// Here it is.
    case fetched(FragmentID)
    /// Is it there? Answered by ``stored(_:)`` or ``missing(_:)``.
    case check(FragmentID)
    /// It is not there.
    case missing(FragmentID)
}

extension ReplicationMessage {
    /// The kinds of payloads, from the area's first on. The numbers are part of the trace digest.
    enum Kind: UInt16, CaseIterable {
        case store = 0, stored, fetch, fetched, check, missing
    }

    static let kindBase = Payload.areaKindBase + 64 * UInt16(MessageArea.replication.rawValue - 1)

    /// The message packed.
    var payload: Payload {
        let (kind, id): (Kind, FragmentID) =
            switch self {
            case .store(let id): (.store, id)
            case .stored(let id): (.stored, id)
            case .fetch(let id): (.fetch, id)
            case .fetched(let id): (.fetched, id)
            case .check(let id): (.check, id)
            case .missing(let id): (.missing, id)
            }
        return Payload(kind: Self.kindBase + kind.rawValue, words: (id.word, 0, 0, 0))
    }

    /// Restores a message from its payload.
    ///
    /// - Precondition: ``payload`` made it.
    init(_ payload: Payload) {
        guard let kind = Kind(rawValue: payload.kind - Self.kindBase) else {
            preconditionFailure("no message about fragments has kind \(payload.kind)")
        }
        let id = FragmentID(word: payload.words.0)
        switch kind {
        case .store: self = .store(id)
        case .stored: self = .stored(id)
        case .fetch: self = .fetch(id)
        case .fetched: self = .fetched(id)
        case .check: self = .check(id)
        case .missing: self = .missing(id)
        }
    }
}
