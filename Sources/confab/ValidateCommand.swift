import ArgumentParser
import Language
import Plan
import Scenario

/// `confab validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Read scenario and plan files and report everything that is wrong with them."
    )

    @Argument(help: "Scenario or plan files, or folders of them.", completion: .file(extensions: ["yaml"]))
    var paths: [String]

    @OptionGroup var scenarioOptions: ScenarioOptions

    @Flag(help: "Print what GitHub shows beside the lines of the scenario as well.")
    var github = false

    func run() throws {
        let overrides = scenarioOptions.parsedOverrides
        var invalidCount = 0
        do {
            for path in try ScenarioFile.expand(paths) {
                do {
                    let file = try ScenarioFile(path: path)
                    if Plan.isPlan(file.text) {
                        _ = try file.loadPlan(overrides: overrides)
                    } else {
                        try checkFigures(of: file.load(overrides: overrides), path: path)
                    }
                    StandardOutput.write("\(path): valid\n")
                } catch let error as InvalidScenario {
                    invalidCount += 1
                    _ = error.exit(annotates: github)
                }
            }
        } catch let error as InvalidScenario {
            throw error.exit(annotates: github)
        }
        if invalidCount > 0 { throw ExitCode(65) }
    }

    /// How many users a system has at most that is set up to see which figures it reports; more would take seconds, and `confab run` tells.
    private static let usersMax: UInt64 = 1_000_000

    /// Looks for figures that the scenario names and its system does not report.
    private func checkFigures(of scenario: Scenario, path: String) throws {
        let userCount = scenario.populations.reduce(0) { $0 + $1.userCount }
        guard !scenario.expectations.figures.isEmpty, userCount <= Self.usersMax else { return }
        _ = try ScenarioRun(path: path, arguments: "").experiment(scenario)
    }
}
