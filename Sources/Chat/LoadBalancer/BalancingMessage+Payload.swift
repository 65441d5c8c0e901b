extension BalancingMessage {
    /// The kinds on the wire; see ``Payload/areaKindBase``. The numbers are part of the trace digest.
    enum Kind: UInt16, CaseIterable {
        case resolveAnother = 704, assignedAnother, openAnother, redirect, healthCheck, healthAnswer, membership
        case claim, claimed, owned, release, released, kept, moved, adopt, adopted
        case lastShown, rewind
    }
}

extension Payload {
    /// Packs a message.
    init(_ message: BalancingMessage) {
        switch message {
        case .resolveAnother(let device, let rank):
            self.init(BalancingMessage.Kind.resolveAnother, device.word, UInt64(rank))
        case .assignedAnother(let device, let server, let rank):
            self.init(.assignedAnother, device.word, Self.pair(server, rank))
        case .openAnother(let device, let rank): self.init(.openAnother, device.word, UInt64(rank))
        case .redirect(let device, let server): self.init(.redirect, device.word, UInt64(server))
        case .lastShown(let device, let sequence, let id):
            self.init(.lastShown, device.word, UInt64(sequence), id.rawValue)
        case .rewind(let device, let sequence): self.init(.rewind, device.word, UInt64(sequence))
        case .healthCheck(let version): self.init(.healthCheck, version.rawValue)
        case .healthAnswer(let server, let version, let connections):
            self.init(.healthAnswer, version.rawValue, Self.pair(server, connections))
        case .membership(let version, let source): self.init(.membership, version.rawValue, UInt64(source))
        case .claim(let user, let server, let previous, let limit):
            self.init(.claim, Self.pair(user.rawValue, server), Self.pair(previous, limit))
        case .claimed(let user, let count, let head, let token, let isContinued):
            self.init(
                .claimed, Self.pair(user.rawValue, count), Self.pair(head, token.rawValue), isContinued ? 1 : 0)
        case .owned(let user, let server): self.init(.owned, Self.pair(user.rawValue, server))
        case .release(let user, let server, let version, let rank, let forDevice):
            self.init(
                .release, Self.pair(user.rawValue, server), version.rawValue, UInt64(rank) << 1 | (forDevice ? 1 : 0))
        case .released(let user): self.init(.released, UInt64(user.rawValue))
        case .kept(let user): self.init(.kept, UInt64(user.rawValue))
        case .moved(let id, let user, let server, let isHandedOver):
            self.init(.moved, id.rawValue, Self.pair(user.rawValue, server), isHandedOver ? 1 : 0)
        case .adopt(let row): self.init(kind: BalancingMessage.Kind.adopt.rawValue, words: Payload(.row, row).words)
        case .adopted(let id, let user): self.init(.adopted, id.rawValue, UInt64(user.rawValue))
        }
    }

    /// Unpacks a message of this area.
    var balancingMessage: BalancingMessage {
        guard let kind = BalancingMessage.Kind(rawValue: kind) else {
            preconditionFailure("no message about balancing has kind \(kind)")
        }
        switch kind {
        case .resolveAnother: return .resolveAnother(device, rank: low(words.1))
        case .assignedAnother: return .assignedAnother(device, chatServer: low(words.1), rank: high(words.1))
        case .openAnother: return .openAnother(device, rank: low(words.1))
        case .redirect: return .redirect(device, chatServer: low(words.1))
        case .lastShown: return .lastShown(device, sequence: low(words.1), MessageID(rawValue: words.2))
        case .rewind: return .rewind(device, to: low(words.1))
        case .healthCheck: return .healthCheck(version(words.0))
        case .healthAnswer:
            return .healthAnswer(server: low(words.1), version: version(words.0), connections: high(words.1))
        case .membership: return .membership(version(words.0), from: low(words.1))
        case .claim:
            return .claim(user, server: high(words.0), previous: low(words.1), limit: high(words.1))
        case .claimed:
            return .claimed(
                user, count: high(words.0), head: low(words.1), token: FencingToken(rawValue: high(words.1)),
                isContinued: words.2 != 0)
        case .owned: return .owned(user, by: high(words.0))
        case .release:
            return .release(
                user, to: high(words.0), version: version(words.1), rank: UInt16(truncatingIfNeeded: words.2 >> 1),
                forDevice: words.2 & 1 != 0)
        case .released: return .released(user)
        case .kept: return .kept(user)
        case .moved:
            return .moved(
                MessageID(rawValue: words.0), UserID(low(words.1)), to: high(words.1), isHandedOver: words.2 != 0)
        case .adopt: return .adopt(row)
        case .adopted: return .adopted(MessageID(rawValue: words.0), UserID(low(words.1)))
        }
    }

    private init(_ kind: BalancingMessage.Kind, _ first: UInt64, _ second: UInt64 = 0, _ third: UInt64 = 0) {
        self.init(kind: kind.rawValue, words: (first, second, third, 0))
    }

    private func version(_ word: UInt64) -> MembershipVersion { MembershipVersion(rawValue: word) }
}
