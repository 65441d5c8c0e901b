import Foundation
import Reporting
import Testing

@Suite("The report of a calibration")
struct CalibrationReportTests {
    private let report = CalibrationReport(
        machine: "a machine, 2 cores", version: "1", rounds: 5, wallSeconds: 12.3, clockNanoseconds: 21.4,
        interruptedShare: 0.0005,
        costs: [
            CalibrationReport.Row(
                tier: "chat_server", kind: "submit", handled: 12_345, meanNanoseconds: 1267.6, medianNanoseconds: 1072,
                p99Nanoseconds: 2785, spread: 0.034, publishedNanoseconds: 64_000),
            CalibrationReport.Row(
                tier: "storage", kind: "timer", handled: 9, meanNanoseconds: 90, medianNanoseconds: 80,
                p99Nanoseconds: 200, spread: 0, publishedNanoseconds: 0),
        ],
        perMessage: [
            CalibrationReport.PerMessage(
                tier: "chat_server", handled: 8.25, nanoseconds: 4635, publishedNanoseconds: 528_000)
        ], notMeasured: ["cache.scan"])

    @Test("for people it is tables, and says what was measured and what was not")
    func text() {
        let text = report.text
        #expect(text.contains("reading it takes 21 ns, which is subtracted"))
        #expect(text.contains("0.05 % of the times"))
        #expect(text.contains("\n  tier         kind    handled   mean  median    p99   +-  published   ratio\n"))
        #expect(text.contains("\n  chat_server  submit   12,345  1,268   1,072  2,785  3 %     64,000  0.0198\n"))
        #expect(text.contains("\n  storage      timer         9     90      80    200  0 %          0       -\n"))
        #expect(text.contains("\n  chat_server      8.3  4,635    528,000  0.0088\n"))
        #expect(text.contains("these cost what they cost without a profile:\n  cache.scan\n"))
        #expect(text.contains("System calls, the network stack, TLS"))
    }

    @Test("for programs it holds the same figures, the ratio included")
    func json() throws {
        let object = try JSONSerialization.jsonObject(with: Data(report.json().utf8))
        let members = try #require(object as? [String: Any])
        let costs = try #require(members["costs"] as? [[String: Any]])
        #expect(costs.count == 2 && costs[0]["kind"] as? String == "submit")
        #expect(costs[0]["mean_ns"] as? Double == 1267.6)
        let ratio = try #require(costs[0]["ratio"] as? Double)
        #expect(abs(ratio - 1267.6 / 64_000) < 1e-12)
        #expect(costs[1]["ratio"] is NSNull)
        #expect(members["clock_ns"] as? Double == 21.4)
        let perMessage = try #require(members["per_message"] as? [[String: Any]])
        #expect(perMessage.first?["published_ns"] as? Double == 528_000)
    }
}
