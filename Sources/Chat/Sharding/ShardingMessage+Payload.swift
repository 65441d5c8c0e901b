extension ShardingMessage {
    /// The kinds of payloads, from the area's first on. The numbers are part of the trace digest.
    enum Kind: UInt16, CaseIterable {
        case moved = 0, lookUp, relayed, heartbeat, whatIsMine, assignments, assign, assigned, bring, caughtUp
        case probe, probed, copy, copied, append, appended, superseded
    }

    static let kindBase = Payload.areaKindBase + 64 * UInt16(MessageArea.sharding.rawValue - 1)

    /// The message as a payload. One that has an attachment leaves the last word zero.
    var payload: Payload {
        switch self {
        case .moved(let shard, let server, let version): Self.pack(.moved, shard, version, UInt64(server))
        case .lookUp(let shard): Self.pack(.lookUp, shard, 0)
        case .relayed(let source): Self.pack(.relayed, source.process, source.port)
        case .heartbeat(let server, let told): Self.pack(.heartbeat, server, 0, told)
        case .whatIsMine(let server): Self.pack(.whatIsMine, server, 0)
        case .assignments(let told): Self.pack(.assignments, 0, 0, told)
        case .assign(let shard, let assignment):
            Self.pack(.assign, shard, assignment.version, assignment.members.word)
        case .assigned(let shard, let version, let server): Self.pack(.assigned, shard, version, UInt64(server))
        case .bring(let shard, let version, let target, let replaces):
            Self.pack(.bring, shard, version, Payload.pair(target, replaces.map { $0 + 1 } ?? 0))
        case .caughtUp(let shard, let version, let target): Self.pack(.caughtUp, shard, version, UInt64(target))
        case .probe(let shard, let version, let position):
            Self.pack(.probe, shard, version, position.number, position.hash)
        case .probed(let shard, let version, let matches): Self.pack(.probed, shard, version, matches ? 1 : 0)
        case .copy(let shard, let version, let chunk, let start, let isLast, let bytes):
            Self.pack(.copy, shard, version, Payload.pair(chunk, bytes), start << 1 | (isLast ? 1 : 0))
        case .copied(let shard, let version, let chunk, let start):
            Self.pack(.copied, shard, version, UInt64(chunk), start)
        case .append(let shard, let version, let first, let count, let bytes):
            Self.pack(.append, shard, version, first, Payload.pair(UInt32(count), bytes))
        case .appended(let shard, let version, let last): Self.pack(.appended, shard, version, last)
        case .superseded(let shard, let version): Self.pack(.superseded, shard, version)
        }
    }

    /// Restores a message from its payload.
    ///
    /// - Precondition: ``payload`` made it.
    init(_ payload: Payload) {
        guard let kind = Kind(rawValue: payload.kind - Self.kindBase) else {
            preconditionFailure("no message about shards has kind \(payload.kind)")
        }
        let words = payload.words
        let shard = payload.low(words.0)
        let version = payload.high(words.0)
        switch kind {
        case .moved: self = .moved(shard: shard, server: payload.low(words.1), version: version)
        case .lookUp: self = .lookUp(shard: shard)
        case .relayed: self = .relayed(source: Address(process: shard, port: version))
        case .heartbeat: self = .heartbeat(server: shard, toldNanoseconds: words.1)
        case .whatIsMine: self = .whatIsMine(server: shard)
        case .assignments: self = .assignments(toldNanoseconds: words.1)
        case .assign:
            self = .assign(shard: shard, ShardAssignment(version: version, members: ShardMembers(word: words.1)))
        case .assigned: self = .assigned(shard: shard, version: version, server: payload.low(words.1))
        case .bring:
            let replaces = payload.high(words.1)
            self = .bring(
                shard: shard, version: version, target: payload.low(words.1),
                replaces: replaces == 0 ? nil : replaces - 1)
        case .caughtUp: self = .caughtUp(shard: shard, version: version, target: payload.low(words.1))
        case .probe:
            self = .probe(shard: shard, version: version, ShardPosition(number: words.1, hash: words.2))
        case .probed: self = .probed(shard: shard, version: version, matches: words.1 != 0)
        case .copy:
            self = .copy(
                shard: shard, version: version, chunk: payload.low(words.1), start: words.2 >> 1,
                isLast: words.2 & 1 != 0, contentBytes: payload.high(words.1))
        case .copied:
            self = .copied(shard: shard, version: version, chunk: payload.low(words.1), start: words.2)
        case .append:
            self = .append(
                shard: shard, version: version, first: words.1, count: UInt16(truncatingIfNeeded: words.2),
                contentBytes: payload.high(words.2))
        case .appended: self = .appended(shard: shard, version: version, last: words.1)
        case .superseded: self = .superseded(shard: shard, version: version)
        }
    }

    private static func pack(
        _ kind: Kind, _ low: UInt32, _ high: UInt32, _ second: UInt64 = 0, _ third: UInt64 = 0
    ) -> Payload {
        Payload(kind: kindBase + kind.rawValue, words: (Payload.pair(low, high), second, third, 0))
    }
}
