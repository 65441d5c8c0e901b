internal import Chat
internal import Invariants

/// Messages about which chat server is responsible for a user, in a few words.
struct BalancingText {
    let names: ScenarioNames

    /// What a message says that tells how a user moves; nothing if it is about connections and health.
    func text(of message: BalancingMessage) -> String? {
        switch message {
        case .owned(let user, let server): "chat_server.\(server + 1) owns \(names.name(of: user))"
        case .release(let user, _, _, _, _): "give up \(names.name(of: user))"
        case .released(let user): "gave up \(names.name(of: user))"
        case .kept(let user): "keep \(names.name(of: user))"
        case .moved(let id, let user, let server, _):
            "\(names.name(of: id)): \(names.name(of: user)) is on chat_server.\(server + 1)"
        case .adopt(let row): "adopt \(names.name(of: row.record.id)) for \(names.name(of: row.owner))"
        case .adopted(let id, _): "adopted \(names.name(of: id))"
        case .redirect(_, let server): "go to chat_server.\(server + 1)"
        case .claim(let user, _, _, _): "claim \(names.name(of: user))"
        case .rewind(_, let place): "go back to #\(place)"
        default: nil
        }
    }

    /// What a message about connections and health says.
    func connecting(_ message: BalancingMessage) -> String {
        switch message {
        case .resolveAnother(_, let rank): "which server? \(rank) are full"
        case .assignedAnother(_, let server, _): "chat_server.\(server + 1)"
        case .openAnother: "open, others are full"
        case .lastShown(_, let sequence, let id): "\(names.name(of: id)) is #\(sequence) here"
        case .healthCheck: "alive?"
        case .healthAnswer(_, _, let connections): "alive, \(connections) connections"
        case .membership(let version, _): "members, view \(version.rawValue >> 16)"
        case .claimed(_, let count, _, let token, _): "yours, \(count) rows, token \(token.rawValue >> 17)"
        default: text(of: message) ?? "\(message)"
        }
    }
}
