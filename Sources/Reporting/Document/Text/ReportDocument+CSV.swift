extension ReportDocument {
    /// Every number of the report, a line each, as comma-separated values (RFC 4180, with line feeds): its place in the report, its value with
    /// up to twelve significant digits, its unit, how well founded it is and where it is from.
    ///
    /// A text that a spreadsheet would take for a formula begins with an apostrophe.
    public var csv: String {
        var lines = ["section,block,row,column,value,unit,kind,source"]
        for record in records {
            let texts = [record.section, record.block, record.row, record.column].map(Self.field)
            let value = NumberText.exact(record.number.value) ?? ""
            let origin = [record.number.unit, record.source?.kind.rawValue ?? "", record.source?.text ?? ""]
            lines.append((texts + [value] + origin.map(Self.field)).joined(separator: ","))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func field(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
        let text = isFormula ? "'" + text : text
        let needsQuotes = text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
