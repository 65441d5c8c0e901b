import ArgumentParser
import Experiment
import Foundation
import Language
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

    @OptionGroup var mutantOption: MutantOption

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    @Option(
        help: """
            What to draw: messages, all (with connecting and heartbeats), none; auto draws messages of small scenarios on a \
            terminal.
            """)
    var events: Events = .auto

    @Flag(
        help:
            "List all figures that the components counted, each with its meaning; a scenario may expect limits of them."
    )
    var metrics = false

    @Option(
        help: """
            How many threads to use; by default one for each processor, and one for small scenarios. The result is the same \
            for any number.
            """)
    var threads: Int?

    @Option(
        help:
            "Cut the world into this many partitions; sixteen times as many as threads by default, one for one thread. The result is the same."
    )
    var partitions: UInt32?

    @Flag(
        help: """
            Run twice, side by side, with other numbers of partitions and threads, and compare every event. Should the runs \
            differ, the first event that does is named, with what caused it.
            """)
    var verify = false

    @Flag(
        help: """
            Print the scenario with the faults that `random_faults` draws under its seed written out, and nothing else: a file that \
            runs the same on its own.
            """)
    var printFaults = false

    @Flag(
        help: """
            Stop at the first violation that nothing can repair any more, such as a message that is shown twice. The rest of the \
            run, and what else is expected of it, is not judged.
            """)
    var untilViolation = false

    @Flag(help: "Run a world that seems too large for the memory of this machine.")
    var ignoreMemory = false

    @OptionGroup var window: WindowOptions

    func validate() throws {
        if window.range != nil, json || events == .none {
            throw ValidationError(
                "--from and --to say what to draw, and nothing is drawn with --json and --events none")
        }
        if verify, untilViolation || window.range != nil {
            throw ValidationError("--verify compares whole runs; it takes no --until-violation, --from and --to")
        }
        guard (1...1024).contains(threads ?? 1) else { throw ValidationError("--threads must be 1 to 1024") }
        if verify, mutantOption.mutant != nil {
            throw ValidationError("--verify compares runs of the components as they are; it takes no --mutant")
        }
        if let partitions {
            guard (1...65_536).contains(partitions) else { throw ValidationError("--partitions must be 1 to 65536") }
        }
    }

    func run() throws {
        do {
            let source = try ScenarioFile(path: file)
            let changes = try scenarioOptions.changes(to: source)
            let scenario = try source.load(overrides: changes)
            if printFaults { return try printFaults(of: scenario, from: source, with: changes) }
            let estimate = ResourceEstimate(of: scenario)
            LargePages.restart(ifTaking: estimate.worldBytes)
            try WorldSize(
                estimate: estimate, file: file, worldCount: verify ? 2 : 1,
                advice: ", or run it all the same with --ignore-memory"
            ).check(ignoringMemory: ignoreMemory, quietly: json)
            let passed = verify ? try runTwice(scenario) : try run(scenario)
            guard passed else { throw ExitCode(Interrupt.isRequested ? 130 : 1) }
        } catch let error as InvalidScenario {
            throw error.exit()
        } catch let error as Experiment.SetupError {
            throw error.end(file: file)
        } catch let error as Experiment.BuildingStopped {
            throw error.exit()
        }
    }

    private func printFaults(
        of scenario: Scenario, from source: ScenarioFile, with changes: [Override]
    ) throws {
        let text = String(decoding: source.bytes, as: UTF8.self)
        let document = try Document(text: text, file: file, overrides: changes)
            .writingOut(FaultSchedule(scenario).faults, of: scenario)
        let comment = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { $0.hasPrefix("#") }
        StandardOutput.write(
            comment.map { $0 + "\n" }.joined()
                + "# The faults are those that are drawn under seed \(scenario.seed).\n" + document.fileText)
    }

    private func run(_ scenario: Scenario) throws -> Bool {
        var scenarioRun = ScenarioRun(
            path: file,
            arguments: scenarioOptions.arguments + mutantOption.arguments
                + (untilViolation ? " --until-violation" : ""))
        let threads = threadCount(for: scenario)
        // More partitions than threads share out evenly what differs from process to process.
        scenarioRun.options.partitionCount = partitions ?? UInt32(threads == 1 ? 1 : threads * 16)
        scenarioRun.options.threadCount = threads
        scenarioRun.options.recordsTrace = draws(scenario)
        scenarioRun.endsAtViolation = untilViolation
        mutantOption.plant(in: &scenarioRun.options)
        Interrupt.watch()
        var display = ProgressDisplay(isShown: !json)
        defer { display.clear() }
        let (experiment, summary) = try scenarioRun.run(scenario) {
            display.show($0, elapsedSeconds: $1)
        } shouldGoOn: {
            display.show($0, elapsedSeconds: $1)
        }
        display.clear()
        if json {
            StandardOutput.write(try summary.json())
        } else {
            let style = StandardOutput.style
            let picture = experiment.picture(
                showsEverything: events == .all, window: window.range ?? 0..<UInt64.max)
            if let picture {
                StandardOutput.write(picture.text(width: StandardOutput.width, style: style) + "\n")
            }
            StandardOutput.write(RunReport.text(summary, style: style))
            if metrics { StandardOutput.write("\n" + summary.metricsText) }
        }
        return summary.passed
    }

    private func runTwice(_ scenario: Scenario) throws -> Bool {
        Interrupt.watch()
        let threads = threadCount(for: scenario)
        let cut = Experiment.canBeCut(scenario) ? max(8, UInt32(threads)) : 1
        var verification = try Verification(
            scenario, Verification.Way(partitionCount: 1, threadCount: 1),
            Verification.Way(partitionCount: partitions ?? cut, threadCount: max(2, threads)))
        var display = ProgressDisplay(isShown: !json)
        let clock = ContinuousClock()
        let start = clock.now
        let report = verification.run { display.show($0, elapsedSeconds: (clock.now - start) / .seconds(1)) }
        display.clear()
        StandardOutput.write(json ? try report.json() : report.text)
        return report.passed
    }

    /// How many threads were asked for, or are worth it: a window of a small world is shorter than it takes threads to meet.
    private func threadCount(for scenario: Scenario) -> Int {
        if let threads { return threads }
        return Experiment.isWorthCutting(scenario) ? ProcessInfo.processInfo.activeProcessorCount : 1
    }

    private func draws(_ scenario: Scenario) -> Bool {
        guard !json else { return false }
        return switch events {
        case .none: false
        case .messages, .all: true
        case .auto: window.range != nil || StandardOutput.isTerminal && scenario.isSmall
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
