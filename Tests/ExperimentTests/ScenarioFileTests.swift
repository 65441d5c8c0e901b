import Experiment
import Foundation
import Invariants
import Language
import Reporting
import Scenario
import Synchronization
import Testing

/// The scenario files of the repository, each of which is a test.
@Suite("Scenario files")
struct ScenarioFileTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("scenarios")
    static let names = ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()

    private func load(_ name: String) throws -> Scenario {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        return try Scenario.load(text: text, file: name, isCheck: true)
    }

    private func run(
        _ scenario: Scenario, name: String, partitions: UInt32 = 1
    ) throws -> RunSummary {
        var options = Experiment.Options()
        options.partitionCount = partitions
        var experiment = try Experiment(scenario, options: options)
        experiment.run()
        return experiment.summary(
            labels: Experiment.Labels(scenarioPath: name, version: "", replay: ""), wallSeconds: 0, peakMemoryBytes: 0)
    }

    /// The run of a file. Several tests look at it, and it happens once.
    private func run(_ name: String) throws -> RunSummary {
        if let known = Self.summaries.withLock({ $0[name] }) { return known }
        let summary = try run(load(name), name: name)
        Self.summaries.withLock { $0[name] = summary }
        return summary
    }

    private static let summaries = Mutex<[String: RunSummary]>([:])

    @Test("a file does what it expects, and its digest is pinned", arguments: names)
    func expected(name: String) throws {
        let summary = try run(name)
        for invariant in summary.invariants {
            #expect(invariant.passed, "\(invariant.name): \(invariant.verdict) \(invariant.firstViolation ?? "")")
        }
        for expectation in summary.expectations {
            #expect(expectation.passed, "\(expectation.what): \(expectation.actual)")
        }
        #expect(summary.passed)
        #expect(summary.expectations.contains { $0.what == "digest" }, "run `confab check --pin \(name)`")
    }

    // With threads as well it is for the release build to compare them: `confab check --verify`, a part of `make test`.
    @Test("the digest is the same however a world is cut", arguments: names)
    func partitions(name: String) throws {
        let alone = try run(name)
        let other = try run(load(name), name: name, partitions: 5)
        #expect(other.digest == alone.digest)
        #expect(other.events == alone.events && other.messages.delivered == alone.messages.delivered)
        for figure in alone.metrics {
            #expect(other.metrics.first { $0.name == figure.name }?.value == figure.value, "\(figure.name)")
        }
    }

    @Test("rows that come later than anything is given are not lost: with more time all are shown")
    func late() throws {
        let name = "restart-rows-come-late.yaml"
        let early = try run(name)
        let sentence = early.invariants.first { $0.name == "no_loss" }?.firstViolation
        #expect(
            sentence?.contains("connected for 1.000 s or longer, never showed it; a log or the storage has it") == true)
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        let longer = try Scenario.load(
            text: text, file: name,
            overrides: ["duration=10s", "settle=5s", "expect.no_loss=held"].compactMap { Override($0) })
        let summary = try run(longer, name: name)
        #expect(summary.invariants.first { $0.name == "no_loss" }?.verdict == "held")
        #expect(summary.messages.sent == early.messages.sent && summary.messages.delivered == summary.messages.sent)
    }

    @Test("for every invariant there is a file in which it is held, and one in which it is violated")
    func coverage() throws {
        var verdicts: [String: Set<String>] = [:]
        for name in Self.names {
            for invariant in try run(name).invariants {
                verdicts[invariant.name, default: []].insert(invariant.verdict)
            }
        }
        func without(_ verdict: String) -> [String] {
            Invariant.allCases.map(\.rawValue).filter { verdicts[$0]?.contains(verdict) != true }
        }
        #expect(without("held") == [])
        #expect(without("violated") == [])
    }

    @Test("the language and the checks know the same invariants, in the same order")
    func invariantNames() {
        #expect(ExpectationModel.invariantNames == Invariant.allCases.map(\.rawValue))
    }
}
