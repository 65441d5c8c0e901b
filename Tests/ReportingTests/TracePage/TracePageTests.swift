import Foundation
import Testing

@testable import Reporting

@Suite("Page of a run")
struct TracePageTests {
    @Test("nothing in the data of a page can end or begin markup")
    func escaped() throws {
        let page = SamplePage.page(name: SamplePage.hostile, message: SamplePage.hostile, text: "\u{2028}<!-- ]]>")
        let data = try page.data
        #expect(!data.contains { "<>&\u{2028}".contains($0) })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])
        #expect(object["name"] as? String == SamplePage.hostile)
        let messages = try #require(object["messages"] as? [[String: Any]])
        #expect(messages.first?["n"] as? String == SamplePage.hostile)
    }

    @Test("the markup of a page does not depend on what it shows")
    func markup() throws {
        func markup(_ page: TracePage) throws -> String {
            let html = try page.html
            return html.replacing(try page.data, with: "")
        }
        let hostile = SamplePage.page(name: SamplePage.hostile, message: SamplePage.hostile)
        #expect(try markup(hostile) == markup(SamplePage.page()))
        let html = try hostile.html
        #expect(html.hasPrefix(TracePage.signature) && html.hasSuffix("</html>\n"))
        #expect(html.ranges(of: "</script>").count == 2 && !html.contains("onerror=\""))
    }

    @Test("a page asks the network for nothing")
    func selfContained() throws {
        let html = try SamplePage.page().html
        #expect(html.contains("default-src 'none'"))
        for word in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import(", "https:", "http://"] {
            let isNamespace = word == "http://"
            let found = html.replacing("http://www.w3.org/2000/svg", with: "").contains(word)
            #expect(!found, "\(word)\(isNamespace ? " other than the name of SVG" : "")")
        }
    }

    @Test("the same run gives the same bytes")
    func deterministic() throws {
        #expect(try SamplePage.page().html == SamplePage.page().html)
    }
}
