import ArgumentParser
import Scenario

/// The option that gives what handling costs.
struct CostsOption: ParsableArguments {
    @Option(
        name: .customLong("costs"),
        help: ArgumentHelp(
            "Take what handling costs from a profile, such as `confab calibrate` writes. What --set says goes before it.",
            valueName: "file"),
        completion: .file(extensions: ["yaml"]))
    var path: String?

    /// The profile, if there is one.
    ///
    /// - Throws: ``InvalidScenario`` with everything that is wrong with it.
    func profile() throws -> CostProfile? {
        try path.map { try ScenarioFile(path: $0).loadCosts() }
    }

    /// The option as it would be typed again.
    var arguments: String { path.map { " --costs \(shellQuoted($0))" } ?? "" }
}
