import Foundation
import Reporting
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The elements of a document and their attributes, in order; fails if it is not well-formed.
private final class Elements: NSObject, XMLParserDelegate {
    private(set) var all: [(name: String, attributes: [String: String], text: String)] = []
    private var open: [Int] = []

    init?(_ text: String) {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        guard parser.parse() else { return nil }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(all.count)
        all.append((name, attributes, ""))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if let last = open.last { all[last].text += string }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}

@Suite("JUnit reports")
struct JUnitReportTests {
    @Test("each file is a test case, with what failed and the command that replays it")
    func check() throws {
        var good = Samples.summary
        good.passed = true
        let report = CheckReport(
            files: [
                .init(file: "a.yaml", summary: good, errors: []),
                .init(file: "b.yaml", summary: Samples.summary, errors: []),
                .init(file: "c.yaml", summary: nil, errors: ["c.yaml:1:1: error: no", "c.yaml:2:1: error: nor this"]),
            ], wallSeconds: 1234.5)
        let elements = try #require(Elements(report.junit.xml)).all
        #expect(
            elements.map(\.name) == [
                "testsuites", "testsuite", "testcase", "testcase", "failure", "testcase", "error",
            ])
        #expect(
            elements[1].attributes == [
                "name": "confab check", "tests": "3", "failures": "1", "errors": "1", "time": "1234.500",
                "skipped": "0",
            ])
        #expect(
            elements[2].attributes == [
                "name": "a.yaml", "classname": "confab check", "file": "a.yaml", "time": "0.002",
            ])
        #expect(elements[4].attributes["message"] == "no_loss was expected to be held and is violated: M1 is gone")
        #expect(
            elements[4].text == """
                no_loss was expected to be held and is violated: M1 is gone
                view of bob.phone: expected [M1], but it is []
                replay with: confab run scenarios/race.yaml --seed 7
                """)
        #expect(elements[6].attributes["message"] == "c.yaml:1:1: error: no")
        #expect(elements[6].text == "c.yaml:1:1: error: no\nc.yaml:2:1: error: nor this")
    }

    @Test(
        "each invariant that must hold is a test case, each group of its failures is one, and so is what must happen sometimes"
    )
    func explore() throws {
        let elements = try #require(Elements(Samples.exploration.junit.xml)).all
        let cases = elements.filter { $0.name == "testcase" }
        #expect(
            cases.map { $0.attributes["name"] } == [
                "no_loss: # is gone", "no_loss: # is late", "sender_fifo", "sometimes no_duplicates held",
                "sometimes messages failed at least 1", "search",
            ])
        #expect(cases.allSatisfy { $0.attributes["classname"] == "race.yaml" })
        let failures = elements.filter { $0.name == "failure" }
        #expect(
            failures[0].text == """
                no_loss: 1,200 seeds, the first 4, 9
                M1 is gone
                replay with: confab run race.yaml --seed 4
                """)
        #expect(
            failures[2].attributes["message"]
                == "messages failed at least 1: under no seed, so that the search shows nothing of it")
        #expect(elements.last?.name == "error" && elements.last?.text == "interrupted after 3,000 seeds")
        #expect(elements[1].attributes["failures"] == "3" && elements[1].attributes["errors"] == "1")
    }

    @Test("whatever a text has in it, the document is well-formed and says it")
    func escaped() throws {
        let nasty =
            "<b a=\"1\">&amp; ']]>\r\n\ttab \u{0}\u{B}\u{1B}[31m \u{7F}\u{85}\u{FFFE}\u{1FFFF} ü 😀 --> <![CDATA["
        let shown =
            "<b a=\"1\">&amp; ']]>\r\n\ttab \u{FFFD}\u{FFFD}\u{FFFD}[31m \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD} ü 😀 --> <![CDATA["
        let report = JUnitReport(
            name: nasty,
            cases: [
                .init(name: nasty, className: nasty, file: nasty, outcome: .failed(message: nasty, text: nasty)),
                .init(name: "", className: "", file: "", outcome: .error(message: "", text: "")),
            ], wallSeconds: -1)
        let elements = try #require(Elements(report.xml)).all
        for (element, keys) in [(1, ["name"]), (2, ["name", "classname", "file"]), (3, ["message"])] {
            for key in keys { #expect(elements[element].attributes[key] == shown, "\(key)") }
        }
        #expect(elements[3].text == shown)
        #expect(elements[1].attributes["time"] == "0.000")
    }
}
