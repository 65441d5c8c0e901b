internal import Plan
internal import Reporting

extension ReportSection {
    /// How much of each resource is used at the peak of the last year, and which is used up first.
    static func utilisation(_ sizing: Sizing) -> ReportSection {
        let last = sizing.last
        let first = last.firstSaturated
        let uses = last.tiers.flatMap { tier in tier.uses.map { (tier: tier, use: $0) } }
        let chart = ReportChart(
            identifier: "utilisation-chart", title: "Use of each resource at the peak, all servers up",
            text: """
                The \(first.name) run out first, of \(first.firstSaturated.rawValue), at \
                \(ReportNumber(first.saturation.value, "ratio", digits: .significant(3)).text) times the peak of \(last.label).
                """,
            shape: .bars(
                ReportBarChart(
                    categoryTitle: "Resource",
                    categories: uses.map { "\($0.tier.name): \($0.use.resource.rawValue)" },
                    axis: ReportAxis("Use", unit: "%"),
                    series: [ReportBarChart.Series("use", uses.map { $0.use.share.value * 100 })],
                    limits: [ReportLimit("used up", 100)])), source: first.saturation.source)
        let table = ReportTable(
            identifier: "saturation", caption: "What binds and what is used up first, \(last.label)",
            columns: [
                ReportTable.Column("Tier"), ReportTable.Column("Servers", unit: "servers"),
                ReportTable.Column("What asks for the most servers"), ReportTable.Column("What is used up first"),
                ReportTable.Column("At this multiple of the peak", unit: "ratio"),
            ],
            rows: last.tiers.map { tier in
                ReportTable.Row(
                    [
                        .text(tier.name), tier.servers.cell(), .text(tier.binding.rawValue),
                        .text(tier.firstSaturated.rawValue), tier.saturation.cell(digits: .significant(3)),
                    ], isEmphasised: tier.name == first.name)
            })
        return ReportSection(
            identifier: "utilisation", title: "Utilisation", blocks: [.chart(chart), .table(table)])
    }
}
