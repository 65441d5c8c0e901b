internal import Plan
internal import Reporting

extension ReportSection {
    /// What the system costs from year to year.
    static func cost(_ sizing: Sizing) -> ReportSection {
        let last = sizing.last
        let currency = sizing.plan.prices.currency
        let names = last.cost.items.map(\.name)
        let chart = ReportChart(
            identifier: "cost-by-year", title: "Cost of a month",
            text: """
                \(whole(sizing.years[0].cost.perMonth)) now, \(whole(last.cost.perMonth)) in \(last.label); \
                \(whole(sizing.totalCost)) for all years together.
                """,
            shape: .bars(
                ReportBarChart(
                    categoryTitle: "End of year", categories: sizing.years.map(\.label),
                    axis: ReportAxis("Cost", unit: "\(currency)/month"),
                    series: names.indices.map { item in
                        ReportBarChart.Series(names[item], sizing.years.map { $0.cost.items[item].perMonth.value })
                    }, direction: .vertical)), source: last.cost.perMonth.source)
        let columns =
            [ReportTable.Column("Item")] + sizing.years.map { ReportTable.Column($0.label, unit: "\(currency)/month") }
        var rows = names.indices.map { item in
            ReportTable.Row(
                [.text(names[item])] + sizing.years.map { $0.cost.items[item].perMonth.cell(digits: .decimals(0)) })
        }
        rows.append(
            ReportTable.Row(
                [.text("all")] + sizing.years.map { $0.cost.perMonth.cell(digits: .decimals(0)) }, isEmphasised: true))
        rows.append(
            ReportTable.Row(
                [.text("a user")]
                    + sizing.years.map {
                        .number($0.cost.perUserAndMonth.value, source: $0.cost.perUserAndMonth.source)
                    }))
        var derive = FigureDerivation(known: last.tierFigures)
        return ReportSection(
            identifier: "cost", title: "Cost",
            blocks: [
                .chart(chart),
                .table(
                    ReportTable(identifier: "cost-table", caption: "Cost of a month", columns: columns, rows: rows)),
                derive(
                    "cost-derivation", "How it is computed, \(last.label)",
                    [last.cost.perMonth, last.cost.perYear, last.cost.perUserAndMonth]),
            ])
    }

    private static func whole(_ figure: Figure) -> String {
        ReportNumber(figure.value, figure.unit, digits: .decimals(0)).text
    }
}
