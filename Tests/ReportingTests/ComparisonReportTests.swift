import Foundation
import Reporting
import Testing

@Suite("Comparison of two runs")
struct ComparisonReportTests {
    private var other: RunSummary {
        var other = Samples.summary
        other.messages.delivered = 2
        other.metrics = [
            .init(name: "storage.flushes", value: 12, unit: "flushes", meaning: ""),
            .init(name: "storage.splits", value: 1, unit: "regions", meaning: ""),
        ]
        other.invariants[0].verdict = "held"
        other.passed = true
        return other
    }

    private func text(showsAll: Bool) -> [String] {
        ComparisonReport(Samples.summary, other)
            .text(names: ("a.yaml", "b.yaml"), showsAll: showsAll, style: TerminalStyle(hasColour: false))
            .split(separator: "\n").map {
                $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            }
    }

    @Test("figures that differ are listed with their ratio, others only on request")
    func figures() {
        #expect(text(showsAll: false).contains("messages.delivered 1 messages 2 messages 2.00"))
        #expect(text(showsAll: false).contains("storage.flushes 3 flushes 12 flushes 4.00"))
        #expect(!text(showsAll: false).contains { $0.hasPrefix("messages.sent") })
        #expect(text(showsAll: true).contains("messages.sent 2 messages 2 messages 1.00"))
    }

    @Test("a figure that only one run has stands beside a dash")
    func missing() {
        #expect(text(showsAll: false).contains("storage.splits - 1 regions"))
    }

    @Test(
        "invariants that differ are listed, and a run that is not as expected is named with the command that repeats it"
    )
    func verdicts() {
        #expect(text(showsAll: false).contains("no_loss violated held"))
        #expect(!text(showsAll: false).contains { $0.hasPrefix("conservation") })
        #expect(
            text(showsAll: false).contains { $0.hasSuffix("look at it with: confab run scenarios/race.yaml --seed 7") })
    }

    @Test("as JSON, a figure that is missing is null")
    func json() throws {
        let text = try ComparisonReport(Samples.summary, other).json()
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let rows = try #require(object["figures"] as? [[String: Any]])
        let splits = try #require(rows.first { $0["name"] as? String == "storage.splits" })
        #expect(splits["left"] is NSNull && splits["right"] as? Double == 1 && splits["ratio"] is NSNull)
    }
}
