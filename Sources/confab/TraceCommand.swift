import ArgumentParser
import Experiment
import Foundation
import Language
import Reporting
import Scenario

/// `confab trace`.
struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Look at a run event by event, and at what led to what.",
        discussion: """
            Tells how a message came to where it was shown:

              confab trace scenarios/ordering-race-timestamps.yaml --why M1 --on bob.phone

            Draws the run as a page that a browser shows by itself: what led to the first violation if there is one. Written files are \
            whole or not at all, and take the place only of what Confab wrote.

              confab trace scenarios/ordering-race-timestamps.yaml --html race.html
            """)

    @Argument(help: "The scenario file.", completion: .file(extensions: ["yaml"]))
    var file: String

    @OptionGroup var scenarioOptions: ScenarioOptions

    @OptionGroup var mutantOption: MutantOption

    @Option(
        help: ArgumentHelp(
            "Tell what led to a message being shown, or how far it got if it was not.", valueName: "message"))
    var why: String?

    @Option(help: ArgumentHelp("With --why: on which device, or on the devices of which user.", valueName: "device"))
    var on: String?

    @Option(
        help: ArgumentHelp("Write the run as a page to look at in a browser.", valueName: "file"),
        completion: .file(extensions: ["html"]))
    var html: String?

    @Option(
        help: ArgumentHelp(
            "Write the run as a trace that ui.perfetto.dev and chrome://tracing open.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var perfetto: String?

    @Option(help: "How many events the page may have, from 1 to 100000; \(Trace.pageEventsDefault) unless given.")
    var limit: Int?

    @OptionGroup var window: WindowOptions

    @Flag(help: "Write over a file that Confab did not write.")
    var force = false

    func validate() throws {
        guard why != nil || html != nil || perfetto != nil else {
            throw ValidationError("say what to do: --why MESSAGE, --html FILE or --perfetto FILE")
        }
        guard (1...100_000).contains(limit ?? 1) else { throw ValidationError("--limit must be 1 to 100000") }
        if limit != nil, html == nil { throw ValidationError("--limit says how much a page has; give --html as well") }
        if window.range != nil, html == nil, perfetto == nil {
            throw ValidationError("--from and --to say what is drawn; --why looks at the whole run")
        }
        if on != nil, why == nil { throw ValidationError("--on says where --why looks; give --why as well") }
    }

    func run() throws {
        do {
            let page = try html.map { try OutputFile(path: $0, signature: TracePage.signature, force: force) }
            let viewer = try perfetto.map {
                try OutputFile(path: $0, signature: PerfettoTrace.signature, force: force)
            }
            let source = try ScenarioFile(path: file)
            let scenario = try source.load(overrides: scenarioOptions.changes(to: source))
            let labels = Experiment.Labels(
                scenarioPath: file, version: Confab.version,
                replay: "confab trace \(shellQuoted(file))\(scenarioOptions.arguments)\(mutantOption.arguments)")
            var options = Experiment.Options()
            mutantOption.plant(in: &options)
            // One is judged, the other recorded.
            try WorldSize(estimate: ResourceEstimate(of: scenario), file: file, worldCount: 2).check(quietly: true)
            var trace = try Trace(scenario, labels: labels, options: options, window: window.range)
            Interrupt.watch()
            var display = ProgressDisplay(isShown: true)
            let clock = ContinuousClock()
            let start = clock.now
            try trace.run(askingAbout: why, on: on) {
                display.show($0, elapsedSeconds: (clock.now - start) / .seconds(1))
            }
            display.clear()
            if why != nil { StandardOutput.write(trace.why()) }
            if let page { try page.write(trace.page(eventsMax: limit ?? Trace.pageEventsDefault).html) }
            if let viewer { try viewer.write(trace.perfetto().json) }
            if Interrupt.isRequested {
                StandardError.write("interrupted: the run is shown as far as it got\n")
                throw ExitCode(130)
            }
        } catch let error as InvalidScenario {
            throw error.exit()
        } catch let error as Experiment.SetupError {
            throw error.end(file: file)
        } catch let error as Trace.Failure {
            throw ValidationError(error.description)
        }
    }
}
