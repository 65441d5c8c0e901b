/// What became of a seed, which of the search's goals occurred under it, and how long it took.
public struct SeedRecord: Hashable, Sendable {
    /// What became of it.
    public let outcome: SeedOutcome
    /// Whether each goal of ``ExplorationGoals/sometimes`` occurred.
    public let reached: [Bool]
    /// How much real time it took, in nanoseconds.
    public var wallNanoseconds: UInt64

    /// Puts a record together.
    public init(outcome: SeedOutcome, reached: [Bool], wallNanoseconds: UInt64 = 0) {
        self.outcome = outcome
        self.reached = reached
        self.wallNanoseconds = wallNanoseconds
    }
}
