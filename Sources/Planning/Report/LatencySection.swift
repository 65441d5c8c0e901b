internal import Plan
internal import Reporting

extension ReportSection {
    /// How long messages take at the peak of the last year.
    ///
    /// - Parameter simulated: Percentiles of the delivery as they came out of runs, if there were any.
    static func latency(
        _ latency: LatencySizing, _ sizing: Sizing, simulated: ReportPercentileChart.Series?
    ) -> ReportSection {
        guard let delivery = latency.delivery else {
            return ReportSection(
                identifier: "latency", title: "Latency",
                blocks: [
                    .paragraph(
                        """
                        Chat servers do not keep up: their cores would be busy for \
                        \(ReportNumber.percent(latency.chatServerUse.value).text) of the time, and every queue grows without end.
                        """)
                ])
        }
        var derive = FigureDerivation(known: sizing.last.tierFigures)
        var blocks: [ReportBlock] = [
            .chart(chart(delivery, latency.acknowledgement, sizing, simulated)), .table(parts(delivery)),
            derive(
                "latency-derivation", "How it is computed",
                [latency.chatServerUse, latency.storageUse, delivery.mean]
                    + delivery.percentiles.filter { [50, 99].contains($0.percent) }.map(\.seconds)),
        ]
        if latency.acknowledgement == nil {
            blocks.append(
                .paragraph("Storage servers do not keep up, so no time until messages are accepted can be told."))
        }
        return ReportSection(identifier: "latency", title: "Latency", blocks: blocks)
    }

    private static func chart(
        _ delivery: LatencySizing.Times, _ acknowledgement: LatencySizing.Times?, _ sizing: Sizing,
        _ simulated: ReportPercentileChart.Series?
    ) -> ReportChart {
        func series(_ name: String, _ times: LatencySizing.Times) -> ReportPercentileChart.Series {
            ReportPercentileChart.Series(
                name, times.percentiles.map { .init(percentile: $0.percent, value: $0.seconds.value * 1000) })
        }
        let objectives = sizing.plan.objectives
        let high = delivery.percentiles.first { $0.percent == 99 }
        return ReportChart(
            identifier: "latency-chart", title: "Latency at the peak of \(sizing.last.label), by the formulas",
            text: """
                Half of the messages arrive within \(delivery.percentiles[0].seconds.number.text)\
                \(high.map { ", 99 of 100 within \($0.seconds.number.text)" } ?? "").
                """,
            shape: .percentiles(
                ReportPercentileChart(
                    axis: ReportAxis("Time", unit: "ms", scale: .logarithmic),
                    series: [series("delivery", delivery)]
                        + [acknowledgement.map { series("until it is accepted", $0) }, simulated].compactMap(\.self),
                    objectives: [
                        .init(
                            "delivery at most",
                            .init(percentile: 50, value: objectives.deliveryMedianSeconds.value * 1000)),
                        .init(
                            "delivery at most", .init(percentile: 99, value: objectives.deliveryP99Seconds.value * 1000)
                        ),
                    ])), source: delivery.mean.source)
    }

    private static func parts(_ delivery: LatencySizing.Times) -> ReportTable {
        ReportTable(
            identifier: "latency-parts", caption: "Where the time of a delivery goes",
            columns: [
                ReportTable.Column("Part"), ReportTable.Column("Mean"),
                ReportTable.Column("Of the whole", unit: "%"),
            ],
            rows: delivery.parts.map { part in
                [
                    .text(part.name), part.mean.cell(),
                    .number(part.mean.value / delivery.mean.value * 100, digits: .decimals(1)),
                ]
            } + [
                ReportTable.Row(
                    [.text("all"), delivery.mean.cell(), .number(100)],
                    isEmphasised: true)
            ])
    }
}
