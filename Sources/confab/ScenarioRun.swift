import Experiment
import Foundation
import Reporting
import Scenario

/// Runs one scenario and measures it.
struct ScenarioRun {
    let path: String
    let arguments: String
    var options = Experiment.Options()
    /// Whether the run ends at the first violation that nothing can repair any more.
    var endsAtViolation = false

    /// The experiment after its run, and its summary.
    ///
    /// - Parameters:
    ///   - whileBuilding: Is told how far the building of the world has got and how many seconds that has taken, and says whether to go on.
    ///   - shouldGoOn: The same of the run, with the seconds since the world was built.
    /// - Throws: ``Experiment/BuildingStopped`` if `whileBuilding` says so, ``InvalidScenario`` if the scenario names what its system has not.
    func run(
        _ scenario: Scenario, whileBuilding: ((Experiment.BuildingProgress, Double) -> Bool)? = nil,
        shouldGoOn: (Experiment.Progress, Double) -> Bool
    ) throws -> (experiment: Experiment, summary: RunSummary) {
        let clock = ContinuousClock()
        let start = clock.now
        func elapsed() -> Double { (clock.now - start) / .seconds(1) }
        var buildSeconds = 0.0
        let (experiment, stop) = try experimentAfterRun(
            scenario, whileBuilding: whileBuilding.map { tell in { tell($0, elapsed()) } }
        ) {
            buildSeconds = elapsed()
        } shouldGoOn: {
            shouldGoOn($0, elapsed() - buildSeconds)
        }
        let labels = Experiment.Labels(
            scenarioPath: path, version: Confab.version, replay: "confab run \(shellQuoted(path))\(arguments)")
        let summary = experiment.summary(
            labels: labels, wallSeconds: elapsed(), buildSeconds: buildSeconds,
            peakMemoryBytes: ProcessUsage.peakMemoryBytes)
        return (experiment, stop.map(summary.stopped) ?? summary)
    }

    /// The experiment before its run.
    ///
    /// - Throws: ``InvalidScenario`` if the scenario names what its system has not, ``Experiment/BuildingStopped`` if `whileBuilding` says so.
    func experiment(
        _ scenario: Scenario, whileBuilding: ((Experiment.BuildingProgress) -> Bool)? = nil
    ) throws -> Experiment {
        do {
            return try Experiment(scenario, options: options, whileBuilding: whileBuilding)
        } catch let error as Experiment.SetupError {
            if let invalid = InvalidScenario(error, file: path) { throw invalid }
            throw error
        }
    }

    /// The experiment after its run, and the violation that it ends at, if it does.
    private func experimentAfterRun(
        _ scenario: Scenario, whileBuilding: ((Experiment.BuildingProgress) -> Bool)?, built: () -> Void,
        shouldGoOn: (Experiment.Progress) -> Bool
    ) throws -> (Experiment, RunSummary.Stop?) {
        if endsAtViolation {
            try Experiment.requireMemory(of: scenario)
            return try Experiment.untilViolation(
                of: { try self.experiment(scenario, whileBuilding: whileBuilding) }, shouldGoOn: shouldGoOn)
        }
        var experiment = try self.experiment(scenario, whileBuilding: whileBuilding)
        built()
        experiment.run(shouldGoOn: shouldGoOn)
        return (experiment, nil)
    }
}
