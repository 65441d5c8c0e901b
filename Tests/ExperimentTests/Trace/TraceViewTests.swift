import Experiment
import Foundation
import Reporting
import Scenario
import Testing

/// What a page and a viewer get of a run.
@Suite("Views of a run")
struct TraceViewTests {
    private static let labels = Experiment.Labels(scenarioPath: "f.yaml", version: "v", replay: "confab trace f.yaml")

    private func trace(_ name: String, asking message: String? = nil, window: Range<UInt64>? = nil) throws -> Trace {
        let text = try String(
            contentsOf: ScenarioFileTests.folder.appendingPathComponent("\(name).yaml"), encoding: .utf8)
        var trace = try Trace(Scenario.load(text: text, file: name), labels: Self.labels, window: window)
        try trace.run(askingAbout: message)
        return trace
    }

    @Test(
        "the same run gives the same page and the same trace, byte for byte",
        arguments: ["ordering-race-timestamps", "partition-heals"])
    func deterministic(name: String) throws {
        let first = try trace(name)
        let second = try trace(name)
        #expect(try first.page().html == second.page().html)
        #expect(first.perfetto().json == second.perfetto().json)
    }

    @Test("a page of a run with a violation opens with the past of the violation, and has the rest as well")
    func violation() throws {
        let page = try trace("ordering-race-timestamps").page()
        #expect(page.isViolated && page.opensPast && page.reason.contains(" is violated: bob.phone shows M1"))
        #expect(
            page.events.count == Int(page.total)
                && page.extent == "All \(page.total) events of the run are on this page.")
        let focus = try #require(page.focus.map { page.events[$0] })
        #expect(focus.text == "push M1 #1" && focus.flags.contains(.past))
        // Nothing after the moment is of its past, and what happened to the storage meanwhile is not either.
        #expect(page.events.allSatisfy { !$0.flags.contains(.past) || $0.timeNanoseconds <= focus.timeNanoseconds })
        let storage = try #require(page.processes.firstIndex { $0.name == "storage.1" })
        #expect(page.events.contains { $0.process == storage && $0.timeNanoseconds < focus.timeNanoseconds })
        #expect(
            !page.events.contains { $0.process == storage && $0.flags.contains(.past) && !$0.flags.contains(.quiet) })
    }

    @Test("a page of a run without violation is about what was shown last, or about the message that was asked for")
    func peaceful() throws {
        let page = try trace("storage-outage").page()
        #expect(!page.isViolated && !page.opensPast)
        #expect(page.reason == "No invariant is violated. The last message shown is M4, on bob.phone.")
        let asked = try trace("storage-outage", asking: "M1").page()
        #expect(asked.opensPast && asked.reason == "What led to M1 being shown.")
        #expect(asked.focus.map { asked.events[$0].notes.map(\.text) } == ["shows M1 as #1"])
    }

    @Test(
        "a large run gives a page of as many events as it may have, which says so; what led to the violation comes first"
    )
    func bounded() throws {
        let trace = try trace("partition-heals")
        let all = trace.page()
        let page = trace.page(eventsMax: 60)
        #expect(page.events.count == 60 && page.total == all.total && page.opensPast)
        #expect(page.extent.hasPrefix("60 of the run's \(page.total) events are on this page: "))
        #expect(page.extent.contains("confab trace f.yaml --html FILE --from "))
        let focus = try #require(page.focus)
        // The chain of causes of the violation is whole.
        var chain = [focus]
        while let cause = page.events[chain[chain.count - 1]].cause { chain.append(cause) }
        #expect(chain.count >= 3)
        let whole = all.events.map(\.number)
        #expect(page.events.allSatisfy { whole.contains($0.number) })
        #expect(page.events.map(\.number) == page.events.map(\.number).sorted())
        for event in page.events {
            if let cause = event.cause { #expect(page.events[cause].timeNanoseconds <= event.timeNanoseconds) }
        }
    }

    @Test("faults are bands over the processes that they strike")
    func bands() throws {
        let outage = try trace("storage-outage").page()
        let down = try #require(outage.bands.first { $0.kind == .crash })
        #expect(down.processes.map { outage.processes[$0].name.prefix(8) } == ["storage."])
        let bands = try trace("partition-heals").page().bands.filter { $0.kind == .network }
        let partition = try #require(bands.first)
        #expect(bands.count == 2)
        #expect(partition.text == "partition" && partition.processes.count >= 2)
    }

    @Test("only what happens in a window is looked at")
    func window() throws {
        let page = try trace("storage-outage", window: 2_000_000_000..<9_000_000_000).page()
        #expect(!page.events.isEmpty && page.events.count < Int(page.total))
        #expect(page.events.allSatisfy { (2_000_000_000..<9_000_000_000).contains($0.timeNanoseconds) })
        #expect(page.extent.contains("from 2.") || page.extent.contains("from 3.") || page.extent.contains("from 4."))
        let late = try trace("storage-outage", window: 5_000_000_000..<UInt64.max).page()
        #expect(late.events.allSatisfy { $0.timeNanoseconds >= 5_000_000_000 } && late.focus != nil)
    }

    @Test("a viewer gets a slice for every event that was handled")
    func perfetto() throws {
        let trace = try trace("storage-outage")
        let json = trace.perfetto().json
        let handled = trace.page().events.count { $0.startNanoseconds != nil }
        #expect(json.ranges(of: "\"cat\":\"handling\"").count == handled)
        #expect(json.contains("\"cat\":\"fault\"") && json.contains("\"name\":\"chat_server.1\""))
    }
}
