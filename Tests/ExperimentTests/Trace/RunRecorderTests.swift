import Scenario
import Simulation
import Testing

@testable import Experiment

@Suite("Recording of a run")
struct RunRecorderTests {
    private func recorder(keptCount: Int) throws -> RunRecorder {
        let text = try #require(ScenarioTemplate.all.first { $0.name == "population" }).text
        let scenario = try Scenario.load(text: text, file: "f")
        return RunRecorder(
            try Assembly.world(of: scenario, options: Experiment.Options(), recordsEvents: true),
            durationNanoseconds: scenario.durationNanoseconds, keptCount: keptCount)
    }

    @Test("of a run that is too large only the last events are kept, and how many came before them")
    func kept() throws {
        var all = try recorder(keptCount: 1_000_000)
        var last = try recorder(keptCount: 200)
        all.run(before: 20_000_000_000) { _ in true }
        last.run(before: 20_000_000_000) { _ in true }
        let (whole, part) = (all.recording, last.recording)
        #expect(whole.forgottenCount == 0 && whole.events.count > 1000)
        #expect(part.events.count < whole.events.count && part.events.count >= 200)
        #expect(Int(part.forgottenCount) + part.events.count == whole.events.count)
        let offset = Int(part.forgottenCount)
        for place in part.events.indices {
            // What caused an event is the same one, or is not kept.
            let cause = whole.graph.cause(of: place + offset)
            #expect(part.graph.cause(of: place) == cause.flatMap { $0 >= offset ? $0 - offset : nil })
        }
    }

    @Test("a recording tells which of its events happened in a span of time")
    func span() throws {
        var recorder = try recorder(keptCount: 1_000_000)
        recorder.run(before: 10_000_000_000) { _ in true }
        let recording = recorder.recording
        #expect(recording.endNanoseconds == 10_000_000_000)
        #expect(recording.places(in: 0..<UInt64.max) == 0..<recording.events.count)
        let early = recording.places(in: 0..<5_000_000_000)
        let late = recording.places(in: 5_000_000_000..<UInt64.max)
        #expect(early.upperBound == late.lowerBound && !early.isEmpty && !late.isEmpty)
        #expect(recording.places(in: 10_000_000_000..<11_000_000_000).isEmpty)
    }
}
