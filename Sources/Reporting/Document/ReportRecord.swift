/// A number of a report with all that is known of it, for machines.
struct ReportRecord: Equatable {
    /// The identifier of the section; `summary` for those of the summary.
    var section: String
    /// The identifier of the table, chart, derivation or finding; `figures` for key figures.
    var block: String
    /// What the number is of: the first field of its row, the category, the name of the figure.
    var row: String
    /// Which number of the row it is: the title of its column, the series, the formula.
    var column: String
    /// The number.
    var number: ReportNumber
    /// Where it is from.
    var source: ReportSource?
}

extension ReportDocument {
    /// Every number of the document, in its order.
    var records: [ReportRecord] {
        summary.flatMap { $0.records(in: "summary") }
            + sections.flatMap { section in section.blocks.flatMap { $0.records(in: section.identifier) } }
    }

    /// All findings, the worst first, otherwise in the order of the document. What the summary repeats stands once.
    public var findings: [ReportFinding] {
        var found: [ReportFinding] = []
        for case .findings(let findings) in summary + sections.flatMap(\.blocks) {
            found += findings.filter { !found.contains($0) }
        }
        return ReportFinding.Severity.allCases.reversed().flatMap { severity in
            found.filter { $0.severity == severity }
        }
    }
}

extension ReportBlock {
    fileprivate func records(in section: String) -> [ReportRecord] {
        switch self {
        case .paragraph: []
        case .keyFigures(let figures): figures.map { $0.record(section: section, block: "figures") }
        case .findings(let findings):
            findings.flatMap { finding in
                finding.figures.map { $0.record(section: section, block: finding.identifier) }
            }
        case .derivation(let derivation):
            derivation.steps.map { step in
                ReportRecord(
                    section: section, block: derivation.identifier, row: step.name, column: step.formula,
                    number: step.result, source: step.source)
            }
        case .table(let table): table.records(in: section)
        case .chart(let chart):
            chart.table.records(in: section).map { record in
                var record = record
                record.source = chart.source
                return record
            }
        }
    }
}

extension ReportFigure {
    fileprivate func record(section: String, block: String) -> ReportRecord {
        ReportRecord(section: section, block: block, row: name, column: note, number: number, source: source)
    }
}

extension ReportTable {
    fileprivate func records(in section: String) -> [ReportRecord] {
        rows.flatMap { row in
            let name = row.cells.first.map { columns[0].text(of: $0, withUnit: true) } ?? ""
            // The first field names the row.
            return zip(columns, row.cells).dropFirst().compactMap { column, cell -> ReportRecord? in
                guard case .number(let number) = cell.content else { return nil }
                return ReportRecord(
                    section: section, block: identifier, row: name, column: column.title,
                    number: column.withUnit(number), source: cell.source)
            }
        }
    }
}

extension ReportTable.Column {
    /// A number of this column with its unit: its own, or else that of the column.
    func withUnit(_ number: ReportNumber) -> ReportNumber {
        var number = number
        if number.unit.isEmpty { number.unit = unit ?? "" }
        return number
    }

    /// What a field of this column shows.
    ///
    /// - Parameter withUnit: Whether to show the unit that stands at the head of the column as well.
    func text(of cell: ReportCell, withUnit: Bool = false) -> String {
        switch cell.content {
        case .empty: ""
        case .text(let text): text
        case .number(let number):
            if withUnit { self.withUnit(number).text } else { number.unit == unit ? number.digitsText : number.text }
        }
    }

    /// What stands above the column.
    var heading: String { unit.map { "\(title) (\($0))" } ?? title }
}
