import Testing

@testable import Reporting

@Suite("Sources of a report")
struct ReportFootnotesTests {
    @Test("sources are numbered as they are first referred to; equal ones have one number")
    func numbers() {
        let footnotes = ReportFootnotes(SampleReport.document())
        #expect(footnotes.sources == [SampleReport.formula, SampleReport.guess, SampleReport.plan])
        #expect(footnotes.number(of: ReportSource(.given, "plan file, line 4")) == 3)
        #expect(footnotes.number(of: nil) == nil)
        #expect(footnotes.number(of: ReportSource(.read, "plan file, line 4")) == nil)
    }

    @Test("findings are told the worst first")
    func findings() {
        #expect(SampleReport.document().findings.map(\.severity) == [.critical, .warning, .info])
    }

    @Test("every number of a report is listed with its unit and its source")
    func records() {
        let records = SampleReport.document().records
        #expect(records.allSatisfy { !$0.number.unit.isEmpty })
        // Key figures, findings, a derivation, a table, then the charts: lines, bars, bars, percentiles, tornado.
        #expect(records.count == 2 + 3 + 1 + 3 + (12 + 1) + 18 + (4 + 1) + (4 + 1) + (2 + 4))
        #expect(
            records.contains(
                ReportRecord(
                    section: "tiers", block: "inputs", row: "a design", column: "Today",
                    number: ReportNumber(3650, "TB"), source: nil)))
        #expect(
            records.contains(
                ReportRecord(
                    section: "charts", block: "growth", row: "5 years from now", column: "online",
                    number: ReportNumber(6.4e8, "users"), source: SampleReport.plan)))
    }
}
