import Chat

/// What was observed of connections and of the ownership of mailboxes.
struct BalancingRecord: Sendable {
    /// Observations of servers that hold as many connections as they may, or more.
    private(set) var limits: [Observation] = []
    /// Writes to mailboxes that have changed hands, in order of time.
    private(set) var writes: [MailboxOwners.Write] = []
    private var owners = MailboxOwners()

    mutating func observe(_ observation: Observation) {
        switch observation.kind {
        case .connectionsAtLimit: limits.append(observation)
        case .ownerTook: owners.took(observation)
        case .ownerWrote: if let write = owners.write(observation) { writes.append(write) }
        default: preconditionFailure("\(observation.kind) is not about balancing")
        }
    }
}
