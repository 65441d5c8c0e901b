/// What became of a seed, and which of the search's goals occurred under it.
public struct SeedRecord: Hashable, Sendable {
    /// What became of it.
    public let outcome: SeedOutcome
    /// Whether each goal of ``ExplorationGoals/sometimes`` occurred.
    public let reached: [Bool]

    /// Puts a record together.
    public init(outcome: SeedOutcome, reached: [Bool]) {
        self.outcome = outcome
        self.reached = reached
    }
}
