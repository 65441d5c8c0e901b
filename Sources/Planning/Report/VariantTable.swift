internal import Plan
internal import Reporting

extension ReportTable {
    /// Variants of a plan side by side: a column for each, a row for each figure in which they differ.
    static func variants(_ variants: [Variant], identifier: String, caption: String) -> ReportTable {
        let results = variants.map(\.results)
        let rows = (results.first ?? []).indices.compactMap { index -> ReportTable.Row? in
            let row = results.map { $0[index] }
            guard row.contains(where: { $0.figure?.value != row[0].figure?.value }) else { return nil }
            let cells = row.map { result in
                result.figure.map { $0.cell(digits: digits($0)) } ?? ReportCell.empty
            }
            return ReportTable.Row([.text(row[0].name)] + cells)
        }
        return ReportTable(
            identifier: identifier, caption: caption,
            columns: [ReportTable.Column("Year \(variants.first?.sizing.last.year ?? 0)")]
                + variants.map { ReportTable.Column($0.name) }, rows: rows)
    }

    /// Amounts of money are told in whole units.
    private static func digits(_ figure: Figure) -> ReportNumber.Digits {
        figure.value >= 1000 && figure.name.hasPrefix("cost") ? .decimals(0) : .automatic
    }
}
