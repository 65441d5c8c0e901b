import Foundation
import Language
import Plan

/// Texts of plans.
enum Texts {
    /// The least that a plan says.
    static let least = """
        confab_plan: 1
        name: least
        demand:
          users: { now: 1_000_000 }

        """

    /// The least with more lines in it.
    static func plan(_ lines: String) -> String { least + lines + "\n" }

    /// What is wrong with a text, as `line:column message`; empty if nothing is.
    static func errors(in text: String, overrides: [String] = []) -> [String] {
        do {
            _ = try Plan.load(text: text, file: "p", overrides: overrides.compactMap { Override($0) })
            return []
        } catch {
            return error.diagnostics.map { "\($0.position.line):\($0.position.column) \($0.message)" }
        }
    }

    /// The folder of the plans that come with Confab.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("plans")
    /// The names of the files in it.
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()

    /// One of the plans that come with Confab.
    static func file(_ name: String, _ overrides: String...) throws -> Plan {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return try Plan.load(text: text, file: "plans/\(name)", overrides: overrides.compactMap { Override($0) })
    }
}
