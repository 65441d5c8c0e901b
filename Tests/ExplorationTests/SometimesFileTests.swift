import Foundation
import Scenario
import Testing

@testable import Exploration

/// The scenario files of the repository that list what some seed must come to.
@Suite("Scenario files with what must happen sometimes")
struct SometimesFileTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("scenarios")

    private func scenarios() throws -> [Scenario] {
        try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".yaml") }.sorted()
            .map { name in
                let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
                return try Scenario.load(text: text, file: name)
            }.filter { !$0.expectations.sometimes.isEmpty }
    }

    @Test("a search over two hundred seeds comes to all of it, and fails under none")
    func reached() throws {
        let scenarios = try scenarios()
        #expect(!scenarios.isEmpty)
        for scenario in scenarios {
            let search = SeedSearch(scenario, options: .init(seeds: 1..<201, jobs: 2))
            let findings = try search.run { _, _ in
            } shouldGoOn: {
                true
            }
            #expect(findings.seedCount == 200 && findings.failedSeedCount == 0, "\(scenario.name)")
            #expect(findings.missed.map(\.text) == [], "\(scenario.name)")
        }
    }

    @Test("a search that is too short misses some of it")
    func missed() throws {
        let scenario = try #require(try scenarios().first { $0.name == "sometimes an acknowledgement is lost" })
        let findings = try SeedSearch(scenario, options: .init(seeds: 1..<6, jobs: 1)).run { _, _ in
        } shouldGoOn: {
            true
        }
        #expect(findings.missed.map(\.text).contains("messages duplicates_suppressed at least 1") && !findings.passed)
    }
}
