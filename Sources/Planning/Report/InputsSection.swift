internal import Plan
internal import Reporting

extension ReportSection {
    /// Every key of a plan with its value and where that is from.
    static func inputs(of plan: Plan) -> ReportSection {
        let estimates = plan.keys.count { $0.origin.isEstimate }
        var groups: [(name: String, keys: [PlanKey])] = []
        for key in plan.keys {
            let group = String(key.key.prefix { $0 != "." })
            if groups.last?.name == group {
                groups[groups.count - 1].keys.append(key)
            } else {
                groups.append((group, [key]))
            }
        }
        let tables = groups.map { group in
            ReportBlock.table(
                ReportTable(
                    identifier: "inputs-\(group.name)", caption: "Inputs: \(group.name)",
                    columns: [
                        ReportTable.Column("Key"), ReportTable.Column("Value"), ReportTable.Column("From"),
                        ReportTable.Column("To"), ReportTable.Column("What it is"),
                    ], rows: group.keys.map { row($0, of: plan) }))
        }
        let text = """
            All \(plan.keys.count) values that the plan is made of. \(estimates) of them are estimates without a source, marked E: put \
            figures of your own in their place, in the file or by --set. From and to are the limits between which a value may lie, as far as \
            anybody says so.
            """
        return ReportSection(identifier: "inputs", title: "Inputs", blocks: [.paragraph(text)] + tables)
    }

    private static func row(_ key: PlanKey, of plan: Plan) -> ReportTable.Row {
        let source = key.origin.source(in: plan.file)
        let (value, low, high): (ReportCell, ReportCell, ReportCell) =
            if let number = key.number {
                (
                    .number(plan.number(number.value, of: key), source: source),
                    number.range.map { .number(plan.number($0.lowerBound, of: key)) } ?? .empty,
                    number.range.map { .number(plan.number($0.upperBound, of: key)) } ?? .empty
                )
            } else {
                (.text(key.choice ?? "", source: source), .empty, .empty)
            }
        return [.text(key.key), value, low, high, .text(key.meaning)]
    }
}

extension Plan {
    /// A value of a key as reports show it: shares in percent, prices in the currency of the plan.
    func number(_ value: Double, of key: PlanKey) -> ReportNumber {
        let unit = key.number?.unit ?? ""
        // A ratio that cannot be above one is a share; growth is written as one.
        if unit == "ratio", (key.limits?.upperBound ?? 0) <= 1 || key.key.hasSuffix("growth_per_year") {
            return ReportNumber(value * 100, "%", digits: .exact)
        }
        return ReportNumber(value, unit.replacing("currency", with: prices.currency), digits: .exact)
    }
}
