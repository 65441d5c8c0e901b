import Experiment
import Language
import Reporting
import Scenario
import Testing

@Suite("Experiment")
struct ExperimentTests {
    private let labels = Experiment.Labels(scenarioPath: "f", version: "v", replay: "r")

    private func scenario(_ template: String, _ overrides: String...) throws -> Scenario {
        let template = try #require(ScenarioTemplate.all.first { $0.name == template })
        return try Scenario.load(text: template.text, file: "f", overrides: overrides.compactMap { Override($0) })
    }

    private func run(_ scenario: Scenario) throws -> RunSummary {
        var experiment = try Experiment(scenario)
        experiment.run()
        return experiment.summary(labels: labels, wallSeconds: 1, peakMemoryBytes: 1)
    }

    @Test("every template does what it expects", arguments: ScenarioTemplate.all.map(\.name))
    func templates(name: String) throws {
        let summary = try run(try scenario(name))
        #expect(summary.passed, "\(summary.invariants) \(summary.expectations)")
    }

    @Test("an expectation that is not met fails the run and says what came instead")
    func unmet() throws {
        let summary = try run(
            try scenario(
                "race", "expect.views.bob.phone=[M1]", "expect.same_order_for_both_users=held",
                "expect.messages.sent=3", "expect.digest=0000000000000000"))
        #expect(!summary.passed)
        #expect(summary.invariants.filter { !$0.passed }.map(\.name) == ["same_order_for_both_users"])
        #expect(
            summary.expectations.filter { !$0.passed }.map(\.what) == ["view of bob.phone", "messages sent", "digest"])
        #expect(summary.expectations.first { $0.what == "view of bob.phone" }?.actual == "[M2, M1]")
    }

    @Test("what is stated as held must be exercised; what is not mentioned need not be")
    func statedOrNot() throws {
        let unstated = try run(try scenario("race"))
        #expect(unstated.invariants.first { $0.name == "offline_complete" }?.passed == true)
        let stated = try run(try scenario("race", "expect.offline_complete=held"))
        #expect(stated.invariants.first { $0.name == "offline_complete" }?.passed == false)
    }

    @Test("a run that is stopped says so and has not passed")
    func interrupted() throws {
        var experiment = try Experiment(try scenario("population"))
        experiment.run { $0.simulatedNanoseconds < 5_000_000_000 }
        let summary = experiment.summary(labels: labels, wallSeconds: 1, peakMemoryBytes: 1)
        #expect(summary.interrupted && !summary.passed && summary.simulatedSeconds < 10)
    }

    @Test("a run that cannot be cut says which link is the reason")
    func noLookahead() throws {
        var options = Experiment.Options()
        options.partitionCount = 2
        let instant = try scenario("race", "network.last_mile.latency={ exponential: { mean: 30ms } }")
        let error = #expect(throws: Experiment.SetupError.self) { _ = try Experiment(instant, options: options) }
        #expect(error?.description.contains("network.last_mile") == true)
    }

    @Test("a picture shows the race")
    func picture() throws {
        var options = Experiment.Options()
        options.recordsTrace = true
        var experiment = try Experiment(try scenario("race"), options: options)
        experiment.run()
        let text = experiment.picture(showsEverything: false)?.text(width: 120, style: TerminalStyle(hasColour: false))
        for part in ["alice.phone", "bob.phone", "submit M1", "push M2 #2", "shows M1", "forward M2"] {
            #expect(text?.contains(part) == true, "\(part)")
        }
        #expect(text?.contains("which server?") == false)
        let everything = experiment.picture(showsEverything: true)?.text(
            width: 120, style: TerminalStyle(hasColour: false))
        #expect(everything?.contains("which server?") == true)
    }
}
