import Chat

/// What was observed of connections and of the ownership of mailboxes.
struct BalancingRecord: Sendable {
    /// An accepted write to a mailbox that has changed hands.
    struct Write: Sendable {
        let message: MessageID
        let user: UserID
        /// The number of the chat server that wrote.
        let writer: UInt32
        /// The latest owner at that time, and since when, in nanoseconds.
        let owner: UInt32
        let ownedSinceNanoseconds: UInt64
        let timeNanoseconds: UInt64
        /// Whether the writer's token is the latest owner's.
        let isOfOwner: Bool
    }

    /// Who owns a mailbox.
    private struct Owner: Sendable {
        var server: UInt32
        var token: UInt32
        var sinceNanoseconds: UInt64
        var hasMoved: Bool
    }

    /// Observations of servers that hold as many connections as they may, or more.
    private(set) var limits: [Observation] = []
    /// Writes to mailboxes that have changed hands, in order of time.
    private(set) var writes: [Write] = []
    private var owners: [UserID: Owner] = [:]

    mutating func observe(_ observation: Observation) {
        switch observation.kind {
        case .connectionsAtLimit: limits.append(observation)
        case .ownerTook: ownerTook(observation)
        case .ownerWrote: ownerWrote(observation)
        default: preconditionFailure("\(observation.kind) is not about balancing")
        }
    }

    private mutating func ownerTook(_ observation: Observation) {
        let user = observation.device.user
        let before = owners[user]
        guard observation.sequence > before?.token ?? 0 else { return }
        let server = observation.counterpart.rawValue
        owners[user] = Owner(
            server: server, token: observation.sequence, sinceNanoseconds: observation.timeNanoseconds,
            hasMoved: before.map { $0.hasMoved || $0.server != server } ?? false)
    }

    private mutating func ownerWrote(_ observation: Observation) {
        guard let owner = owners[observation.device.user], owner.hasMoved else { return }
        writes.append(
            Write(
                message: observation.message, user: observation.device.user, writer: observation.counterpart.rawValue,
                owner: owner.server, ownedSinceNanoseconds: owner.sinceNanoseconds,
                timeNanoseconds: observation.timeNanoseconds, isOfOwner: observation.sequence == owner.token))
    }
}
