internal import Dispatch
public import Experiment
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
        runner = SeedRunner(scenario)
        goals = ExplorationGoals(scenario)
        self.options = options
    }

    /// Runs the seeds.
    ///
    /// - Parameters:
    ///   - known: What became of seeds that were run before; they are not run again.
    ///   - take: Is given each outcome once it is part of the findings, in the order of the seeds, one at a time.
    ///   - shouldGoOn: Is asked often, on any thread, whether to go on.
    /// - Returns: What was found up to the end, or up to where it was told to stop.
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run, or whatever `take` throws.
    public func run(
        known: [SeedRecord] = [], take: @Sendable (SeedRecord, borrowing ExplorationFindings) throws -> Void,
        shouldGoOn: @Sendable () -> Bool
    ) throws -> ExplorationFindings {
        let shared = Mutex(Progress(findings: ExplorationFindings(goals: goals), next: options.seeds.lowerBound))
        let knownBySeed = Dictionary(known.map { ($0.outcome.seed, $0) }, uniquingKeysWith: { first, _ in first })
        let claimed = Atomic<UInt64>(options.seeds.lowerBound)
        let isOver = Atomic<Bool>(false)
        DispatchQueue.concurrentPerform(iterations: options.jobs) { _ in
            while !isOver.load(ordering: .relaxed), shouldGoOn() {
                let seed = claimed.add(1, ordering: .relaxed).oldValue
                guard seed < options.seeds.upperBound else { return }
                do {
                    let record: SeedRecord
                    if let known = knownBySeed[seed] {
                        record = known
                    } else {
                        guard
                            let ran = try runner.run(
                                seed: seed,
                                shouldGoOn: { shouldGoOn() && !isOver.load(ordering: .relaxed) })
                        else { return }
                        record = ran
                    }
                    let goesOn = try shared.withLock { progress in
                        try progress.take(record, plateau: options.plateau, take)
                    }
                    if !goesOn { isOver.store(true, ordering: .relaxed) }
                } catch {
                    shared.withLock { $0.error = $0.error ?? error }
                    isOver.store(true, ordering: .relaxed)
                }
            }
        }
        return try shared.withLock { progress in
            if let error = progress.error { throw error }
            return progress.findings
        }
    }

    /// Outcomes that wait for those of earlier seeds, and what was found up to there.
    private struct Progress {
        var findings: ExplorationFindings
        var next: UInt64
        var waiting: [UInt64: SeedRecord] = [:]
        var error: (any Error)?
        var isOver = false

        init(findings: ExplorationFindings, next: UInt64) {
            self.findings = findings
            self.next = next
        }

        /// Takes an outcome, and those that waited for it, in the order of the seeds.
        ///
        /// - Returns: Whether to go on.
        mutating func take(
            _ record: SeedRecord, plateau: UInt64,
            _ take: (SeedRecord, borrowing ExplorationFindings) throws -> Void
        ) throws -> Bool {
            waiting[record.outcome.seed] = record
            while !isOver, let following = waiting.removeValue(forKey: next) {
                next += 1
                findings.add(following)
                try take(following, findings)
                isOver = plateau > 0 && findings.seedsWithoutNews >= plateau
            }
            return !isOver
        }
    }
}
