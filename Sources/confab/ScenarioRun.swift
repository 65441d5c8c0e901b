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
    func run(
        _ scenario: Scenario, shouldGoOn: (Experiment.Progress, Double) -> Bool
    ) throws -> (experiment: Experiment, summary: RunSummary) {
        let clock = ContinuousClock()
        let start = clock.now
        func elapsed() -> Double { (clock.now - start) / .seconds(1) }
        var buildSeconds = 0.0
        let (experiment, stop) = try experimentAfterRun(scenario) {
            buildSeconds = elapsed()
        } shouldGoOn: {
            shouldGoOn($0, elapsed())
        }
        let labels = Experiment.Labels(
            scenarioPath: path, version: Confab.version, replay: "confab run \(shellQuoted(path))\(arguments)")
        var summary = experiment.summary(
            labels: labels, wallSeconds: elapsed(), peakMemoryBytes: ProcessUsage.peakMemoryBytes)
        summary.buildSeconds = buildSeconds
        return (experiment, stop.map(summary.stopped) ?? summary)
    }

    /// The experiment before its run.
    ///
    /// - Throws: ``InvalidScenario`` if the scenario names what its system has not.
    func experiment(_ scenario: Scenario) throws -> Experiment {
        do {
            return try Experiment(scenario, options: options)
        } catch let error as Experiment.SetupError {
            if let invalid = InvalidScenario(error, file: path) { throw invalid }
            throw error
        }
    }

    /// The experiment after its run, and the violation that it ends at, if it does.
    private func experimentAfterRun(
        _ scenario: Scenario, built: () -> Void, shouldGoOn: (Experiment.Progress) -> Bool
    ) throws -> (Experiment, RunSummary.Stop?) {
        if endsAtViolation {
            try Experiment.requireMemory(of: scenario)
            return try Experiment.untilViolation(of: { try self.experiment(scenario) }, shouldGoOn: shouldGoOn)
        }
        var experiment = try self.experiment(scenario)
        built()
        experiment.run(shouldGoOn: shouldGoOn)
        return (experiment, nil)
    }
}
