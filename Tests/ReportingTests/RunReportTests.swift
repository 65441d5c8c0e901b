import Foundation
import Reporting
import Testing

@Suite("Reports")
struct RunReportTests {
    @Test("the text of a run tells figures, views, verdicts, what failed and how to see it again")
    func text() {
        #expect(
            RunReport.text(Samples.summary, style: TerminalStyle(hasColour: false)) == """
                a race
                  scenario  scenarios/race.yaml
                  seed      7
                  digest    0123456789abcdef
                  ran       10.000 s of virtual time, 1,234 events in 2 ms (617,000 events/s), 27.0 MiB of memory
                  messages  2 sent, 2 acknowledged, 1 delivered, 0 failed; 1 duplicates suppressed
                  latency   p50 60.0 ms, p90 61.0 ms, p99 62.0 ms, max 62.3 ms
                  cpu       chat_server 1.23 %

                what each device shows, in order
                  alice.phone   M1  M2
                  bob.phone     nothing

                invariants
                  FAIL no_loss       violated      2 checked, 1 violations (expected: held)
                  ok   conservation  not exercised\u{20}

                first violations
                  no_loss: M1 is gone

                sometimes: what some seed of a search must come to
                  no   cache.lock_waits at least 1  0

                not as expected
                  FAIL view of bob.phone: expected [M1], but it is []

                FAILED; replay with: confab run scenarios/race.yaml --seed 7

                """)
    }

    @Test("the JSON has every key of the interface, and null for what there is not")
    func json() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(Samples.summary.json().utf8)) as? [String: Any])
        let keys = [
            "scenario", "seed", "version", "digest", "simulated_seconds", "wall_seconds", "events", "events_per_second",
            "peak_memory_bytes", "connections", "messages", "invariants", "latency_ms", "passed",
        ]
        for key in keys { #expect(object[key] != nil, "\(key)") }
        let messages = try #require(object["messages"] as? [String: Int])
        #expect(Set(messages.keys) == ["sent", "acked", "delivered", "failed", "duplicates_suppressed"])
        let invariants = try #require(object["invariants"] as? [[String: Any]])
        #expect(invariants[0]["first_violation"] as? String == "M1 is gone")
        #expect(invariants[1]["first_violation"] is NSNull)
        let latency = try #require(object["latency_ms"] as? [String: Any])
        #expect(latency["p999"] is NSNull && latency["max"] as? Double == 62.25)
    }

    @Test("checking many files gives a line for each, why one failed, and a summary")
    func check() {
        var good = Samples.summary
        good.invariants = []
        good.expectations = []
        good.passed = true
        let report = CheckReport(
            files: [
                .init(file: "a.yaml", summary: good, errors: []),
                .init(file: "long.yaml", summary: Samples.summary, errors: []),
                .init(file: "bad.yaml", summary: nil, errors: ["bad.yaml:1:1: error: no"]),
            ], wallSeconds: 0.25)
        #expect(
            report.text(style: TerminalStyle(hasColour: false)) == """
                ok   a.yaml     0123456789abcdef  2 ms
                FAIL long.yaml  0123456789abcdef  2 ms  replay with: confab run scenarios/race.yaml --seed 7
                       no_loss was expected to be held and is violated: M1 is gone
                       view of bob.phone: expected [M1], but it is []
                ERR  bad.yaml\u{20}
                       bad.yaml:1:1: error: no
                3 files: 1 passed, 1 failed, 1 invalid in 250 ms

                """)
    }

    @Test("text from a scenario cannot command a terminal")
    func sanitised() {
        #expect(TerminalStyle.sanitised("a\u{1B}[31mb\u{202E}c") == "a\u{FFFD}[31mb\u{FFFD}c")
    }

    @Test(
        "numbers are grouped and rounded for people",
        arguments: [(0.0, 1, "0.0"), (1234.56, 1, "1,234.6"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"), (2, 0, "2")])
    func decimals(value: Double, decimals: Int, text: String) {
        #expect(NumberText.decimal(value, decimals: decimals) == text)
    }

    @Test("sizes and spans have fitting units")
    func units() {
        #expect(NumberText.size(1023) == "1023 B" && NumberText.size(16 << 30) == "16.0 GiB")
        #expect(NumberText.span(seconds: 0.038) == "38 ms" && NumberText.span(seconds: 185) == "3 min 05 s")
    }

    @Test("progress tells the share and the time left")
    func progress() {
        let line = ProgressLine.text(
            simulatedSeconds: 15, durationSeconds: 60, events: 3_000_000, elapsedSeconds: 2)
        #expect(line.hasSuffix("15.0 s of 60.0 s (25 %), 1,500,000 events/s, 6.0 s left"))
        let building = ProgressLine.text(
            processesBuilt: 4000, of: 5000, connectionsOpen: 250_000, of: 1_000_000, share: 0.4, elapsedSeconds: 2)
        #expect(
            building.hasSuffix("building: 40 %, 4,000 of 5,000 processes, 250,000 of 1,000,000 connections, 3.0 s left")
        )
    }
}
