import Testing

@testable import Reporting

@Suite("Sentences of a report")
struct ReportProseTests {
    @Test(
        "what stands between backticks is code",
        arguments: [
            ("a `b` c", "a |<b>| c"), ("`b`", "<b>"), ("a ` b", "a ` b"), ("", ""), ("`a` `b` `", "<a>| |<b>| `"),
            ("``", ""),
        ])
    func parts(text: String, parts: String) {
        let found = ReportProse.parts(text).map { $0.isCode ? "<\($0.text)>" : String($0.text) }
        #expect(found.joined(separator: "|") == parts)
    }

    @Test("code is marked on a page and in Markdown, and nothing in it is taken for markup")
    func marked() {
        var document = SampleReport.document()
        document.summary = [.paragraph("- Set `a.b: <on>\n` now")]
        #expect(document.html.contains("<p>- Set <code>a.b: &lt;on&gt;\n</code> now</p>"))
        #expect(document.markdown.contains("\n\\- Set `a.b: <on>` now\n"))
    }
}
