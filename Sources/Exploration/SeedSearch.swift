package import Chat
internal import Dispatch
internal import Experiment
public import Scenario
internal import Synchronization

/// Runs a scenario under many seeds, side by side, and sums up what became of it.
///
/// What comes out depends on the seeds alone: not on how many run at a time, nor on which ends first.
public struct SeedSearch: Sendable {
    /// How to search.
    public struct Options: Sendable {
        /// The seeds to run, in order.
        public var seeds: Range<UInt64>
        /// How many run at a time.
        public var jobs: Int
        /// Stop after so many seeds in a row that came into no new situation; zero for never.
        public var plateau: UInt64
        /// The bug to plant in the components, to see that it is found.
        package var mutant: Mutant?

        /// Puts options together.
        ///
        /// - Precondition: There is a job.
        public init(seeds: Range<UInt64>, jobs: Int, plateau: UInt64 = 0) {
            precondition(jobs >= 1, "no job, no seed")
            self.seeds = seeds
            self.jobs = jobs
            self.plateau = plateau
        }
    }

    private let runner: SeedRunner
    private let goals: ExplorationGoals
    private let options: Options

    /// A search over the seeds of a scenario.
    public init(_ scenario: Scenario, options: Options) {
        runner = SeedRunner(scenario, mutant: options.mutant)
        goals = ExplorationGoals(scenario)
        self.options = options
    }

    /// Runs the seeds.
    ///
    /// - Parameters:
    ///   - known: What became of seeds that were run before; they are part of the findings and not run again, but for the first, which
    ///     shows whether this program still gives what was stored.
    ///   - take: Is given the outcome of each seed that is run once it is part of the findings, in the order of the seeds, one at a time.
    ///   - shouldGoOn: Is asked often, on any thread, whether to go on.
    /// - Returns: What was found up to the end, or up to where it was told to stop.
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run, ``KnownSeedDiffers`` if a known seed gives something else now, or
    ///   whatever `known` or `take` throws.
    public func run(
        known: KnownSeeds = .none, take: @Sendable (SeedRecord, borrowing ExplorationFindings) throws -> Void,
        shouldGoOn: @Sendable () -> Bool
    ) throws -> ExplorationFindings {
        try confirm(known)
        let shared = Mutex(
            Progress(
                known: known, findings: ExplorationFindings(goals: goals), seeds: options.seeds,
                plateau: options.plateau))
        try shared.withLock { try $0.advance(take) }
        let claimed = Atomic<UInt64>(options.seeds.lowerBound)
        let isOver = Atomic<Bool>(shared.withLock { $0.isOver })
        DispatchQueue.concurrentPerform(iterations: options.jobs) { _ in
            while !isOver.load(ordering: .relaxed), shouldGoOn() {
                let seed = claimed.add(1, ordering: .relaxed).oldValue
                guard seed < options.seeds.upperBound else { return }
                if known.contains(seed) { continue }
                do {
                    guard
                        let record = try run(seed, while: { shouldGoOn() && !isOver.load(ordering: .relaxed) })
                    else { return }
                    try shared.withLock { try $0.add(record, take) }
                } catch {
                    shared.withLock { $0.fail(error) }
                }
                if shared.withLock({ $0.isOver }) { isOver.store(true, ordering: .relaxed) }
            }
        }
        return try shared.withLock { progress in
            if let error = progress.error { throw error }
            return progress.findings
        }
    }

    /// Runs a seed and measures how long it takes.
    private func run(_ seed: UInt64, while isWanted: () -> Bool) throws -> SeedRecord? {
        let clock = ContinuousClock()
        let start = clock.now
        var record = try runner.run(seed: seed, shouldGoOn: isWanted)
        record?.wallNanoseconds = UInt64(max(0, (clock.now - start) / .nanoseconds(1)))
        return record
    }

    /// Runs the first known seed again, to see whether it still gives what is known of it.
    private func confirm(_ known: KnownSeeds) throws {
        guard let seed = known.first(in: options.seeds) else { return }
        let stored = try known.record(of: seed).outcome.digest
        guard let digest = try runner.run(seed: seed, shouldGoOn: { true })?.outcome.digest, digest != stored else {
            return
        }
        throw KnownSeedDiffers(seed: seed, known: stored, digest: digest)
    }

    /// Outcomes that wait for those of earlier seeds, and what was found up to there.
    private struct Progress {
        private let known: KnownSeeds
        private let seeds: Range<UInt64>
        private let plateau: UInt64
        private(set) var findings: ExplorationFindings
        private(set) var error: (any Error)?
        /// Whether nothing more is to be run.
        private(set) var isOver = false
        private var next: UInt64
        private var waiting: [UInt64: SeedRecord] = [:]

        init(known: KnownSeeds, findings: ExplorationFindings, seeds: Range<UInt64>, plateau: UInt64) {
            self.known = known
            self.findings = findings
            self.seeds = seeds
            self.plateau = plateau
            next = seeds.lowerBound
        }

        /// Takes an outcome, and those that waited for it, in the order of the seeds.
        mutating func add(
            _ record: SeedRecord, _ take: (SeedRecord, borrowing ExplorationFindings) throws -> Void
        ) throws {
            waiting[record.outcome.seed] = record
            try advance(take)
        }

        /// Takes outcomes up to the first seed whose outcome there is not yet.
        mutating func advance(_ take: (SeedRecord, borrowing ExplorationFindings) throws -> Void) throws {
            while !isOver, next < seeds.upperBound {
                if let record = waiting.removeValue(forKey: next) {
                    findings.add(record)
                    try take(record, findings)
                } else if known.contains(next) {
                    findings.add(try known.record(of: next), isKnown: true)
                } else {
                    return
                }
                next += 1
                isOver = plateau > 0 && findings.seedsWithoutNews >= plateau
            }
        }

        /// Ends the search with an error; the first one counts.
        mutating func fail(_ error: any Error) {
            self.error = self.error ?? error
            isOver = true
        }
    }
}
