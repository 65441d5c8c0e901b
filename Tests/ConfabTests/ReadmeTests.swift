import Foundation
import Testing

@Suite("README")
struct ReadmeTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What the README shows of commands and what they print: a block whose first line begins with `$ confab`.
    private static var sessions: [(command: String, output: [String])] {
        let text = (try? String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)) ?? ""
        return text.components(separatedBy: "```\n").compactMap { block in
            var lines = block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let command = lines.first, command.hasPrefix("$ confab ") else { return nil }
            lines.removeFirst()
            return (String(command.dropFirst("$ confab ".count)), trimmed(lines))
        }
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        let lines = lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
        return lines.reversed().drop { $0.isEmpty }.reversed()
    }

    @Test("it shows sessions")
    func sessionsAreFound() {
        #expect(Self.sessions.count >= 2)
    }

    @Test("what it shows of `make demo` is what that prints, but for the time and the memory that it takes")
    func demo() throws {
        let text = try String(contentsOf: Self.root.appendingPathComponent("README.md"), encoding: .utf8)
        let shown = Set(text.split(separator: "\n").map(String.init))
        let outcome = try Shell(in: Self.root).run(
            "run", "scenarios/ordering-race-timestamps.yaml", "--events", "messages")
        #expect(outcome.status == 0)
        let lines = Self.trimmed(outcome.output.split(separator: "\n").map(String.init))
        for line in lines where !line.hasPrefix("  ran ") { #expect(shown.contains(line)) }
        #expect(lines.count > 50)
    }

    @Test("what it shows of a session is what the command prints", arguments: sessions.map(\.command))
    func session(command: String) throws {
        let session = try #require(Self.sessions.first { $0.command == command })
        let outcome = try Shell(in: Self.root).run(command.split(separator: " ").map(String.init))
        #expect(outcome.errors == "")
        #expect(
            Self.trimmed(outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
                == session.output)
    }
}
