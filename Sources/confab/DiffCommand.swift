import ArgumentParser
import Experiment
import Foundation
import Language
import Reporting
import Scenario

/// `confab diff`.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Run two designs and show their figures side by side.",
        discussion: """
            Either two files, or one file and what is different in the second run:

              confab diff scenarios/connection-websocket.yaml scenarios/connection-long-poll.yaml
              confab diff race.yaml --with system.sequencing.mode=per_user_sequence

            The ratio is the second over the first. Figures that are the same are left out unless --all is given.
            """)

    @Argument(help: "The scenario file of the first run.", completion: .file(extensions: ["yaml"]))
    var first: String

    @Argument(help: "That of the second run; the same file if left out.", completion: .file(extensions: ["yaml"]))
    var second: String?

    @OptionGroup var scenarioOptions: ScenarioOptions

    @Option(
        name: .customLong("with"),
        help: ArgumentHelp("Change a key in the second run only; --set changes it in both.", valueName: "path=value"))
    var changes: [String] = []

    @Flag(help: "List figures that are the same, too.")
    var all = false

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    func validate() throws {
        for text in changes where Override(text) == nil {
            throw ValidationError("`--with \(text)` is not of the form path=value")
        }
        if second == nil, changes.isEmpty {
            throw ValidationError("give a second file, or --with path=value for what is different in the second run")
        }
    }

    func run() throws {
        do {
            Interrupt.watch()
            let left = try summary(of: first, changes: [])
            guard !left.interrupted else {
                StandardError.write(
                    "interrupted in the first run after \(NumberText.span(seconds: left.simulatedSeconds)) of virtual time; nothing was compared\n"
                )
                throw ExitCode(130)
            }
            let right = try summary(of: second ?? first, changes: changes)
            let report = ComparisonReport(left, right)
            if json {
                StandardOutput.write(try report.json())
            } else {
                let names = (left: Self.name(first, []), right: Self.name(second ?? first, changes))
                StandardOutput.write(report.text(names: names, showsAll: all, style: StandardOutput.style))
            }
            if left.interrupted || right.interrupted { throw ExitCode(130) }
            guard left.passed, right.passed else { throw ExitCode(1) }
        } catch let error as InvalidScenario {
            throw error.exit()
        } catch let error as Experiment.SetupError {
            throw ValidationError(error.description)
        } catch let error as Experiment.BuildingStopped {
            throw error.exit()
        }
    }

    private func summary(of path: String, changes: [String]) throws -> RunSummary {
        let arguments = scenarioOptions.arguments + changes.map { " --set \(shellQuoted($0))" }.joined()
        let file = try ScenarioFile(path: path)
        let scenario = try file.load(
            overrides: scenarioOptions.changes(to: file, more: changes.compactMap { Override($0) }))
        try WorldSize(estimate: ResourceEstimate(of: scenario), file: path).check(quietly: json)
        var display = ProgressDisplay(isShown: !json)
        defer { display.clear() }
        return try ScenarioRun(path: path, arguments: arguments).run(scenario) {
            display.show($0, elapsedSeconds: $1)
        } shouldGoOn: {
            display.show($0, elapsedSeconds: $1)
        }.summary
    }

    private static func name(_ path: String, _ changes: [String]) -> String {
        ([path] + changes).joined(separator: "  ")
    }
}
