internal import Plan
internal import Reporting

extension ReportSection {
    /// The plan with several values of one key, for each key that was swept.
    static func sweeps(_ sweeps: [Sweep]) -> ReportSection {
        ReportSection(
            identifier: "sweeps", title: "Sweeps",
            blocks: sweeps.enumerated().flatMap { index, sweep -> [ReportBlock] in
                [
                    .chart(cost(sweep, identifier: "sweep-\(index + 1)-cost")),
                    .table(
                        .variants(
                            sweep.variants, identifier: "sweep-\(index + 1)", caption: "\(sweep.key), value by value")),
                ]
            })
    }

    private static func cost(_ sweep: Sweep, identifier: String) -> ReportChart {
        let costs = sweep.variants.map(\.sizing.last.cost)
        let currency = sweep.variants.first?.sizing.plan.prices.currency ?? ""
        // A tier may be there with one value and not with another.
        var names: [String] = []
        for item in costs.flatMap(\.items) where !names.contains(item.name) { names.append(item.name) }
        let cheapest = sweep.variants.min { $0.sizing.last.cost.perMonth.value < $1.sizing.last.cost.perMonth.value }
        return ReportChart(
            identifier: identifier, title: "Cost of a month by \(sweep.key)",
            text: cheapest.map {
                "\($0.name) costs the least: \(ReportNumber($0.sizing.last.cost.perMonth.value, $0.sizing.last.cost.perMonth.unit, digits: .decimals(0)).text)."
            } ?? "",
            shape: .bars(
                ReportBarChart(
                    categoryTitle: sweep.key, categories: sweep.variants.map(\.name),
                    axis: ReportAxis("Cost", unit: "\(currency)/month"),
                    series: names.map { name in
                        ReportBarChart.Series(
                            name, costs.map { cost in cost.items.first { $0.name == name }?.perMonth.value ?? 0 })
                    })), source: costs.first?.perMonth.source)
    }
}
