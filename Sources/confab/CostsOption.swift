import ArgumentParser
import Foundation
import Language
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

    /// What the profile changes in a plan.
    ///
    /// - Throws: ``InvalidScenario`` with everything that is wrong with it.
    func planChanges() throws -> [Override] {
        guard let path, let profile = try profile() else { return [] }
        return profile.planOverrides(file: URL(fileURLWithPath: path).lastPathComponent)
    }

    /// The option as it would be typed again.
    var arguments: String { path.map { " --costs \(shellQuoted($0))" } ?? "" }
}
