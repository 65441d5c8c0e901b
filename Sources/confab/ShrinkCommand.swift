import ArgumentParser
import Experiment
import Exploration
import Foundation
import Language
import Reporting
import Scenario

/// `confab shrink`.
struct ShrinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shrink", abstract: "Make a scenario that fails as small as it gets.",
        discussion: """
            Runs the scenario under the seed, notes which invariant is violated and why, and takes away whatever can be spared: \
            faults, steps, users, devices, servers, time and keys. Populations become listed users who follow a script, and laws \
            become constants. A smaller scenario counts if the same invariant is violated for the same reason, under the same seed or one \
            of the next few; with --mutant it must also hold without the planted bug.

            The result is a scenario file that says what it expects, so that `confab check` passes with it. An interrupt writes the \
            smallest file so far.

              confab explore scenarios/search-chat.yaml --mutant retry-overtaken --seeds 50
              confab shrink scenarios/search-chat.yaml --seed 6 --mutant retry-overtaken --out small.yaml
              confab check small.yaml --mutant retry-overtaken
            """)

    @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml"]))
    var file: String

    @OptionGroup var scenarioOptions: ScenarioOptions

    @OptionGroup var mutantOption: MutantOption

    @Option(
        help: "The invariant of interest; by default the first that is violated though the scenario does not say so.")
    var invariant: String?

    @Option(help: "Where to write the result; in this folder, under the scenario's name with `-shrunk`, by default.")
    var out: String?

    @Option(help: ArgumentHelp("End after so much real time, such as 90s or 10min.", valueName: "duration"))
    var until = "60s"

    @Option(help: "End after so many runs.")
    var runs = Shrinker.runsMax

    @Flag(help: "Write over a file that is not by `confab shrink`.")
    var force = false

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    func validate() throws {
        if runs < 1 { throw ValidationError("--runs must be at least 1") }
        if Quantity.durationNanoseconds(until) == nil {
            throw ValidationError("`--until \(until)` is not a duration; write 90s, 10min or 2h")
        }
        if let invariant, !ExpectationModel.invariantNames.contains(invariant) {
            let hint = NearestName.hint(for: invariant, among: ExpectationModel.invariantNames)
            throw ValidationError("no invariant is called `\(invariant)`\(hint)")
        }
    }

    func run() throws {
        do {
            let outputFile = try OutputFile(path: output, signature: "# \(Self.signature)", force: force)
            let scenarioFile = try ScenarioFile(path: file)
            let overrides = try scenarioOptions.changes(to: scenarioFile)
            let scenario = try scenarioFile.load(overrides: overrides)
            let document = try Document(
                text: String(decoding: scenarioFile.bytes, as: UTF8.self), file: file, overrides: overrides)
            try WorldSize(estimate: ResourceEstimate(of: scenario), file: file).check(quietly: json)
            Interrupt.watch()
            try shrink(document, seed: scenario.seed, to: outputFile)
        } catch let error as InvalidScenario {
            throw error.exit()
        } catch let error as Experiment.SetupError {
            throw ValidationError(error.description)
        } catch let error as Shrinker.Refusal {
            StandardError.write("\(file): \(error)\n")
            throw ExitCode(Interrupt.isRequested ? 130 : 1)
        }
    }

    private func shrink(_ document: Document, seed: UInt64, to outputFile: OutputFile) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .nanoseconds(Int64(clamping: Quantity.durationNanoseconds(until) ?? .max))
        let display = ShrinkDisplay(isShown: !json)
        var shrinker = try Shrinker(
            document, seed: seed, invariant: invariant, mutant: mutantOption.entry?.mutant, runsMax: runs
        ) { progress in
            display.show(progress, elapsedSeconds: (clock.now - start) / .seconds(1))
            return !Interrupt.isRequested && clock.now < end
        }
        shrinker.run()
        display.clear()
        let path = output
        let result = try shrinker.result(comment: comment(seed: seed, path: path))
        try outputFile.write(result.text, quietly: true)
        let ending =
            shrinker.isMinimal
            ? "nothing more can be spared"
            : Interrupt.isRequested ? "interrupted" : shrinker.runCount >= runs ? "no more runs" : "the time was over"
        let report = ShrinkReport(
            scenario: file, seed: seed, invariant: shrinker.failure.invariant, violation: result.sentence,
            before: shrinker.sizeBefore.text, after: result.size.text, messages: result.size.messages,
            faults: result.size.faults, output: path, outputSeed: shrinker.seed, runs: shrinker.runCount,
            wallSeconds: (clock.now - start) / .seconds(1), ending: ending,
            check: "confab check \(shellQuoted(path))\(mutantOption.arguments)")
        StandardOutput.write(json ? try report.json() : report.text)
        if Interrupt.isRequested { throw ExitCode(130) }
    }

    /// What is written on top of the file.
    private func comment(seed: UInt64, path: String) -> [String] {
        let source = "\(Self.signature) from \(file), seed \(seed)."
        guard let entry = mutantOption.entry else { return [source] }
        let name = URL(fileURLWithPath: path).lastPathComponent
        return [
            "\(source) It fails with the planted bug \(entry.name):",
            "\(entry.meaning). `confab check \(name) --mutant \(entry.name)`",
        ]
    }

    /// With what each result begins.
    private static let signature = "Made by `confab shrink`"

    /// Where the result goes.
    private var output: String {
        out ?? URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent + "-shrunk.yaml"
    }
}

/// The line on standard error that tells how far a scenario has shrunk, if that is a terminal.
private final class ShrinkDisplay {
    private let isShown: Bool
    private var lastShownSeconds = 0.0

    init(isShown: Bool) {
        self.isShown = isShown && StandardError.isTerminal
    }

    func show(_ progress: Shrinker.Progress, elapsedSeconds: Double) {
        guard isShown, elapsedSeconds - lastShownSeconds > 0.2 else { return }
        lastShownSeconds = elapsedSeconds
        StandardError.write(
            ProgressLine.text(runs: progress.runs, parts: progress.parts, elapsedSeconds: elapsedSeconds))
    }

    func clear() {
        if lastShownSeconds > 0 { StandardError.write(ProgressLine.clear) }
    }
}
