package import Chat
internal import Experiment
internal import Reporting
public import Scenario

/// Runs a scenario under one seed after another.
public struct SeedRunner: Sendable {
    private let scenario: Scenario
    private let goals: ExplorationGoals
    private var options = Experiment.Options()

    /// A runner of a scenario; its own seed does not matter.
    public init(_ scenario: Scenario) {
        self.scenario = scenario
        goals = ExplorationGoals(scenario)
    }

    /// A runner of a scenario in whose components a bug is planted.
    package init(_ scenario: Scenario, mutant: Mutant?) {
        self.init(scenario)
        options.mutant = mutant
    }

    /// Runs a seed.
    ///
    /// - Returns: What became of it, and which of the goals occurred; nothing if it was told to stop before the end.
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run.
    public func run(seed: UInt64, shouldGoOn: () -> Bool) throws -> SeedRecord? {
        guard var experiment = try experiment(seed: seed, shouldGoOn: shouldGoOn) else { return nil }
        var isStopped = false
        experiment.run { _ in
            isStopped = !shouldGoOn()
            return !isStopped
        }
        guard !isStopped else { return nil }
        let verdicts = experiment.verdicts()
        let failures = verdicts.compactMap { verdict -> SeedOutcome.Failure? in
            guard verdict.verdict == "violated", !goals.mayBeViolated.contains(verdict.name) else { return nil }
            return SeedOutcome.Failure(invariant: verdict.name, sentence: verdict.firstViolation ?? "")
        }
        let reached = experiment.reached(goals.sometimes.lazy.map(\.situation), verdicts: verdicts)
        let outcome = SeedOutcome(
            seed: seed, digest: experiment.digest, events: experiment.eventCount, failures: failures,
            situations: Situations.of(verdicts, experiment.metrics))
        return SeedRecord(outcome: outcome, reached: reached)
    }

    /// The experiment before its run; nothing if it was told to stop while the world was built.
    private func experiment(seed: UInt64, shouldGoOn: () -> Bool) throws -> Experiment? {
        try withoutActuallyEscaping(shouldGoOn) { shouldGoOn in
            do {
                return try Experiment(
                    scenario.with(seed: seed), options: options, whileBuilding: { _ in shouldGoOn() })
            } catch is Experiment.BuildingStopped {
                return nil
            }
        }
    }
}
