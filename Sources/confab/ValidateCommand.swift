import ArgumentParser
import Language
import Plan
import Scenario

/// `confab validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Read scenario files, plans and cost profiles and report everything that is wrong with them."
    )

    @Argument(
        help: "Scenario files, plans and cost profiles, or folders of them.", completion: .file(extensions: ["yaml"]))
    var paths: [String]

    @OptionGroup var scenarioOptions: ScenarioOptions

    @Flag(help: "Print what GitHub shows beside the lines of the scenario as well.")
    var github = false

    func run() throws {
        var invalidCount = 0
        do {
            _ = try scenarioOptions.costsOption.profile()
            for path in try ScenarioFile.expand(paths) {
                do {
                    let file = try ScenarioFile(path: path)
                    try validate(file)
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

    private func validate(_ file: ScenarioFile) throws {
        if Plan.isPlan(file.text) {
            _ = try file.loadPlan(
                overrides: scenarioOptions.costsOption.planChanges() + scenarioOptions.parsedOverrides)
        } else if CostProfile.isProfile(file.text) {
            _ = try file.loadCosts()
        } else {
            try checkFigures(of: file.load(overrides: scenarioOptions.changes(to: file)), path: file.path)
        }
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
