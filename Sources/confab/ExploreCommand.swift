import ArgumentParser
import Experiment
import Exploration
import ExplorationStore
import Foundation
import Language
import Reporting
import Scenario
import Synchronization

/// `confab explore`.
struct ExploreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explore", abstract: "Run a scenario under many seeds and group what fails.",
        discussion: """
            Under each seed an invariant may be violated only if the scenario expects `violated` or `any`. Over all seeds, each \
            verdict that the scenario states must occur at least once, and so must what it lists under `expect.sometimes`: a search \
            that never comes into a situation shows nothing of it. Views, counts, figures and the digest belong to the scenario's own \
            seed and are not looked at.

            With --store, the outcome of each seed is kept in a SQLite file. A search that ended, was interrupted or was killed goes \
            on from there: seeds that are in the file are not run again, and the report is about all of them. A scenario with another \
            text, other changes or another version of Confab is another search, which the same file may hold as well. Without --store \
            nothing is written.

              confab explore scenarios/ordering-race-timestamps.yaml --seeds 2000
              confab explore scenarios/chatty-few-under-faults.yaml --seeds 100000 --until 10min --plateau 5000 --store few.sqlite
            """)

    @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml"]))
    var file: String = ""

    @OptionGroup var mutantOption: MutantOption

    @Flag(help: "List the bugs that can be planted, each with the invariant that finds it, and run nothing.")
    var listMutants = false

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change a key: `system.chat_servers.count=4`.", valueName: "path=value"))
    var overrides: [String] = []

    @OptionGroup var costsOption: CostsOption

    @Option(help: "How many seeds to run.")
    var seeds: UInt64 = 1000

    @Option(name: .customLong("from"), help: "The first seed.")
    var firstSeed: UInt64 = 1

    @Option(help: "How many seeds to run at a time; as many as there are processors by default.")
    var jobs: Int?

    @Option(help: ArgumentHelp("End after so much real time, such as 90s, 10min or 2h.", valueName: "duration"))
    var until: String?

    @Option(help: "End after so many seeds in a row that came into no new situation; 0 for never.")
    var plateau: UInt64 = 0

    @Option(
        name: .customLong("store"),
        help: ArgumentHelp(
            "Keep outcomes in this SQLite file, and go on with those that are in it.", valueName: "file"),
        completion: .file())
    var storePath: String?

    @Flag(help: "Print one JSON object on standard output and nothing else.")
    var json = false

    @OptionGroup var integration: IntegrationOptions

    func validate() throws {
        if file.isEmpty, !listMutants { throw ValidationError("Missing expected argument '<file>'") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
        guard seeds >= 1 else { throw ValidationError("--seeds must be at least 1") }
        guard firstSeed <= UInt64(Int64.max), seeds <= UInt64(Int64.max) - firstSeed else {
            throw ValidationError("--from and --seeds must be below 2^63 together")
        }
        for text in overrides where Override(text) == nil {
            throw ValidationError("`--set \(text)` is not of the form path=value")
        }
        if let until, Quantity.durationNanoseconds(until) == nil {
            throw ValidationError("`--until \(until)` is not a duration; write 90s, 10min or 2h")
        }
        try integration.validate(json: json)
    }

    func run() throws {
        if listMutants { return StandardOutput.write(MutantCatalogue.text) }
        do {
            let scenarioFile = try ScenarioFile(path: file)
            let changes = try scenarioFile.changes(
                overrides.compactMap { Override($0) }, costs: costsOption.profile())
            let scenario = try scenarioFile.load(overrides: changes)
            try WorldSize(
                estimate: ResourceEstimate(of: scenario), file: file,
                worldCount: Int(clamping: min(seeds, UInt64(jobCount))),
                advice: ", or --jobs"
            ).check(quietly: json)
            Interrupt.watch()
            let report = try search(scenario, text: scenarioFile.text, changes: changes)
            try integration.write(report.junit)
            StandardOutput.write(json ? try report.json() : report.text(style: StandardOutput.style))
            integration.print(scenarioFile.annotations(report.failures))
            if report.ended == .interrupted { throw ExitCode(130) }
            if !report.passed { throw ExitCode(1) }
        } catch let error as InvalidScenario {
            throw error.exit(annotates: integration.github)
        } catch let error as Experiment.SetupError {
            throw error.end(file: file, annotates: integration.github)
        } catch let error as KnownSeedDiffers {
            throw ValidationError("--store \(storePath ?? ""): \(error); choose another file")
        } catch let error as StoreError {
            StandardError.write("\(error)\n")
            throw ExitCode(70)
        }
    }

    private var jobCount: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

    /// Searches, with outcomes from the store if there is one.
    private func search(_ scenario: Scenario, text: String, changes: [Override]) throws -> ExplorationReport {
        guard let storePath else { return try search(scenario, known: .none, keep: { _ in }) }
        let store: ResultStore
        let stored: StoredSearch
        let identity = SearchIdentity(
            scenario: text, overrides: changes.map(\.text), version: Confab.version, mutant: mutantOption.mutant)
        do throws(StoreError) {
            store = try ResultStore(path: storePath)
            stored = try store.search(identity, file: file)
        } catch {
            StandardError.write("\(error)\n")
            throw ExitCode(64)
        }
        let report = try search(scenario, known: try stored.knownSeeds(), keep: { try stored.append($0) })
        try stored.close()
        try store.close()
        return report
    }

    private func search(
        _ scenario: Scenario, known: KnownSeeds, keep: @Sendable (SeedRecord) throws -> Void
    ) throws -> ExplorationReport {
        let clock = ContinuousClock()
        let start = clock.now
        let end = until.flatMap(Quantity.durationNanoseconds).map { start + .nanoseconds(Int64(clamping: $0)) }
        let display = Mutex(SeedDisplay(isShown: !json, seedCount: seeds))
        var options = SeedSearch.Options(
            seeds: firstSeed..<firstSeed + seeds, jobs: jobCount,
            plateau: plateau)
        options.mutant = mutantOption.entry?.mutant
        let search = SeedSearch(scenario, options: options)
        let findings = try search.run(known: known) { record, findings in
            try keep(record)
            display.withLock { $0.show(findings, elapsedSeconds: (clock.now - start) / .seconds(1)) }
        } shouldGoOn: {
            !Interrupt.isRequested && end.map { clock.now < $0 } != false
        }
        display.withLock { $0.clear() }
        let ended: ExplorationReport.Ending =
            if findings.seedCount == seeds {
                .allSeeds
            } else if Interrupt.isRequested {
                .interrupted
            } else {
                plateau > 0 && findings.seedsWithoutNews >= plateau ? .plateau : .time
            }
        return ExplorationReport(
            findings, scenario: file,
            arguments: overrides.map { " --set \(shellQuoted($0))" }.joined() + costsOption.arguments
                + mutantOption.arguments,
            wallSeconds: (clock.now - start) / .seconds(1), ended: ended)
    }
}

/// The line on standard error that tells how far a search has got, if that is a terminal.
private struct SeedDisplay {
    private let isShown: Bool
    private let seedCount: UInt64
    private var lastShownSeconds = 0.0

    init(isShown: Bool, seedCount: UInt64) {
        self.isShown = isShown && StandardError.isTerminal
        self.seedCount = seedCount
    }

    mutating func show(_ findings: borrowing ExplorationFindings, elapsedSeconds: Double) {
        guard isShown, elapsedSeconds - lastShownSeconds > 0.2 else { return }
        lastShownSeconds = elapsedSeconds
        StandardError.write(
            ProgressLine.text(
                seeds: findings.seedCount, known: findings.knownSeedCount, of: seedCount,
                failed: findings.failedSeedCount, elapsedSeconds: elapsedSeconds))
    }

    func clear() {
        if lastShownSeconds > 0 { StandardError.write(ProgressLine.clear) }
    }
}
