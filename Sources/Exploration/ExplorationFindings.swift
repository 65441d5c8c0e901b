/// What a search has found so far: a fold over the outcomes of seeds in their order.
public struct ExplorationFindings: Sendable {
    /// Failures that say the same, under whatever seed.
    public struct Group: Sendable {
        /// The invariant that was violated.
        public let invariant: String
        /// What the failures have in common.
        public let cause: String
        /// The first of them, in words.
        public let example: String
        /// The first seeds that failed so, at most ``ExplorationFindings/seedsKeptMax``.
        public internal(set) var seeds: [UInt64]
        /// How many seeds failed so.
        public internal(set) var count: UInt64
    }

    /// How many seeds of a group are named.
    public static let seedsKeptMax = 5

    /// What the search looks for.
    public let goals: ExplorationGoals
    /// How many seeds there are outcomes of.
    public private(set) var seedCount: UInt64 = 0
    /// How many of them an earlier search has run.
    public private(set) var knownSeedCount: UInt64 = 0
    /// How many seeds failed.
    public private(set) var failedSeedCount: UInt64 = 0
    /// How many events happened, under all seeds.
    public private(set) var eventCount: UInt64 = 0
    /// The failures, in the order in which they were first found.
    public private(set) var groups: [Group] = []
    /// Under how many seeds each of the goals occurred.
    public private(set) var reached: [UInt64]
    /// The first seed under which each goal occurred.
    public private(set) var firstReached: [UInt64?]
    /// How many seeds in a row have come into no situation that was new.
    public private(set) var seedsWithoutNews: UInt64 = 0
    private var situations: Set<UInt64> = []

    /// Nothing yet.
    public init(goals: ExplorationGoals) {
        self.goals = goals
        reached = Array(repeating: 0, count: goals.sometimes.count)
        firstReached = Array(repeating: nil, count: goals.sometimes.count)
    }

    /// How many different situations the runs came into.
    public var situationCount: Int { situations.count }

    /// The goals that did not occur.
    public var missed: [ExplorationGoals.Goal] {
        zip(goals.sometimes, reached).filter { $0.1 == 0 }.map(\.0)
    }

    /// Whether there is an outcome of some seed, no seed failed, and every goal occurred.
    public var passed: Bool { seedCount > 0 && failedSeedCount == 0 && missed.isEmpty }

    /// Adds the outcome of the next seed.
    ///
    /// - Parameters:
    ///   - record: The outcome.
    ///   - isKnown: Whether an earlier search has run the seed.
    public mutating func add(_ record: SeedRecord, isKnown: Bool = false) {
        let outcome = record.outcome
        seedCount += 1
        if isKnown { knownSeedCount += 1 }
        eventCount += outcome.events
        let before = situations.count
        situations.formUnion(outcome.situations)
        seedsWithoutNews = situations.count > before ? 0 : seedsWithoutNews + 1
        for (goal, isReached) in record.reached.enumerated() where isReached {
            reached[goal] += 1
            firstReached[goal] = firstReached[goal] ?? outcome.seed
        }
        if !outcome.failures.isEmpty { failedSeedCount += 1 }
        for failure in outcome.failures { add(failure, seed: outcome.seed) }
    }

    private mutating func add(_ failure: SeedOutcome.Failure, seed: UInt64) {
        let cause = failure.cause
        guard let place = groups.firstIndex(where: { $0.invariant == failure.invariant && $0.cause == cause }) else {
            groups.append(
                Group(
                    invariant: failure.invariant, cause: cause, example: failure.sentence, seeds: [seed], count: 1))
            return
        }
        groups[place].count += 1
        if groups[place].seeds.count < Self.seedsKeptMax { groups[place].seeds.append(seed) }
    }
}
