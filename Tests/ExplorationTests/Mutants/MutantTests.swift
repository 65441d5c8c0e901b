import Chat
import Foundation
import Invariants
import Scenario
import Testing

@testable import Exploration

@Suite("Planted bugs")
struct MutantTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func trial(_ entry: MutantCatalogue.Entry) throws -> MutantTrial {
        let file = root.appendingPathComponent("scenarios/\(entry.scenario)")
        let text = try String(contentsOf: file, encoding: .utf8)
        return MutantTrial(entry, in: try Scenario.load(text: text, file: entry.scenario))
    }

    @Test("each bug is in the catalogue once, and each invariant finds one")
    func catalogue() {
        #expect(
            MutantCatalogue.entries.map(\.mutant).sorted { $0.rawValue < $1.rawValue }
                == Mutant.allCases.sorted { $0.rawValue < $1.rawValue })
        let found = Set(MutantCatalogue.entries.map(\.invariant))
        #expect(Invariant.allCases.map(\.rawValue).filter { !found.contains($0) } == [])
        #expect(found.isSubset(of: Invariant.allCases.map(\.rawValue)))
    }

    @Test(
        "a bug is found within 1000 seeds, and without it the scenario passes under them",
        arguments: MutantCatalogue.entries.map(\.name))
    func found(name: String) throws {
        let trial = try Self.trial(#require(MutantCatalogue.entry(named: name)))
        let seed = try #require(try trial.seedThatFinds(from: 1))
        #expect(try trial.seedThatFailsWithout(among: 1...seed) == nil)
    }

    @Test("the documentation has a line for each bug")
    func documented() throws {
        let file = Self.root.appendingPathComponent("docs/mutants.md")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        for entry in MutantCatalogue.entries {
            let line = try #require(lines.first { $0.hasPrefix("| `\(entry.name)` | \(entry.meaning) |") })
            #expect(line.contains("| `\(entry.invariant)` |") && line.contains("(../scenarios/\(entry.scenario))"))
        }
    }
}
