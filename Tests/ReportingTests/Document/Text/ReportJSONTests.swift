import Foundation
import Testing

@testable import Reporting

@Suite("Report as JSON")
struct ReportJSONTests {
    @Test("every number is there with its unit and source", arguments: ["a design", SampleReport.hostile])
    func complete(name: String) throws {
        let document = SampleReport.document(name: name)
        let parsed = try JSONSerialization.jsonObject(with: Data(document.json().utf8))
        let object = try #require(parsed as? [String: Any])
        #expect(object["title"] as? String == name)
        let numbers = try #require(object["numbers"] as? [[String: Any]])
        let sources = try #require(object["sources"] as? [[String: Any]])
        #expect(numbers.count == document.records.count)
        for (number, record) in zip(numbers, document.records) {
            #expect(number["value"] as? Double == NumberText.rounded(record.number.value))
            #expect(number["unit"] as? String == record.number.unit && number["row"] as? String == record.row)
            guard let source = record.source else { continue }
            let place = try #require(number["source"] as? Int)
            #expect(number["kind"] as? String == source.kind.rawValue)
            #expect(
                sources[place - 1]["text"] as? String == source.text && sources[place - 1]["number"] as? Int == place)
        }
        let findings = try #require(object["findings"] as? [[String: Any]])
        #expect(findings.map { $0["severity"] as? String } == ["critical", "warning", "info"])
    }

    @Test("a value that is not finite is left out rather than make the file unreadable")
    func notFinite() throws {
        var document = SampleReport.document()
        document.summary = [.keyFigures([ReportFigure("Load", ReportNumber(.infinity, "ratio"))])]
        let parsed = try JSONSerialization.jsonObject(with: Data(document.json().utf8))
        let numbers = try #require((parsed as? [String: Any])?["numbers"] as? [[String: Any]])
        #expect(numbers[0]["row"] as? String == "Load" && numbers[0]["value"] == nil)
    }
}
