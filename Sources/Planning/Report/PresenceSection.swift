internal import Plan
internal import Reporting

extension ReportSection {
    /// What each way costs in which users learn who is online.
    static func presence(_ sizing: Sizing) -> ReportSection {
        let last = sizing.last
        let presence = last.presence
        let names = presence.schemes.map { $0.scheme.rawValue.replacing("_", with: " ") }
        let naive = presence.schemes.first { $0.scheme == .naive }
        let chart = ReportChart(
            identifier: "presence-chart", title: "Presence by scheme, peak of \(last.label)",
            text: """
                \(naive.map { "Naive presence is \($0.timesChat.number.text) times the messages that are sent. " } ?? "")The plan's \
                scheme is \(presence.chosen.scheme.rawValue.replacing("_", with: " ")), \(presence.chosen.messages.number.text).
                """,
            shape: .bars(
                ReportBarChart(
                    categoryTitle: "Scheme", categories: names,
                    axis: ReportAxis("Load", unit: "messages/s", scale: .logarithmic),
                    series: [ReportBarChart.Series("load", presence.schemes.map(\.messages.value))],
                    limits: [ReportLimit("messages sent, mean", last.demand.meanSends.value)])),
            source: presence.chosen.messages.source)
        let table = ReportTable(
            identifier: "presence-table", caption: "Presence by scheme",
            columns: [
                ReportTable.Column("Scheme"), ReportTable.Column("Load", unit: "messages/s"),
                ReportTable.Column("Over messages sent, mean", unit: "ratio"),
            ],
            rows: zip(names, presence.schemes).map { name, cost in
                ReportTable.Row(
                    [.text(name), cost.messages.cell(), cost.timesChat.cell()],
                    isEmphasised: cost.scheme == presence.chosen.scheme)
            })
        var derive = FigureDerivation(known: last.demand.figures)
        return ReportSection(
            identifier: "presence", title: "Presence",
            blocks: [
                .chart(chart), .table(table),
                .paragraph(
                    """
                    A delay of the news that a user is online spares only those who leave within it: \
                    \(ReportNumber.percent(presence.keptByDelay.value).text) of the news are sent all the same. The look-up of all friends on \
                    start is \(presence.snapshots.number.text), unless it is one request.
                    """),
                derive(
                    "presence-derivation", "How it is computed",
                    presence.schemes.map(\.messages) + [presence.keptByDelay, presence.snapshots]),
            ])
    }
}
