import ArgumentParser
import Foundation
import Language
import Plan
import Reporting
import Scenario

/// A scenario or plan file on disk.
struct ScenarioFile {
    let path: String
    let bytes: [UInt8]

    /// Reads the file.
    ///
    /// - Throws: An error that says what to do; the exit status is 65.
    init(path: String) throws {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            throw InvalidScenario(
                path,
                isFolder.boolValue
                    ? "this is a folder; `confab check` takes folders"
                    : exists ? "the file cannot be read" : "there is no such file")
        }
        // Some editors begin a file with a byte order mark.
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        bytes = [UInt8](data.starts(with: mark) ? data.dropFirst(mark.count) : data)
    }

    /// Reads the scenario in it.
    ///
    /// - Throws: ``InvalidScenario`` with everything that is wrong.
    ///
    /// - Parameter isCheck: Whether to make the changes that the file lists for `confab check`.
    func load(overrides: [Override], isCheck: Bool = false) throws -> Scenario {
        do {
            return try Scenario.load(bytes: bytes, file: path, overrides: overrides, isCheck: isCheck)
        } catch {
            throw InvalidScenario(error)
        }
    }

    /// Reads the plan in it.
    ///
    /// - Throws: ``InvalidScenario`` with everything that is wrong.
    func loadPlan(overrides: [Override]) throws -> Plan {
        do {
            return try Plan.load(bytes: bytes, file: path, overrides: overrides)
        } catch {
            throw InvalidScenario(error)
        }
    }

    /// Reads the cost profile in it.
    ///
    /// - Throws: ``InvalidScenario`` with everything that is wrong.
    func loadCosts() throws -> CostProfile {
        do {
            return try CostProfile.load(bytes: bytes, file: path)
        } catch {
            throw InvalidScenario(error)
        }
    }

    /// Changes to the scenario: those of a cost profile that it has a use for, then others, which go before them.
    func changes(
        _ overrides: [Override], costs: CostProfile?, isCheck: Bool = false
    ) throws -> [Override] {
        guard let costs else { return overrides }
        return costs.overrides(for: try load(overrides: overrides, isCheck: isCheck)) + overrides
    }

    /// What GitHub is to show of failures: each beside the line that says what was expected, or the nearest section around it.
    func annotations(_ failures: [(title: String, text: String, path: [String])]) -> [GitHubAnnotation] {
        guard !failures.isEmpty else { return [] }
        let places = ScenarioPlaces(text: text)
        return failures.map { failure in
            let position = places.position(of: failure.path)
            return GitHubAnnotation(
                file: path, line: position.line, column: position.column, title: failure.title, message: failure.text)
        }
    }

    /// The text of the file; what is not UTF-8 in it is replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The files that a list of files and folders stands for: folders stand for the `.yaml` files in them, by name.
    static func expand(_ paths: [String]) throws -> [String] {
        var files: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                files.append(path)
                continue
            }
            let names = (FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? [])
                .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
            guard !names.isEmpty else {
                throw InvalidScenario(path, "there is no .yaml file in this folder")
            }
            files += names.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
        }
        return files
    }
}

/// The options that say which scenario to run, and how.
struct ScenarioOptions: ParsableArguments {
    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Change a key: `system.chat_servers.count=4`.", valueName: "path=value"))
    var overrides: [String] = []

    @Option(help: "Run with another seed.")
    var seed: UInt64?

    @OptionGroup var costsOption: CostsOption

    func validate() throws {
        for text in overrides where Override(text) == nil {
            throw ValidationError("`--set \(text)` is not of the form path=value")
        }
    }

    /// What the options change in a scenario.
    ///
    /// - Parameters:
    ///   - more: What else is to be changed.
    ///   - isCheck: Whether the changes that the file lists for `confab check` are made as well.
    /// - Throws: ``InvalidScenario`` if the cost profile is not valid, or the file.
    func changes(to file: ScenarioFile, more: [Override] = [], isCheck: Bool = false) throws -> [Override] {
        try file.changes(parsedOverrides + more, costs: try costsOption.profile(), isCheck: isCheck)
    }

    /// What --set and --seed change, the seed last.
    var parsedOverrides: [Override] {
        (overrides + (seed.map { ["seed=\($0)"] } ?? [])).compactMap { Override($0) }
    }

    /// The options as they would be typed again.
    var arguments: String {
        (overrides.map { " --set \(shellQuoted($0))" } + (seed.map { [" --seed \($0)"] } ?? [])
            + [costsOption.arguments]).joined()
    }
}

/// A text as a shell would take it back.
func shellQuoted(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/=+:@%,".contains($0)) }
    return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}
