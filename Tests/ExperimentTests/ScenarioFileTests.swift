import Experiment
import Foundation
import Invariants
import Reporting
import Scenario
import Testing

/// The scenario files of the repository, each of which is a test.
@Suite("Scenario files")
struct ScenarioFileTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("scenarios")
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.sorted()

    private func load(_ name: String, overrides: [Override] = []) throws -> Scenario {
        let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        return try Scenario.load(text: text, file: name, overrides: overrides)
    }

    /// The scenario of a file with no more than ``fewUsers`` in each population, so that a debug build runs it often.
    private func loadSmall(_ name: String) throws -> Scenario {
        let large = try load(name).populations.filter { $0.userCount > Self.fewUsers }
        return try load(
            name, overrides: large.compactMap { Override("populations.\($0.name).users=\(Self.fewUsers)") })
    }

    private static let fewUsers: UInt64 = 100

    private func run(_ name: String) throws -> RunSummary {
        try run(load(name), name: name)
    }

    private func run(
        _ scenario: Scenario, name: String, partitions: UInt32 = 1, threads: Int = 1
    ) throws -> RunSummary {
        var options = Experiment.Options()
        options.partitionCount = partitions
        options.threadCount = threads
        var experiment = try Experiment(scenario, options: options)
        experiment.run()
        return experiment.summary(
            labels: Experiment.Labels(scenarioPath: name, version: "", replay: ""), wallSeconds: 0, peakMemoryBytes: 0)
    }

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

    @Test("the digest is the same on any number of partitions and threads", arguments: names)
    func partitions(name: String) throws {
        let scenario = try loadSmall(name)
        let alone = try run(scenario, name: name)
        for threads in [1, 2, 3, 8] {
            for partitions: UInt32 in [1, 4, 64] {
                let other = try run(scenario, name: name, partitions: partitions, threads: threads)
                #expect(other.digest == alone.digest, "\(partitions) partitions, \(threads) threads")
                #expect(other.events == alone.events && other.messages.delivered == alone.messages.delivered)
            }
        }
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
