import Testing

@testable import Reporting

@Suite("Report as comma-separated values")
struct ReportCSVTests {
    /// Reads the format as RFC 4180 has it.
    private func lines(_ text: String) -> [[String]] {
        var lines: [[String]] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where isQuoted && rest.first == "\"":
                field.append("\"")
                rest.removeFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted, "\n" where !isQuoted:
                fields.append(field)
                field = ""
                guard scalar == "\n" else { continue }
                lines.append(fields)
                fields = []
            default: field.unicodeScalars.append(scalar)
            }
        }
        #expect(!isQuoted && field.isEmpty && fields.isEmpty)
        return lines
    }

    @Test("every number has a line of its own", arguments: ["a design", SampleReport.hostile])
    func complete(name: String) {
        let document = SampleReport.document(name: name)
        let lines = lines(document.csv)
        #expect(lines.first == ["section", "block", "row", "column", "value", "unit", "kind", "source"])
        #expect(lines.count == document.records.count + 1)
        for (line, record) in zip(lines.dropFirst(), document.records) {
            #expect(line.count == 8)
            #expect(Double(line[4]) == NumberText.rounded(record.number.value))
            #expect(line[2] == record.row && line[5] == record.number.unit)
        }
    }

    @Test(
        "no text is taken for a formula",
        arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"x\",\"y\")"])
    func formula(text: String) {
        let lines = lines(SampleReport.document(name: text).csv)
        #expect(lines.contains { $0[2] == "'" + text })
        for line in lines.dropFirst() {
            for (index, field) in line.enumerated() where index != 4 {
                #expect(!(field.first.map { "=+-@\t\r\n".contains($0) } ?? false), "\(field)")
            }
        }
    }
}
