/// What became of a scenario under one seed.
public struct SeedOutcome: Hashable, Sendable {
    /// An invariant that was violated though the scenario does not say so.
    public struct Failure: Hashable, Sendable {
        /// The name of the invariant.
        public let invariant: String
        /// The first violation, in words.
        public let sentence: String

        /// Describes a failure.
        public init(invariant: String, sentence: String) {
            self.invariant = invariant
            self.sentence = sentence
        }

        /// What this failure has in common with those of other seeds: the sentence without its numbers, times and names of messages.
        public var cause: String { FailureCause.text(of: sentence) }
    }

    /// The seed.
    public let seed: UInt64
    /// The digest of the run: 16 hexadecimal digits.
    public let digest: String
    /// How many events happened.
    public let events: UInt64
    /// What failed, in the order of the invariants.
    public let failures: [Failure]
    /// What the run came into: a number for each kind of situation, in ascending order.
    public let situations: [UInt64]

    /// Puts an outcome together.
    public init(seed: UInt64, digest: String, events: UInt64, failures: [Failure], situations: [UInt64]) {
        self.seed = seed
        self.digest = digest
        self.events = events
        self.failures = failures
        self.situations = situations
    }
}
