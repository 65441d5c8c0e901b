internal import Reporting

extension DemandSizing {
    /// All figures, in the order in which they follow from one another.
    var figures: [Figure] {
        [
            users, connectedUsers, connections, openConnections, meanConnections, meanSends, peakSends, holidaySends,
            meanDeliveries,
            peakDeliveries, peakLogins, peakReads, peakRequests,
        ]
    }
}

extension ReportSection {
    /// What is asked of the system now and in the last year, and how it is computed for the last year.
    static func demand(_ sizing: Sizing) -> ReportSection {
        let columns = [ReportTable.Column("Figure"), ReportTable.Column("Now"), ReportTable.Column(sizing.last.label)]
        let rows = sizing.last.demand.figures.indices.map { index -> ReportTable.Row in
            let figures = [sizing.years[0], sizing.last].map { $0.demand.figures[index] }
            let name = index == 0 ? "users" : figures[0].name
            return ReportTable.Row([.text(name)] + figures.map { $0.cell(digits: .significant(4)) })
        }
        var derive = FigureDerivation()
        return ReportSection(
            identifier: "demand", title: "Demand",
            blocks: [
                .table(
                    ReportTable(
                        identifier: "demand-by-year", caption: "What is asked of the system", columns: columns,
                        rows: rows)),
                derive(
                    "demand-derivation", "How it is computed, \(sizing.last.label)", sizing.last.demand.figures),
            ])
    }
}
