import ArgumentParser
import Experiment
import Foundation
import Language
import Reporting
import Scenario
import Synchronization

/// `confab check`.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Run scenario files and compare what becomes of them with what they expect.",
        discussion: """
            Prints one line for each file and a summary. Files run side by side. With --pin, the digest of each run is \
            written into its file, where a later check finds it. With --verify, each file is run again on other numbers of \
            partitions and threads, which must give the same digest.
            """)

    @Argument(help: "Scenario files, or folders of them.", completion: .file(extensions: ["yaml"]))
    var paths: [String]

    @OptionGroup var scenarioOptions: ScenarioOptions

    @OptionGroup var mutantOption: MutantOption

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    @Flag(help: "Write each run's digest into `expect.digest` of its file.")
    var pin = false

    @Flag(help: "Run each file on 4 and 64 partitions with 1, 2, 3 and 8 threads, too, and compare the digests.")
    var verify = false

    @Option(help: "How many files to run at a time; as many as there are processors by default.")
    var jobs: Int?

    @OptionGroup var integration: IntegrationOptions

    func validate() throws {
        try integration.validate(json: json)
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
        if pin, !(scenarioOptions.arguments + mutantOption.arguments).isEmpty {
            throw ValidationError(
                "--pin writes what the file itself gives, so that it takes no --set, no --seed, no --costs and no --mutant"
            )
        }
    }

    func run() throws {
        let files: [String]
        do {
            _ = try scenarioOptions.costsOption.profile()
            files = try ScenarioFile.expand(paths)
        } catch let error as InvalidScenario {
            throw error.exit(annotates: integration.github)
        }
        Interrupt.watch()
        let clock = ContinuousClock()
        let start = clock.now
        let results = Mutex<[CheckedFile?]>(Array(repeating: nil, count: files.count))
        let next = Atomic<Int>(0)
        let showsProgress = StandardError.isTerminal && !json
        let workerCount = min(jobs ?? ProcessInfo.processInfo.activeProcessorCount, files.count)
        DispatchQueue.concurrentPerform(iterations: workerCount) { _ in
            while !Interrupt.isRequested {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < files.count else { return }
                // What was broken off says nothing of its file.
                guard let result = check(files[index]) else { return }
                let done = results.withLock { results in
                    results[index] = result
                    return results.count { $0 != nil }
                }
                if showsProgress { StandardError.write(ProgressLine.text(done: done, of: files.count)) }
            }
        }
        if showsProgress { StandardError.write(ProgressLine.clear) }
        let finished = results.withLock { $0.compactMap(\.self) }
        let report = CheckReport(
            files: finished.map(\.report), of: files.count, wallSeconds: (clock.now - start) / .seconds(1))
        try integration.write(report.junit)
        StandardOutput.write(json ? try report.json() : report.text(style: StandardOutput.style))
        integration.print(finished.flatMap(\.annotations))
        if report.interrupted {
            StandardError.write("interrupted: \(finished.count) of \(files.count) files were checked\n")
            throw ExitCode(130)
        }
        let tooLarge = finished.count(where: \.isTooLarge)
        if report.invalid > 0 { throw ExitCode(report.invalid == tooLarge ? 64 : 65) }
        if report.failed > 0 { throw ExitCode(1) }
    }

    /// What becomes of a file; nothing if it is interrupted.
    private func check(_ path: String) -> CheckedFile? {
        do {
            let file = try ScenarioFile(path: path)
            let changes = try scenarioOptions.changes(to: file, isCheck: true)
            let scenario = try file.load(overrides: changes, isCheck: true)
            if let refusal = WorldSize(estimate: ResourceEstimate(of: scenario), file: path).refusal {
                return CheckedFile(path, InvalidScenario(path, refusal), isTooLarge: true)
            }
            let checkedWith = scenario.checkedWith.map { " --set \(shellQuoted($0))" }.joined()
            var run = ScenarioRun(
                path: path, arguments: checkedWith + scenarioOptions.arguments + mutantOption.arguments)
            mutantOption.plant(in: &run.options)
            var (_, summary) = try run.run(scenario) { _, _ in !Interrupt.isRequested }
            guard !summary.interrupted else { return nil }
            if pin { try write(&summary, to: file) }
            if verify, !(try verify(scenario, &summary)) { return nil }
            return CheckedFile(file, summary)
        } catch let error as InvalidScenario {
            return CheckedFile(path, error)
        } catch {
            return CheckedFile(path, InvalidScenario(path, "\(error)"))
        }
    }

    /// Runs a scenario in other ways. A digest that differs is not as expected.
    ///
    /// - Returns: Whether nobody interrupted it.
    private func verify(_ scenario: Scenario, _ summary: inout RunSummary) throws -> Bool {
        guard Experiment.canBeCut(scenario) else { return true }
        for partitions: UInt32 in [4, 64] {
            for threads in [1, 2, 3, 8] {
                var options = Experiment.Options(partitionCount: partitions, threadCount: threads)
                mutantOption.plant(in: &options)
                var other = try Experiment(scenario, options: options)
                other.run { _ in !Interrupt.isRequested }
                guard !Interrupt.isRequested else { return false }
                let expectation = RunSummary.Expectation(
                    what: "digest on \(partitions) partitions with \(threads) threads", path: ["expect", "digest"],
                    expected: summary.digest, actual: other.digest, passed: other.digest == summary.digest)
                summary.expectations.append(expectation)
                summary.passed = summary.passed && expectation.passed
            }
        }
        return true
    }

    /// Writes the digest into the file, whole or not at all.
    private func write(_ summary: inout RunSummary, to file: ScenarioFile) throws {
        guard let pinned = DigestPin.pin(summary.digest, in: file.text) else {
            throw InvalidScenario(
                file.path, "write `expect` with one key a line, so that a line with the digest can be added")
        }
        if pinned != file.text {
            try Data(pinned.utf8).write(to: URL(fileURLWithPath: file.path), options: .atomic)
        }
        summary.expectations.removeAll { $0.what == "digest" }
        summary.passed =
            summary.invariants.allSatisfy(\.passed) && summary.expectations.allSatisfy(\.passed)
    }
}

/// What became of a file, and what GitHub is to show of it.
private struct CheckedFile {
    let report: CheckReport.File
    let annotations: [GitHubAnnotation]
    /// Whether it was not run since its world does not fit into the memory that was free then.
    var isTooLarge = false

    /// A file that ran.
    init(_ file: ScenarioFile, _ summary: RunSummary) {
        report = CheckReport.File(file: file.path, summary: summary, errors: [])
        annotations = file.annotations(
            summary.failures.map {
                (title: "scenario failed", text: "\($0.text)\nreplay with: \(summary.replay)", path: $0.path)
            })
    }

    /// A file that could not be run.
    init(_ path: String, _ error: InvalidScenario, isTooLarge: Bool = false) {
        self.isTooLarge = isTooLarge
        report = CheckReport.File(file: path, summary: nil, errors: error.problems.map(\.line))
        annotations = error.problems.map(\.annotation)
    }
}
