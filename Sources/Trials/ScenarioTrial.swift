internal import Experiment
internal import Reporting
public import Scenario

/// A world that is run to be measured: a scenario under several seeds, each run measured once its beginning is over.
public struct ScenarioTrial: Sendable {
    /// The world.
    public let scenario: Scenario
    /// How much of the beginning is left out of the measurement, in nanoseconds of virtual time: it is run, and not counted.
    public let warmUpNanoseconds: UInt64

    /// A trial of a scenario, which lasts longer than the warm-up.
    public init(_ scenario: Scenario, warmUpNanoseconds: UInt64) {
        precondition(warmUpNanoseconds < scenario.durationNanoseconds, "nothing is left to measure")
        self.scenario = scenario
        self.warmUpNanoseconds = warmUpNanoseconds
    }

    /// Runs the world under a seed.
    ///
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run.
    public func measurement(seed: UInt64) throws -> TrialMeasurement {
        var experiment = try Experiment(scenario.with(seed: seed))
        let (first, last) = experiment.run(readingAt: warmUpNanoseconds)
        return TrialMeasurement(
            seed: seed, digest: experiment.digest, first: first, last: last,
            deliveryNanoseconds: experiment.deliveryNanoseconds(sentFrom: warmUpNanoseconds),
            violated: experiment.verdicts().filter { $0.verdict == "violated" }.map(\.name))
    }

    /// Runs the world under each of some seeds.
    ///
    /// - Throws: ``Experiment/SetupError`` if the scenario cannot be run.
    public func measurements(seeds: some Sequence<UInt64>, jobs: Int) throws -> [TrialMeasurement] {
        try Replications.results(seeds: seeds, jobs: jobs) { try measurement(seed: $0) }
    }
}
