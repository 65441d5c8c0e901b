import Foundation
import Testing

@testable import Reporting

@Suite("Page of a report")
struct ReportPageTests {
    @Test("nothing that a plan says can end or begin markup")
    func escaped() {
        func markup(_ name: String) -> [Substring] {
            SampleReport.document(name: name).html.matches(of: /<[^>]*>/).map(\.output).filter {
                !["<code>", "</code>"].contains($0)
            }
        }
        let tags = markup(SampleReport.hostile)
        #expect(tags.map { $0.prefix(7) } == markup("a design").map { $0.prefix(7) })
        #expect(!tags.contains { $0.hasPrefix("<script") })
    }

    @Test("a page asks the network for nothing and runs nothing")
    func selfContained() {
        let html = SampleReport.document().html
        #expect(html.hasPrefix(ReportDocument.pageSignature) && html.hasSuffix("</html>\n"))
        #expect(html.contains("default-src 'none'"))
        for word in ["src=", "@import", "url(", "<script", "javascript:", "http", "onclick"] where word != "http" {
            #expect(!html.contains(word), "\(word)")
        }
        #expect(html.ranges(of: "http").count == 1, "only `http-equiv`")
    }

    @Test("the same report gives the same bytes")
    func deterministic() {
        #expect(SampleReport.document().html == SampleReport.document().html)
    }

    @Test("every link leads somewhere, and no place has two names")
    func links() {
        let html = SampleReport.document().html
        let places = html.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) }
        #expect(Set(places).count == places.count)
        let links = html.matches(of: #/ href="#([^"]*)"/#).map { String($0.output.1) }
        #expect(links.count > 8 && links.allSatisfy { places.contains($0) })
        let labels = html.matches(of: #/ aria-labelledby="([^"]*)"/#).flatMap { $0.output.1.split(separator: " ") }
        #expect(labels.allSatisfy { places.contains(String($0)) })
    }

    @Test("the summary comes first, then the contents, then the sections, then the sources")
    func order() throws {
        let html = SampleReport.document().html
        let places = try ["Buy 10,216 servers", "<nav", "id=\"findings\"", "id=\"charts\"", "id=\"sources\""].map {
            try #require(html.firstRange(of: $0)?.lowerBound)
        }
        #expect(places == places.sorted())
    }

    @Test("estimates are marked, and every figure leads to its source")
    func marks() {
        let html = SampleReport.document().html
        let mark = "<abbr class=\"estimate\" title=\"estimate\">E</abbr><sup><a href=\"#source-2\""
        #expect(html.contains("<dd>1.6\(mark)") && html.contains("12.5 us\(mark)"))
        #expect(html.contains("10,216 <span>servers</span><sup><a href=\"#source-1\""))
        #expect(html.contains("<li id=\"source-2\"><span class=\"kind\">estimate:</span> no source is known</li>"))
    }
}
