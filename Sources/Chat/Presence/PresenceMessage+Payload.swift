extension Payload {
    /// The kinds of the area. The numbers are part of the trace digest.
    enum PresenceKind: UInt16, CaseIterable {
        case pull = 256, statuses, status, query, answer, changed
    }

    /// Whether a kind is one of the area.
    public static func isPresence(_ kind: UInt16) -> Bool {
        kind >= PresenceKind.pull.rawValue && kind <= PresenceKind.changed.rawValue
    }

    init(_ message: PresenceMessage) {
        switch message {
        case .pull(let device, let reason, let count, let chat):
            self.init(.pull, device: device, reason, count, chat)
        case .statuses(let device, let reason, let count, let chat):
            self.init(.statuses, device: device, reason, count, chat)
        case .status(let user, let isOnline): self.init(.status, UInt64(user.rawValue), isOnline ? 1 : 0)
        case .query(let pull, let part, let count): self.init(.query, pull, Self.pair(part, count))
        case .answer(let pull, let part, let online): self.init(.answer, pull, UInt64(part), online)
        case .changed(let user, let isOnline, let count):
            self.init(.changed, UInt64(user.rawValue), Self.pair(isOnline ? 1 : 0, count))
        }
    }

    var presenceMessage: PresenceMessage {
        guard let kind = PresenceKind(rawValue: kind) else { preconditionFailure("no message has kind \(kind)") }
        switch kind {
        case .pull: return .pull(device, reason, friendCount: low(words.1), chat: chat)
        case .statuses: return .statuses(device, reason, friendCount: low(words.1), chat: chat)
        case .status: return .status(user, isOnline: words.1 != 0)
        case .query: return .query(pull: words.0, part: low(words.1), count: high(words.1))
        case .answer: return .answer(pull: words.0, part: low(words.1), online: words.2)
        case .changed: return .changed(user, isOnline: low(words.1) != 0, count: high(words.1))
        }
    }

    private init(_ kind: PresenceKind, _ first: UInt64, _ second: UInt64, _ third: UInt64 = 0) {
        self.init(kind: kind.rawValue, words: (first, second, third, 0))
    }

    private init(
        _ kind: PresenceKind, device: DeviceID, _ reason: PullReason, _ count: UInt32, _ chat: UserID?
    ) {
        self.init(
            kind, device.word | UInt64(reason.rawValue) << 40, Self.pair(count, chat?.rawValue ?? 0),
            chat == nil ? 0 : 1)
    }

    private var chat: UserID? { words.2 == 0 ? nil : UserID(high(words.1)) }

    private var reason: PullReason {
        guard let reason = PullReason(rawValue: UInt8(truncatingIfNeeded: words.0 >> 40)) else {
            preconditionFailure("a pull has one of \(PullReason.allCases.count) reasons")
        }
        return reason
    }
}
