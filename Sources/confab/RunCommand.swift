import ArgumentParser
import Experiment
import Foundation
import Reporting
import Scenario

/// `confab run`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a scenario and show what becomes of it.",
        discussion: """
            Small scenarios are drawn as a picture: a column for each process, a line for each event. The result tells what \
            each device shows and whether each invariant held.
            """)

    /// What to draw.
    enum Events: String, ExpressibleByArgument, CaseIterable {
        case auto, none, messages, all
    }

    @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml"]))
    var file: String

    @OptionGroup var scenarioOptions: ScenarioOptions

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    @Option(
        help: """
            What to draw: messages, all (with connecting and heartbeats), none; auto draws messages of small scenarios on a \
            terminal.
            """)
    var events: Events = .auto

    @Option(help: "How many threads to use. The result is the same for any number.")
    var threads = 1

    @Option(
        help:
            "Cut the world into this many partitions; as many as there are threads by default. The result is the same.")
    var partitions: UInt32?

    func validate() throws {
        guard (1...1024).contains(threads) else { throw ValidationError("--threads must be 1 to 1024") }
        if let partitions {
            guard (1...65_536).contains(partitions) else { throw ValidationError("--partitions must be 1 to 65536") }
        }
    }

    func run() throws {
        do {
            let scenario = try ScenarioFile(path: file).load(overrides: scenarioOptions.parsedOverrides)
            let passed = try run(scenario)
            guard passed else { throw ExitCode(Interrupt.isRequested ? 130 : 1) }
        } catch let error as InvalidScenario {
            throw error.exit()
        } catch let error as Experiment.SetupError {
            throw ValidationError(error.description)
        }
    }

    private func run(_ scenario: Scenario) throws -> Bool {
        var scenarioRun = ScenarioRun(path: file, arguments: scenarioOptions.arguments)
        scenarioRun.options.partitionCount = partitions ?? UInt32(threads)
        scenarioRun.options.threadCount = threads
        scenarioRun.options.recordsTrace = draws(scenario)
        Interrupt.watch()
        let showsProgress = StandardError.isTerminal && !json
        var lastShown = 0.0
        let (experiment, summary) = try scenarioRun.run(scenario) { progress, elapsed in
            if showsProgress, elapsed - lastShown > 0.2 {
                lastShown = elapsed
                StandardError.write(
                    ProgressLine.text(
                        simulatedSeconds: Double(progress.simulatedNanoseconds) / 1e9,
                        durationSeconds: Double(progress.durationNanoseconds) / 1e9, events: progress.eventCount,
                        elapsedSeconds: elapsed))
            }
            return !Interrupt.isRequested
        }
        if lastShown > 0 { StandardError.write(ProgressLine.clear) }
        if json {
            StandardOutput.write(try summary.json())
        } else {
            let style = StandardOutput.style
            if let picture = experiment.picture(showsEverything: events == .all) {
                StandardOutput.write(picture.text(width: StandardOutput.width, style: style) + "\n")
            }
            StandardOutput.write(RunReport.text(summary, style: style))
        }
        return summary.passed
    }

    private func draws(_ scenario: Scenario) -> Bool {
        guard !json else { return false }
        return switch events {
        case .none: false
        case .messages, .all: true
        case .auto: StandardOutput.isTerminal && scenario.isSmall
        }
    }
}

extension Scenario {
    /// Whether a picture of a run has few enough columns and lines to be looked at.
    var isSmall: Bool {
        let servers = system.loadBalancers.count + system.chatServers.count + system.storage.count
        let devices = users.reduce(0) { $0 + $1.devices.count }
        return populations.isEmpty && servers + UInt64(devices) <= 16 && script.count <= 20
    }
}
