import ArgumentParser
import Experiment
import Exploration
import Foundation
import Language
import Scenario

/// `confab mutants`.
struct MutantsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutants", abstract: "Find each planted bug anew, make it small, and print a table in Markdown.",
        discussion: """
            Planted bugs prove that the invariants find bugs. Each is looked for under its scenario from several first seeds on, and its \
            first failure is made as small as it gets.

              confab mutants scenarios > docs/mutants.md
            """)

    @Argument(help: "The folder with the scenario files under which the bugs are to be found.")
    var folder: String

    @Option(help: "How many first seeds to look from, 1000 seeds apart.")
    var starts: UInt64 = 9

    func validate() throws {
        guard (1...1000).contains(starts) else { throw ValidationError("--starts must be 1 to 1000") }
    }

    func run() throws {
        Interrupt.watch()
        var rows: [String] = []
        do {
            for (index, entry) in MutantCatalogue.entries.enumerated() {
                if StandardError.isTerminal {
                    StandardError.write("\r\u{1B}[K\(index + 1) of \(MutantCatalogue.entries.count): \(entry.name)")
                }
                let row = try row(of: entry)
                guard !Interrupt.isRequested else { break }
                rows.append(row)
            }
        } catch let error as InvalidScenario {
            throw error.exit()
        } catch let error as Experiment.SetupError {
            throw ValidationError(error.description)
        }
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[K") }
        StandardOutput.write(Self.introduction + rows.joined(separator: "\n") + "\n")
        if Interrupt.isRequested {
            StandardError.write(
                "interrupted: \(rows.count) of \(MutantCatalogue.entries.count) planted bugs were looked for\n")
            throw ExitCode(130)
        }
        if rows.contains(where: { $0.contains("not found") }) { throw ExitCode(1) }
    }

    private func row(of entry: MutantCatalogue.Entry) throws -> String {
        let file = try ScenarioFile(path: "\(folder)/\(entry.scenario)")
        let trial = MutantTrial(entry, in: try file.load(overrides: []))
        let firsts = (0..<starts).map { $0 * MutantTrial.seedsMax + 1 }
        let median = try trial.medianSeeds(from: firsts) { !Interrupt.isRequested }
        let size = try smallest(trial, file)
        return "| `\(entry.name)` | \(entry.meaning) | `\(entry.invariant)` "
            + "| [\(entry.scenario)](../scenarios/\(entry.scenario)) | \(median.map { "\($0)" } ?? "not found") | \(size) |"
    }

    /// How large the first failure is once it was made as small as it gets.
    private func smallest(_ trial: MutantTrial, _ file: ScenarioFile) throws -> String {
        guard let seed = try trial.seedThatFinds(from: 1, shouldGoOn: { !Interrupt.isRequested }) else { return "" }
        let document = try Document(text: String(decoding: file.bytes, as: UTF8.self), file: file.path)
        var shrinker = try Shrinker(
            document, seed: seed, invariant: trial.entry.invariant, mutant: trial.entry.mutant
        ) { _ in !Interrupt.isRequested }
        shrinker.run()
        return try shrinker.result(comment: []).size.text
    }

    private static let introduction = """
        # Planted bugs

        A check that cannot fail shows nothing. For each invariant a bug is planted in the components, a line or two where such a bug would be,
        and a search over seeds must find it: `confab explore scenarios/search-chat.yaml --mutant retry-overtaken`. Without the bug, the scenario
        passes under the same seeds. Only `--mutant` and tests plant bugs; no key of a scenario does.

        "Seeds" is how many it takes to find the bug, the median over several first seeds. "Shrinks to" is what `confab shrink` makes of the first
        failure. `confab mutants scenarios > docs/mutants.md` makes this table anew.

        | bug | what goes wrong | found by | under | seeds | shrinks to |
        |---|---|---|---|---|---|

        """
}
