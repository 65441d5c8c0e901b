import Reporting

/// A report with a piece of every kind, whose names may try to be more than text.
enum SampleReport {
    static let plan = ReportSource(.given, "plan file, line 4")
    static let guess = ReportSource(.estimate, "no source is known")
    static let formula = ReportSource(.computed, "Little's law")

    /// What a plan could say to be taken for markup somewhere.
    static let hostile = "</title><script>window.pwned=1</script>\n|*x*|`y`|\"'&amp;@STYLE@ =1+1"

    /// - Parameter name: What everything is called that a plan may name.
    static func document(name: String = "a design") -> ReportDocument {
        ReportDocument(
            title: name, subtitle: "\(name) over five years",
            summary: [
                .paragraph("Buy 10,216 servers for \(name)."),
                .keyFigures([
                    ReportFigure("Chat servers", ReportNumber(10_216, "servers"), note: "today", source: formula),
                    ReportFigure("Peak over mean", ReportNumber(1.6, "ratio"), source: guess),
                ]),
            ],
            sections: [
                ReportSection(
                    identifier: "findings", title: "Findings about \(name)",
                    blocks: [
                        .findings([
                            finding(.info, name: name), finding(.critical, name: name), finding(.warning, name: name),
                        ])
                    ]),
                ReportSection(
                    identifier: "tiers", title: "Tiers",
                    blocks: [
                        .derivation(
                            ReportDerivation(
                                identifier: "chat-servers", caption: "Chat servers",
                                steps: [
                                    ReportDerivation.Step(
                                        "By arithmetic", formula: "users / connections per server",
                                        substitution: "500,000,000 / 50,000", result: ReportNumber(10_000, "servers"),
                                        source: plan)
                                ])),
                        .table(table(name: name)),
                    ]),
                ReportSection(identifier: "charts", title: "Charts", blocks: charts(name: name).map { .chart($0) }),
            ])
    }

    static func finding(_ severity: ReportFinding.Severity, name: String) -> ReportFinding {
        ReportFinding(
            identifier: "is-\(severity.rawValue)", severity: severity, title: "No headroom in \(name)",
            text: "\(name) is full.",
            figures: [ReportFigure("Headroom", ReportNumber(-0.5, "%"), note: name, source: plan)])
    }

    static func table(name: String) -> ReportTable {
        ReportTable(
            identifier: "inputs", caption: "Inputs of \(name)",
            columns: [
                ReportTable.Column("Input"), ReportTable.Column("Today", unit: "TB"), ReportTable.Column("Value"),
            ],
            rows: [
                [.text(name), .number(3650), .number(ReportNumber(0.000_012_5, "s"), source: guess)],
                ReportTable.Row(
                    [.text("second"), .empty, .number(ReportNumber(1.0 / 3, "ratio"), source: plan)], isEmphasised: true
                ),
            ])
    }

    static func charts(name: String) -> [ReportChart] {
        [
            ReportChart(
                identifier: "growth", title: "Users of \(name)", text: "Users double.",
                shape: .lines(
                    ReportLineChart(
                        xAxis: ReportAxis("Year", unit: "years from now"), yAxis: ReportAxis("Users", unit: "users"),
                        series: [
                            ReportLineChart.Series(
                                name, (0...5).map { ReportLineChart.Point(x: Double($0), y: 5e7 * Double(1 << $0)) }),
                            ReportLineChart.Series(
                                "online", (0...5).map { ReportLineChart.Point(x: Double($0), y: 2e7 * Double(1 << $0)) }
                            ),
                        ], limits: [ReportLimit("capacity", 1.5e9)])), source: plan),
            ReportChart(
                identifier: "cost", title: "Cost", text: "Storage grows.",
                shape: .bars(
                    ReportBarChart(
                        categoryTitle: "Year", categories: ["now", "1", "2", "3", "4", "5"],
                        axis: ReportAxis("Cost", unit: "M$ a month"),
                        series: [
                            ReportBarChart.Series("chat servers", [2, 2.2, 2.4, 2.6, 2.8, 3]),
                            ReportBarChart.Series("storage", [1, 2, 3, 4, 5, 6]),
                            ReportBarChart.Series("network", [0.5, 0.5, 0.6, 0.7, 0.8, 0.9]),
                        ], direction: .vertical))),
            ReportChart(
                identifier: "presence", title: "Presence by scheme", text: "Naive presence is far above chat.",
                shape: .bars(
                    ReportBarChart(
                        categoryTitle: "Scheme",
                        categories: ["naive on and off broadcast", "online only", "viewport poll every 30 s", name],
                        axis: ReportAxis("Load", unit: "messages/s", scale: .logarithmic),
                        series: [ReportBarChart.Series("messages", [2.99e8, 1.5e8, 1.7e6, 0])],
                        limits: [ReportLimit("chat itself", 231_481)]))),
            ReportChart(
                identifier: "latency", title: "Delivery latency", text: "The objective is met.",
                shape: .percentiles(
                    ReportPercentileChart(
                        axis: ReportAxis("Latency", unit: "ms", scale: .logarithmic),
                        series: [
                            ReportPercentileChart.Series(
                                name,
                                [(50, 60), (90, 130), (99, 250), (99.9, 420)].map {
                                    ReportPercentileChart.Point(percentile: $0.0, value: $0.1)
                                })
                        ],
                        objectives: [
                            ReportPercentileChart.Objective("objective", .init(percentile: 99, value: 500))
                        ]))),
            ReportChart(
                identifier: "tornado", title: "Sensitivity", text: "Connections per server matter most.",
                shape: .tornado(
                    ReportTornadoChart(
                        axis: ReportAxis("Chat servers", unit: "servers"), baseline: 10_216,
                        entries: [
                            ReportTornadoChart.Entry(
                                "connections per server", lowInput: "25,000", highInput: "100,000", lowResult: 20_500,
                                highResult: 5_100),
                            ReportTornadoChart.Entry(
                                name, lowInput: "1.2", highInput: "2", lowResult: 10_300, highResult: 11_000),
                        ]))),
        ]
    }
}
