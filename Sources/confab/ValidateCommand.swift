import ArgumentParser
import Scenario

/// `confab validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Read scenario files and report everything that is wrong with them.")

    @Argument(help: "Scenario files, or folders of them.", completion: .file(extensions: ["yaml"]))
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
                    _ = try ScenarioFile(path: path).load(overrides: overrides)
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
}
