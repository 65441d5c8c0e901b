internal import Plan
internal import Reporting

extension ReportSection {
    /// What is left when servers or a zone are lost, and what users see of it.
    static func failure(_ sizing: Sizing) -> ReportSection {
        let last = sizing.last
        let reconnect = last.reconnect
        let reliability = last.reliability
        var derive = FigureDerivation(known: last.tierFigures)
        var blocks: [ReportBlock] = [.chart(headroom(sizing))]
        blocks += [
            derive(
                "reconnect", "After the loss of a zone",
                [
                    reconnect.fillByAverages, reconnect.fill, reconnect.rate, reconnect.seconds,
                    reconnect.secondsOfOneServer, reconnect.secondsOfRestart,
                ]),
            derive(
                "availability", "Availability",
                [reliability.downtimeSeconds, reliability.availability]
                    + [reliability.messagesAtRisk, reliability.messagesAtRiskOfOne].compactMap(\.self)
                    + [reliability.largestGroupSeconds]),
            .table(retries(reliability)),
        ]
        return ReportSection(identifier: "failure", title: "Headroom under failure", blocks: blocks)
    }

    private static func headroom(_ sizing: Sizing) -> ReportChart {
        let last = sizing.last
        let reconnect = last.reconnect
        let fullest = last.chatServers.uses.first { $0.resource == .connections }?.share.value ?? 0
        return ReportChart(
            identifier: "headroom", title: "Connections of a chat server, \(last.label)",
            text: """
                With a zone lost, servers would be \(ReportNumber.percent(reconnect.fillByAverages.value).text) full if there were as many as the \
                averages say; with \(last.chatServers.servers.number.text) they are \(ReportNumber.percent(reconnect.fill.value).text) full.
                """,
            shape: .bars(
                ReportBarChart(
                    categoryTitle: "Situation",
                    categories: [
                        "all servers up, the fullest", "a zone lost", "a zone lost, servers by the averages",
                    ],
                    axis: ReportAxis("Fill of the connections", unit: "%"),
                    series: [
                        ReportBarChart.Series(
                            "fill", [fullest, reconnect.fill.value, reconnect.fillByAverages.value].map { $0 * 100 })
                    ],
                    limits: [ReportLimit("all that a server holds", 100)])), source: reconnect.fill.source)
    }

    private static func retries(_ reliability: ReliabilitySizing) -> ReportTable {
        ReportTable(
            identifier: "retries", caption: "What retries make of a failure",
            columns: [
                ReportTable.Column("Attempts that fail"), ReportTable.Column("Attempts of a request", unit: "attempts"),
            ],
            rows: reliability.retries.map { retry in
                [
                    .number(ReportNumber.percent(retry.failureShare)),
                    retry.attempts.cell(),
                ]
            } + [[.text("any, with the retry budget"), reliability.attemptsWithBudget.cell()]])
    }
}
