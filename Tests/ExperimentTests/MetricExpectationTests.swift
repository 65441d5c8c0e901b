import Experiment
import Language
import Reporting
import Scenario
import Testing

@Suite("Expectations of figures")
struct MetricExpectationTests {
    private func summary(_ limits: String) throws -> RunSummary {
        let text = """
            confab: 1
            name: figures
            duration: 10s
            users:
              alice: { devices: [phone] }
              bob: { devices: [phone] }
            script:
              - { at: 1s, alice: { send: M1, to: bob } }
            expect:
              metrics: \(limits)

            """
        var experiment = try Experiment(try Scenario.load(text: text, file: "figures.yaml"))
        experiment.run()
        return experiment.summary(
            labels: Experiment.Labels(scenarioPath: "figures.yaml", version: "", replay: ""), wallSeconds: 0,
            peakMemoryBytes: 0)
    }

    @Test("a figure inside its limits passes, one outside fails and says what it is")
    func limits() throws {
        let figure = "traffic.chat.last_mile.messages"
        let count = try #require(try summary("{}").metrics.first { $0.name == figure }?.value)
        #expect(count > 4)
        #expect(try summary("{ \(figure): \(count) }").passed)
        #expect(try summary("{ \(figure): { at_least: \(count), at_most: \(count + 1) } }").passed)
        let failed = try summary("{ \(figure): { at_most: \(count - 1) } }")
        #expect(!failed.passed)
        let expectation = try #require(failed.expectations.first)
        #expect(expectation.expected == "at most \(count - 1)" && expectation.actual == "\(count)")
    }

    @Test("a figure that no component reports stops the run before it begins, with what was probably meant")
    func unknown() {
        #expect {
            try summary("{ traffic.chat.last_mile.mesages: 4 }")
        } throws: { error in
            (error as? Experiment.SetupError)?.position?.line == 10
                && "\(error)".contains("did you mean `traffic.chat.last_mile.messages`?")
        }
    }
}
