import Foundation
import Testing

/// What the pages tell people to type.
@Suite("Documentation")
struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The commands of the workflow, each on one line.
    private func commands() throws -> [[Substring]] {
        let page = Self.root.appendingPathComponent("docs/continuous-integration.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let block = try #require(text.firstMatch(of: /```yaml\n(?<yaml>(?:.|\n)*?)```/)).output.yaml
        return String(block).replacing(/\\\n */, with: "").split(separator: "\n").compactMap { line in
            line.firstMatch(of: /^ *(?:run: )?(?<command>confab .*)$/)?.output.command.split(separator: " ")
        }
    }

    @Test("the workflow for GitHub names commands, options and files that there are")
    func workflow() throws {
        let commands = try commands()
        #expect(commands.map { $0[1] } == ["validate", "check", "explore"])
        let shell = try Shell()
        for command in commands {
            let help = try shell.run(String(command[1]), "--help").output
            for word in command where word.hasPrefix("--") { #expect(help.contains("\(word) "), "\(command)") }
            let scenarios = String(command[2])
            #expect(
                FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(scenarios).path), "\(scenarios)"
            )
        }
    }
}
