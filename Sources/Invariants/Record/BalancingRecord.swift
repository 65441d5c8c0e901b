import Chat

/// What was observed of connections and of the ownership of users.
struct BalancingRecord: Sendable {
    /// Observations of servers that hold as many connections as they may, or more.
    private(set) var limits: [Observation] = []

    mutating func observe(_ observation: Observation) {
        limits.append(observation)
    }
}
