import Foundation
import Language
import Scenario
import Testing

@testable import Experiment

@Suite("Story of a message")
struct MessageStoryTests {
    private static let labels = Experiment.Labels(scenarioPath: "f.yaml", version: "v", replay: "confab trace f.yaml")

    /// A file of the repository's scenarios, recorded.
    private func trace(
        _ name: String, asking message: String, on place: String? = nil, _ overrides: String...
    ) throws -> Trace {
        let text = try String(
            contentsOf: ScenarioFileTests.folder.appendingPathComponent("\(name).yaml"), encoding: .utf8)
        var trace = try Trace(
            Scenario.load(text: text, file: name, overrides: overrides.compactMap { Override($0) }),
            labels: Self.labels)
        try trace.run(askingAbout: message, on: place)
        return trace
    }

    /// The lines of an answer, without times: where, and what happened there.
    private func lines(_ answer: String) -> [String] {
        answer.split(separator: "\n").filter { $0.hasPrefix("  ") }.map { line in
            let columns = line.split(separator: /[ ]{2,}/)
            return columns.filter { $0.firstMatch(of: /^\+? ?[0-9,.]+ m?s$/) == nil }
                .joined(separator: ": ").replacing(/[ ]\(.*\)$/, with: "")
        }
    }

    @Test("a message is followed from its sender over the servers to the device that shows it")
    func race() throws {
        let answer = try trace("ordering-race-timestamps", asking: "M1").why()
        #expect(
            lines(answer) == [
                "alice.phone: sends M1; shows M1",
                "chat_server.1: submit M1 arrives from alice.phone; M1 is #1 of alice",
                "chat_server.2: forward M1 arrives from chat_server.1; M1 is #1 of bob",
                "bob.phone: push M1 #1 arrives from chat_server.2; shows M1",
            ])
        #expect(
            answer.firstMatch(of: /^M1 on bob\.phone: shown at 1\.[0-9]+ s, [0-9.]+ ms after alice\.phone sent it\n/)
                != nil)
        #expect(answer.contains("handled there, ") && answer.contains(" under way)"))
    }

    @Test("what is stored before it is forwarded is followed to the storage and back")
    func stored() throws {
        let answer = try trace("storage-outage", asking: "M1", on: "bob.phone").why()
        #expect(
            lines(answer).suffix(4) == [
                "storage.2: put M1 for bob arrives from chat_server.2", "storage.2: M1 is stored for bob",
                "chat_server.2: stored #1 of bob arrives from storage.2; M1 is #1 of bob",
                "bob.phone: push M1 #1 arrives from chat_server.2; shows M1 as #1",
            ])
    }

    @Test("a poll that brings a message did not come because of it: the server has known it for a time")
    func poll() throws {
        let answer = try trace("connection-poll", asking: "M1", on: "bob").why()
        let way = lines(answer)
        #expect(
            way.suffix(2) == [
                "chat_server.2: anything after #0? arrives from bob.phone",
                "bob.phone: rows up to #1 arrives from chat_server.2; shows M1 as #1",
            ])
        #expect(way.first == "alice.phone: sends M1" && answer.contains("(known there for "))
    }

    @Test("attempts that failed are on the way, with what was lost")
    func retried() throws {
        let answer = try trace("group-order", asking: "A1", on: "carol.phone").why()
        #expect(answer.contains("group post is due") && answer.contains("lost on the way to chat_server.3: deliver"))
        #expect(lines(answer).last == "carol.phone: push A1 #1 arrives from chat_server.3; shows A1 as #1")
    }

    @Test("the device of the sender is told of only if it is asked about")
    func ownDevice() throws {
        #expect(try trace("lost-acknowledgement", asking: "M1").why().contains("on alice.phone: shown") == false)
        let own = try trace("lost-acknowledgement", asking: "M1", on: "alice.phone")
        #expect(own.why().hasPrefix("M1 on alice.phone: shown at") && own.isShown)
    }

    @Test("of a message that nobody shows it is told how far it got")
    func lost() throws {
        let trace = try trace("crash-before-store", asking: "M1")
        #expect(!trace.isShown)
        let answer = trace.why()
        #expect(answer.hasPrefix("no device shows M1 but that of its sender; this is how far it got:\n"))
        #expect(
            lines(answer).first == "alice.phone: sends M1"
                && lines(answer).last?.hasPrefix("alice.phone: accepted M1 #1 arrives from chat_server.1") == true)
        let elsewhere = try self.trace("offline-store-and-redeliver", asking: "M1", on: "alice.phone").why()
        #expect(elsewhere.hasPrefix("M1 on alice.phone") || elsewhere.contains("alice.phone does not show M1, but bob"))
    }

    @Test("a name that is not there is an error that says what was probably meant")
    func unknown() throws {
        let message = #expect(throws: Trace.Failure.self) { try trace("ordering-race-timestamps", asking: "N1") }
        #expect(message?.description == "no message is called `N1`; did you mean `M1`?")
        let device = #expect(throws: Trace.Failure.self) {
            try trace("ordering-race-timestamps", asking: "M1", on: "bob.fone")
        }
        #expect(device?.description == "no device and no listed user is called `bob.fone`; did you mean `bob.phone`?")
    }

    @Test("of a run that is stopped before a message is sent it is told so")
    func stopped() throws {
        let text = try #require(ScenarioTemplate.all.first { $0.name == "race" }).text
        var trace = try Trace(Scenario.load(text: text, file: "f"), labels: Self.labels)
        let error = #expect(throws: Trace.Failure.self) { try trace.run(askingAbout: "M1") { _ in false } }
        #expect(error?.description == "the run ends at 1.000 s, before `M1` is sent")
    }
}
