internal import Chat
internal import Invariants
internal import World

/// Observations of a run in a few words.
struct ObservationText {
    let names: ScenarioNames

    /// What an observation says, whoever made it; nothing of those that are reported unasked at the end of a run.
    ///
    /// - Parameter process: The process that made it: if that runs many devices, the text tells which of them it was.
    func words(of observation: Observation, by process: ProcessTable.Role) -> String? {
        guard let text = ofDevice(observation) else { return ofServer(observation) }
        guard case .block = process else { return text }
        return "\(names.name(of: observation.device)): \(text)"
    }

    /// What an observation says that a device made for its user to see; nothing for others.
    func ofDevice(_ observation: Observation) -> String? {
        let message = names.name(of: observation.message)
        switch observation.kind {
        case .sent: return "sends \(message)"
        case .displayed: return "shows \(message)\(observation.sequence > 0 ? " as #\(observation.sequence)" : "")"
        case .acknowledged: return "\(message) is acknowledged"
        case .failed: return "gives up \(message)"
        case .expired: return "misses what is not kept, up to #\(observation.sequence)"
        case .connected: return "online"
        case .disconnected: return "offline"
        case .recentAsked: return "wants to see what is recent"
        case .recentRead: return "has read what is recent"
        case .statusShown:
            guard let status = observation.shownStatus, status.source != .assumed else { return nil }
            return "shows \(names.name(of: observation.counterpart)) as \(status.isOnline ? "online" : "offline")"
        case .messageWalkBegan, .conversationWalkBegan: return "begins to read"
        case .pageRow: return "reads \(message)"
        case .pageWalkEnded: return "has read"
        case .mediaFetched: return "has the media of \(message)"
        case .assigned, .logged, .stored, .duplicateSuppressed, .held, .placed, .memberSince, .memberUpTo,
            .heldForThread, .connectionsAtLimit, .ownerTook, .ownerWrote, .failedLogged, .shardMoved, .readable,
            .shardCopy, .cameOnline, .wentOffline, .statusHidden, .cacheConfirmed, .recentMessage,
            .recentConversation, .mediaHeld, .kept:
            return nil
        }
    }

    private func ofServer(_ observation: Observation) -> String? {
        let message = names.name(of: observation.message)
        let user = names.name(of: observation.device.user)
        let place = observation.sequence
        switch observation.kind {
        case .assigned: return "\(message) is #\(place) of \(user)"
        case .logged: return "\(message) is on the log"
        case .stored: return "\(message) is stored for \(user)"
        case .failedLogged: return "\(message) is on the log of failed requests"
        case .duplicateSuppressed: return "\(message) again: suppressed"
        case .cacheConfirmed: return "\(message) is confirmed as #\(place) of \(user)"
        case .placed: return "\(message) has the place \(place) in its thread"
        case .memberSince: return "\(user) is a member from place \(place) on"
        case .memberUpTo: return "\(user) is a member up to place \(place)"
        case .ownerTook: return "chat_server.\(observation.counterpart.rawValue + 1) owns \(user)"
        case .ownerWrote: return "\(message) is written for \(user)"
        case .connectionsAtLimit: return "holds \(place) connections of \(observation.message.rawValue)"
        case .shardMoved:
            return "shard \(observation.device.user.rawValue) is at storage.\(observation.counterpart.rawValue + 1)"
        case .cameOnline: return "\(user) comes online"
        case .wentOffline: return "\(user) goes offline"
        case .recentMessage, .recentConversation: return "\(message) is in the answer"
        default: return nil
        }
    }
}
