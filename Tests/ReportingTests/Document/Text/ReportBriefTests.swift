import Testing

@testable import Reporting

@Suite("Report on a terminal")
struct ReportBriefTests {
    @Test("the summary and the findings are told in short, the worst first")
    func brief() {
        let text = SampleReport.document().brief(width: 100, style: TerminalStyle(hasColour: false))
        #expect(
            text == """
                a design
                a design over five years

                Buy 10,216 servers for a design.

                  Chat servers    10,216 servers  today
                  Peak over mean  1.6

                findings
                  critical  No headroom in a design
                            a design is full.
                  warning   No headroom in a design
                            a design is full.
                  info      No headroom in a design
                            a design is full.

                """)
    }

    @Test("sentences are broken between words, and no character commands the terminal")
    func wrapped() {
        var document = SampleReport.document(name: "x\u{1B}[31m")
        document.summary = [.paragraph(Array(repeating: "many words", count: 12).joined(separator: " "))]
        let text = document.brief(width: 44, style: TerminalStyle(hasColour: false))
        #expect(!text.contains("\u{1B}"))
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("many") }
        #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 44 })
    }
}
