import Foundation
import Language
import Plan
import Planning

/// The plans that come with Confab, with changes.
enum Plans {
    static let classic = "classic.yaml"
    static let startUp = "start-up.yaml"

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("plans")

    static func load(_ name: String, _ overrides: [String] = []) throws -> Plan {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return try Plan.load(text: text, file: "plans/\(name)", overrides: overrides.compactMap { Override($0) })
    }

    /// The sizing of a plan with changes. Without any it is made once.
    static func sizing(_ name: String, _ overrides: String...) throws -> Sizing {
        if overrides.isEmpty, name == classic { return try classicSizing.get() }
        return Sizing(try load(name, overrides))
    }

    private static let classicSizing = Result { Sizing(try load(classic)) }
}
