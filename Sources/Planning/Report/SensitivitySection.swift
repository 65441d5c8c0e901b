internal import Plan
internal import Reporting

extension ReportSection {
    /// The inputs that move the result most.
    static func sensitivity(_ sensitivity: Sensitivity, of plan: Plan) -> ReportSection {
        let entries = sensitivity.entries.prefix(10)
        let share = ReportNumber(Sensitivity.share * 100, "%").text
        let unit = sensitivity.baseline.unit
        let first = entries.first
        let chart = ReportChart(
            identifier: "tornado", title: "What moves the \(sensitivity.baseline.name) most",
            text: first.map {
                """
                \($0.key.key) moves it most: from \(whole($0.lowResult, unit)) to \(whole($0.highResult, unit)). One input is changed at a \
                time, to the ends of its range or by \(share) either way.
                """
            } ?? "No input moves it.",
            shape: .tornado(
                ReportTornadoChart(
                    axis: ReportAxis(sensitivity.baseline.name, unit: unit), baseline: sensitivity.baseline.value,
                    entries: entries.map { entry in
                        ReportTornadoChart.Entry(
                            entry.key.key, lowInput: plan.number(entry.low, of: entry.key).text,
                            highInput: plan.number(entry.high, of: entry.key).text, lowResult: entry.lowResult,
                            highResult: entry.highResult)
                    })), source: sensitivity.baseline.source)
        let table = ReportTable(
            identifier: "sensitivity-table", caption: "All inputs that move the \(sensitivity.baseline.name)",
            columns: [
                ReportTable.Column("Input"), ReportTable.Column("Planned"), ReportTable.Column("Low"),
                ReportTable.Column("High"), ReportTable.Column("With the low value", unit: unit),
                ReportTable.Column("With the high value", unit: unit), ReportTable.Column("Low and high are"),
            ],
            rows: sensitivity.entries.map { entry in
                [
                    .text(entry.key.key),
                    .number(
                        plan.number(entry.key.number?.value ?? 0, of: entry.key),
                        source: entry.key.origin.source(in: plan.file)),
                    .number(plan.number(entry.low, of: entry.key)), .number(plan.number(entry.high, of: entry.key)),
                    .number(entry.lowResult, digits: .decimals(0)), .number(entry.highResult, digits: .decimals(0)),
                    .text(entry.isRange ? "its range" : "\(share) either way"),
                ]
            })
        return ReportSection(
            identifier: "sensitivity", title: "Sensitivity", blocks: [.chart(chart), .table(table)])
    }

    private static func whole(_ value: Double, _ unit: String) -> String {
        ReportNumber(value, unit, digits: .decimals(0)).text
    }
}
