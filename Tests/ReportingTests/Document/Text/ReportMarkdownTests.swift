import Testing

@testable import Reporting

@Suite("Report as Markdown")
struct ReportMarkdownTests {
    @Test(
        "text stays text",
        arguments: [
            ("*a* _b_ `c` ~d~", #"\*a\* \_b\_ \`c\` \~d\~"#), ("<script>", "&lt;script&gt;"), ("a|b", #"a\|b"#),
            ("two\n\n# lines", "two #\u{200B} lines"), ("[x](y)", #"\[x\](y)"#), ("R&D", "R&amp;D"),
            ("@someone #12", "@\u{200B}someone #\u{200B}12"), ("https://example.org", "https:\u{200B}//example.org"),
            ("$x$", #"\$x\$"#), ("a\u{0}b", "a\u{FFFD}b"), ("www.example.org", "www\u{200B}.example.org"),
        ])
    func inline(text: String, markdown: String) {
        #expect(MarkdownText.inline(text) == markdown)
    }

    @Test(
        "the beginning of a line is not taken for a list or a rule",
        arguments: [("- a", #"\- a"#), ("1. a", #"1\. a"#), ("12) a", #"12\) a"#), ("---", #"\---"#), ("12 a", "12 a")])
    func line(text: String, markdown: String) {
        #expect(MarkdownText.line(text) == markdown)
    }

    @Test("what a plan says changes neither lines nor fields")
    func structure() {
        func shape(_ name: String) -> [[Int]] {
            SampleReport.document(name: name).markdown.split(separator: "\n", omittingEmptySubsequences: false).map {
                let line = $0.replacing("\\|", with: "")
                return [line.count { $0 == "|" }, line.prefix { $0 == " " }.count, line.count { $0 == "<" }]
            }
        }
        #expect(shape(SampleReport.hostile) == shape("a design"))
    }

    @Test("the report has its parts: summary, findings, formulas, tables, numbers of charts, sources")
    func parts() {
        let text = SampleReport.document().markdown
        for part in [
            "# a design\n\na design over five years\n\nBuy 10,216 servers",
            "- Chat servers: **10,216 servers**[^1] – today\n- Peak over mean: **1.6** (E)[^2]",
            "- **critical: No headroom in a design**\n  a design is full.\n  - Headroom: **-0.5 %**[^3]",
            "| By arithmetic | users / connections per server | 500,000,000 / 50,000 | 10,000 servers[^3] |",
            "| Input | Today (TB) | Value |\n| --- | ---: | ---: |\n| a design | 3,650 | 12.5 us (E)[^2] |",
            "| **second** |  | **0.3333**[^3] |",
            "<details><summary>The numbers</summary>\n\n| Year (years from now) |",
            "[^2]: estimate: no source is known",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }
}
