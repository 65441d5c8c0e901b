internal import Experiment
internal import Language
internal import Reporting
internal import Scenario

extension Shrinker {
    /// What came of it.
    package struct Result {
        /// The text of the smallest scenario, with what it expects: every violation, and the digest.
        package let text: String
        /// How it fails, in words.
        package let sentence: String
        /// How large it is.
        package let size: ScenarioSize
    }

    /// The smallest scenario so far as a file: it says how it fails, and expects it.
    ///
    /// - Parameter comment: Lines to put on top, without the signs of comments.
    /// - Throws: Nothing that can happen, since the scenario has been run.
    package func result(comment: [String]) throws -> Result {
        var document = best
        document["seed"] = .value("\(seed)")
        let scenario = try Scenario.load(text: document.fileText, file: "")
        var options = Experiment.Options()
        options.mutant = mutant
        var experiment = try Experiment(scenario, options: options)
        experiment.run()
        let violated = experiment.verdicts().filter { $0.verdict == "violated" }
        var expected = [Document.Entry("digest", .value(experiment.digest))]
        expected += violated.filter { $0.name == failure.invariant || !scenario.givenUpByDesign.contains($0.name) }
            .map { Document.Entry($0.name, .value("violated")) }
        document["expect"] = .section(expected)
        let entries = document.entries.enumerated().sorted {
            (Self.place(of: $0.element.key), $0.offset) < (Self.place(of: $1.element.key), $1.offset)
        }
        document = .section(entries.map(\.element))
        let sentence = violated.first { $0.name == failure.invariant }?.firstViolation ?? failure.sentence
        let lines = comment + ["\(failure.invariant): \(sentence)"]
        return Result(
            text: lines.map { "# \(printable($0))\n" }.joined() + document.fileText, sentence: sentence,
            size: ScenarioSize(scenario, messages: experiment.sentCount))
    }

    /// The keys of a scenario in the order in which they are read best; what goes wrong and what is expected come last.
    private static let order = [
        "confab", "name", "seed", "duration", "settle", "system", "network", "clocks", "populations", "users", "groups",
        "script", "faults", "random_faults", "expect",
    ]

    private static func place(of key: String) -> Int { order.firstIndex(of: key) ?? order.count }

    /// A text on one line.
    private func printable(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }
}
