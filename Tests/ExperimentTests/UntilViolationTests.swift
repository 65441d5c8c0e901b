import Foundation
import Invariants
import Language
import Reporting
import Scenario
import Testing

@testable import Experiment

@Suite("Until the first violation")
struct UntilViolationTests {
    private static let labels = Experiment.Labels(scenarioPath: "f", version: "v", replay: "r")

    private func load(_ name: String, _ overrides: [String] = []) throws -> Scenario {
        let text = try String(contentsOf: ScenarioFileTests.folder.appendingPathComponent(name), encoding: .utf8)
        return try Scenario.load(text: text, file: name, overrides: overrides.compactMap { Override($0) })
    }

    private func stop(_ scenario: Scenario) throws -> (summary: RunSummary, stop: RunSummary.Stop?) {
        let (experiment, stop) = try Experiment.untilViolation(of: { try Experiment(scenario) })
        let summary = experiment.summary(labels: Self.labels, wallSeconds: 1, peakMemoryBytes: 1)
        return (stop.map(summary.stopped) ?? summary, stop)
    }

    @Test("a run ends at the moment at which a violation becomes visible")
    func moment() throws {
        let scenario = try load("ordering-race-timestamps.yaml", ["expect={ same_order_for_both_users: violated }"])
        let (summary, stop) = try stop(scenario)
        let found = try #require(stop)
        #expect(found.invariant == "same_order_for_both_users" && found.isExpected)
        #expect(summary.simulatedSeconds == (found.seconds * 1e9 + 1) / 1e9)
        #expect(summary.passed && !summary.interrupted && summary.stopped != nil)
        var whole = try Experiment(scenario)
        whole.run()
        #expect(
            summary.events < whole.eventCount && summary.views.map(\.messages) == [["M1", "M2"], ["M2", "M1"]])
        #expect(summary.invariants.map(\.name) == ["same_order_for_both_users"])
        let text = RunReport.text(summary, style: TerminalStyle(hasColour: false))
        #expect(text.contains("\nstopped at 1.06") && text.contains("same_order_for_both_users is violated: "))
        #expect(text.hasSuffix("passed: the scenario expects it; the rest was not run\n"))
        #expect(try summary.json().contains("\"stopped\" : {"))
    }

    @Test("a violation that is not expected fails the run")
    func unexpected() throws {
        let (summary, stop) = try stop(load("duplicates-nobody-looks.yaml", ["expect={ sequence_gap_free: any }"]))
        #expect(stop?.invariant == "no_duplicates" && stop?.isExpected == false && !summary.passed)
        #expect(RunReport.text(summary, style: TerminalStyle(hasColour: false)).hasSuffix("FAILED; replay with: r\n"))
    }

    @Test(
        "what a design gives up is passed over unless the scenario mentions it, and a run without violation goes to its end"
    )
    func passedOver() throws {
        let (summary, stop) = try stop(load("ordering-race-timestamps.yaml", ["expect={}"]))
        #expect(stop == nil && summary.stopped == nil && summary.simulatedSeconds == 10 && summary.passed)
    }

    /// The files in which an invariant is violated that stays so.
    private static let violated = ScenarioFileTests.names.filter { name in
        let text = try? String(contentsOf: ScenarioFileTests.folder.appendingPathComponent(name), encoding: .utf8)
        return Invariant.allCases.contains { invariant in
            invariant.isFinal(isSequenced: true) && text?.contains("  \(invariant.rawValue): violated") == true
        }
    }

    @Test("what ends a run early is a violation of the whole run as well, and the same one", arguments: violated)
    func final(name: String) throws {
        let scenario = try load(name)
        let stop = try #require(try stop(scenario).stop)
        var whole = try Experiment(scenario)
        whole.run()
        let verdict = try #require(whole.verdicts().first { $0.name == stop.invariant })
        #expect(verdict.verdict == "violated" && verdict.firstViolation == stop.sentence)
    }

    @Test("many invariants are looked at in this way")
    func looked() {
        #expect(Self.violated.count >= 8, "\(Self.violated)")
    }

    @Test("a window limits what is drawn")
    func window() throws {
        var options = Experiment.Options()
        options.recordsTrace = true
        var experiment = try Experiment(load("ordering-race-timestamps.yaml"), options: options)
        experiment.run()
        func text(_ window: Range<UInt64>) -> String {
            experiment.picture(showsEverything: false, window: window)?.text(
                width: 120, style: TerminalStyle(hasColour: false)) ?? ""
        }
        let early = text(0..<1_001_000_000)
        #expect(early.contains("sends M1") && !early.contains("sends M2"))
        let late = text(1_001_000_000..<UInt64.max)
        #expect(!late.contains("sends M1") && late.contains("sends M2"))
    }
}
