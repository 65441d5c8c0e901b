import ArgumentParser
import Foundation
import Language
import Plan
import PlanSimulation
import Planning
import Reporting
import Scenario

/// `confab plan`.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Size a system from a plan file, and write a report.",
        discussion: """
            A plan file says what is asked of a system (`demand`) and what it has to keep to (`objectives`), and, as far as you know \
            better than the defaults, what it is built of (`hardware`, `prices`), how (`policies`) and what the work costs (`costs`). \
            Two plans come with Confab:

              confab plan plans/classic.yaml --out report
              confab plan plans/start-up.yaml --set demand.users.by_year.4=20_000_000

            Prints the recommendation and the findings. With --out, a folder is written as well:

              report.html  one page that can be sent: charts, tables, every formula with its numbers, every source
              report.md    the same for a pull request
              report.json  every number with its unit and source, as --json prints it
              report.csv   the same for a spreadsheet
              world.yaml   the plan as a scenario, as it was run: `confab run` runs it again

            With it, the plan is run as a world of the same components that scenarios run, some times under other seeds, at a part of \
            its size if it is large (section `simulation` of the plan): what formulas and components say stand side by side, and the \
            smallest tier of chat servers is searched by running worlds. That takes some seconds; --no-simulation leaves it out.

            The folder is replaced as a whole, so that an interrupted run leaves the old report; the same plan gives the same \
            bytes. What Confab did not write is never removed, and a folder with such files is only written to with --force.

            Every key of a plan can be changed by --set and swept by --sweep. The report lists all of them with their sources and \
            marks estimates; the tornado in it shows which are worth knowing better.

              confab plan plans/classic.yaml --out report \\
                --sweep policies.chat_servers.connections_each=50_000,100_000,200_000

            With --costs, what work costs is taken from a profile, such as `confab calibrate` measures on this machine. That is the \
            component code alone, without network stack and TLS: it shows how little of the published costs the components are.

            Exit status: 0 every objective is met; 1 the report is complete, but a finding is critical: an objective is missed or \
            the demand contradicts itself; 64 wrong usage; 65 the plan file is not valid.
            """)

    @Argument(help: "The plan file.", completion: .file(extensions: ["yaml"]))
    var file: String

    @Option(help: ArgumentHelp("Write the report into this folder.", valueName: "folder"), completion: .directory)
    var out: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change a key: `demand.users.now=1_000_000`.", valueName: "path=value"))
    var overrides: [String] = []

    @OptionGroup var costsOption: CostsOption

    @Option(
        name: .customLong("sweep"),
        help: ArgumentHelp(
            "Plan with each of some values of a key as well, and compare. With several sweeps, each is made alone.",
            valueName: "path=a,b,c"))
    var sweeps: [String] = []

    @Flag(help: "Write the report into a folder that holds files which are not Confab's; they stay.")
    var force = false

    @Flag(
        inversion: .prefixedNo,
        help: """
            Run the plan as a world of its components and hold its formulas against that; by default if the whole report is wanted, by --out or --json.
            """)
    var simulation: Bool?

    @Flag(help: "Print one JSON object on standard output and nothing else: every number of the report.")
    var json = false

    func validate() throws {
        for text in overrides where Override(text) == nil {
            throw ValidationError("`--set \(text)` is not of the form path=value")
        }
        for text in sweeps where Sweep.Wish(text) == nil {
            throw ValidationError("`--sweep \(text)` is not of the form path=value,value")
        }
        if !sweeps.isEmpty, out == nil, !json {
            throw ValidationError("what --sweep compares is in the report; give --out or --json as well")
        }
        if force, out == nil { throw ValidationError("--force says how --out is written; give --out as well") }
    }

    func run() throws {
        do {
            let source = try ScenarioFile(path: file)
            guard Plan.isPlan(source.text) else {
                throw InvalidScenario(file, "this is no plan: it does not say `confab_plan: 1`")
            }
            let plan = try source.loadPlan(
                overrides: costsOption.planChanges() + overrides.compactMap { Override($0) })
            let folder = try out.map { try ReportFolder(path: $0, isForced: force) }
            var report = PlanReport(Sizing(plan))
            report.sweeps = try swept(plan)
            // These are only seen in the whole report.
            if out != nil || json {
                report.sensitivity = Sensitivity(report.sizing)
                report.alternatives = Alternatives.all(plan)
            }
            var files: [ReportFolder.File] = []
            if simulation ?? (out != nil || json) {
                let simulated = try simulate(plan, report.sizing)
                report.simulation = simulated.report
                files.append(ReportFolder.File(name: "world.yaml", text: simulated.world.text))
            }
            let document = report.document
            try folder?.write(document.files() + files)
            if json {
                StandardOutput.write(try document.json())
            } else {
                StandardOutput.write(document.brief(width: StandardOutput.width, style: StandardOutput.style))
                if let out {
                    StandardOutput.write(
                        "\nwrote \(out)/report.html, report.md, report.json and report.csv\(files.isEmpty ? "" : ", and world.yaml")\n"
                    )
                }
            }
            guard report.isMet else { throw ExitCode(1) }
        } catch let error as InvalidScenario {
            throw error.exit()
        } catch let failure as ReportFolder.Failure {
            throw ValidationError(failure.description)
        }
    }

    /// Runs the plan, and tells on a terminal what is run at the time.
    private func simulate(_ plan: Plan, _ sizing: Sizing) throws -> PlanSimulation {
        let isShown = !json && StandardError.isTerminal
        defer { if isShown { StandardError.write(ProgressLine.clear) } }
        do {
            return try PlanSimulation(
                of: plan, predicted: PlanSimulation.Prediction(sizing),
                jobs: ProcessInfo.processInfo.activeProcessorCount
            ) { step in
                guard isShown else { return }
                StandardError.write(ProgressLine.clear + "running \(step.rawValue)")
            }
        } catch let errors as DocumentErrors {
            throw InvalidScenario(errors)
        }
    }

    private func swept(_ plan: Plan) throws -> [Sweep] {
        do throws(DocumentErrors) {
            var found: [Sweep] = []
            for wish in sweeps.compactMap({ Sweep.Wish($0) }) { found.append(try Sweep(plan, wish)) }
            return found
        } catch {
            throw InvalidScenario(error)
        }
    }
}
