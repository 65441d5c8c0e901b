extension ReportDocument {
    /// The report for machines as one JSON object: its findings, the worst first, every number with its place in the report, unit and source, and
    /// the sources. Numbers have up to twelve significant digits.
    public func json() throws -> String {
        let footnotes = ReportFootnotes(self)
        return try JSONText.encode(
            ReportData(
                title: title, subtitle: subtitle,
                findings: findings.map { finding in
                    ReportData.Finding(
                        identifier: finding.identifier, severity: finding.severity.rawValue, title: finding.title,
                        text: finding.text,
                        figures: finding.figures.map { figure in
                            ReportData.Figure(
                                name: figure.name, value: NumberText.rounded(figure.number.value),
                                unit: figure.number.unit, source: footnotes.number(of: figure.source))
                        })
                },
                numbers: records.map { record in
                    ReportData.Number(
                        section: record.section, block: record.block, row: record.row, column: record.column,
                        value: NumberText.rounded(record.number.value), unit: record.number.unit,
                        kind: record.source?.kind.rawValue, source: footnotes.number(of: record.source))
                },
                sources: footnotes.sources.enumerated().map { index, source in
                    ReportData.Source(number: index + 1, kind: source.kind.rawValue, text: source.text)
                }))
    }
}

/// What the JSON of a report holds. A value that is not finite is left out.
private struct ReportData: Encodable {
    struct Finding: Encodable {
        let identifier: String
        let severity: String
        let title: String
        let text: String
        let figures: [Figure]
    }

    struct Figure: Encodable {
        let name: String
        let value: Double?
        let unit: String
        let source: Int?
    }

    struct Number: Encodable {
        let section: String
        let block: String
        let row: String
        let column: String
        let value: Double?
        let unit: String
        let kind: String?
        let source: Int?
    }

    struct Source: Encodable {
        let number: Int
        let kind: String
        let text: String
    }

    let confabReport = 1
    let title: String
    let subtitle: String
    let findings: [Finding]
    let numbers: [Number]
    let sources: [Source]

    enum CodingKeys: String, CodingKey {
        case confabReport = "confab_report"
        case title, subtitle, findings, numbers, sources
    }
}
