internal import Plan
public import Planning
internal import Reporting
internal import Statistics
internal import Trials

extension PlanSimulation.Prediction {
    /// What the formulas say of a plan in the year in which it is to be run.
    public init(_ sizing: Sizing) {
        let year = sizing.years[min(sizing.years.count - 1, Int(sizing.plan.simulation.year.value))]
        let delivery = LatencySizing(sizing.plan, year: year).delivery
        self.init(
            year: year.label, users: year.demand.users.value, chatServers: year.chatServers.servers.value,
            storageServers: year.storage.servers.servers.value,
            latency: (delivery?.percentiles ?? []).filter { [50, 90, 99].contains($0.percent) }.map {
                PlanSimulation.PredictedPercentile(
                    percentile: $0.percent, seconds: $0.seconds.value,
                    formula: "links, waits and work of the way of a message, as if they were independent")
            })
    }
}

extension PlanSimulation {
    /// What the runs say, for the report of the plan.
    public var report: PlanReport.Simulation {
        PlanReport.Simulation(
            section: ReportSection(
                identifier: "simulation", title: "Simulation beside the formulas",
                blocks: [.paragraph(introduction), .table(comparisonTable), .paragraph(reading), .table(tierTable)]
                    + alternatives.enumerated().map { .table(table($1, number: $0 + 1)) }
                    + [.paragraph(replay)]),
            latency: ReportPercentileChart.Series(
                "delivery, simulated, \(year)",
                latency.filter { $0.percentile < 100 }.map {
                    .init(percentile: $0.percentile, value: $0.seconds.mean * 1000)
                }))
    }

    private var source: ReportSource {
        ReportSource(
            .simulated,
            "runs of the components, seeds \(seeds.first ?? 1) to \(seeds.last ?? 1), intervals at \(percent(confidence))"
        )
    }

    private var introduction: String {
        let size =
            world.scale > 1
            ? "one of \(ReportNumber(world.scale, "").digitsText) parts of the system, \(year)" : "the system, \(year)"
        return """
            The components that scenarios run were run as \(size): \(ReportNumber(world.connectionCount, "connections").text) on \
            \(ReportNumber(world.chatServerCount, "chat servers").text), \(ReportNumber(world.messagesPerSecond, "messages/s").text), \
            \(seeds.count) times under different seeds; \(ReportNumber(messageCount, "messages").text) were measured after the warm-up. \
            \(violated.isEmpty ? "No invariant was violated." : "Violated were: \(violated.joined(separator: ", ")).")
            """
    }

    private var reading: String {
        let exact = comparisons.filter { !$0.isApproximation }
        let agreeing = exact.count { $0.agrees }
        return """
            \(agreeing) of the \(exact.count) formulas that should be exact agree with the runs; an interval at \(percent(confidence)) misses the true \
            value now and then. Approximations may lie outside: their difference says how far they can be trusted. What the formula of the latency \
            leaves out is that a chat server fetches a mailbox from the storage before it writes to it, unless it has it in memory. The smallest tier \
            is what the users need while nothing fails; the plan has more for what may be lost, and for its headroom.
            """
    }

    private var replay: String {
        """
        The world of these runs is a scenario, world.yaml beside this report: `confab run world.yaml --seed 1` runs the first of them again, \
        digest \(digests.first ?? "").
        """
    }

    private var comparisonTable: ReportTable {
        ReportTable(
            identifier: "formula-and-simulation", caption: "Formula, simulation and their difference",
            columns: [
                ReportTable.Column("Figure"), ReportTable.Column("Formula"), ReportTable.Column("Simulated"),
                ReportTable.Column("Give or take"), ReportTable.Column("Difference", unit: "%"),
                ReportTable.Column("Agrees"),
            ],
            rows: comparisons.map { comparison in
                let halfWidth =
                    switch comparison.simulated {
                    case .mean(let interval): interval.halfWidth
                    case .observation(_, let expected): (expected.upperBound - expected.lowerBound) / 2
                    }
                func cell(_ value: Double, _ source: ReportSource) -> ReportCell {
                    .number(ReportNumber(value, comparison.unit, digits: .significant(4)), source: source)
                }
                return [
                    .text(comparison.name), cell(comparison.predicted, ReportSource(.computed, comparison.formula)),
                    cell(comparison.value, source), cell(halfWidth, source),
                    .number(comparison.relativeDifference * 100, digits: .significant(2)),
                    .text(comparison.agrees ? "yes" : comparison.isApproximation ? "an approximation" : "no"),
                ]
            })
    }

    private var tierTable: ReportTable {
        let limit = ReportNumber(tier.connectionsMax, "").digitsText
        let latencyMax = ReportNumber(tier.latencyP99SecondsMax, "s").text
        let caption =
            tier.bySimulation.count.map {
                "The smallest tier of chat servers: \($0) by simulation, \(tier.byFormula) by the formula, \(tier.byDivision) by division. "
            } ?? "No number of chat servers does. "
        return ReportTable(
            identifier: "smallest-tier",
            caption: caption + "A server holds \(limit) connections; 99 of 100 messages may take \(latencyMax).",
            columns: [
                ReportTable.Column("Chat servers"),
                ReportTable.Column("Connections of the fullest", unit: "connections"),
                ReportTable.Column("Latency, p99", unit: "ms"), ReportTable.Column("Meets the objectives"),
            ],
            rows: tier.bySimulation.attempts.map { attempt in
                ReportTable.Row(
                    [
                        .number(attempt.count), .number(attempt.result.connectionsPeak, source: source),
                        .number(attempt.result.latencyP99Seconds * 1000, digits: .significant(4), source: source),
                        .text(attempt.isMet ? "yes" : "no"),
                    ], isEmphasised: attempt.count == tier.bySimulation.count)
            })
    }

    private func table(_ alternative: AlternativeComparison, number: Int) -> ReportTable {
        ReportTable(
            identifier: "alternative-\(number)",
            caption: """
                \(alternative.names.first) against \(alternative.names.second), under the same seeds: a town of \
                \(ReportNumber(AlternativeComparison.userCount, "users").text) who write once a minute
                """,
            columns: [
                ReportTable.Column("Figure"), ReportTable.Column(alternative.names.first),
                ReportTable.Column(alternative.names.second), ReportTable.Column("Difference"),
                ReportTable.Column("Give or take"), ReportTable.Column("Variance left by common seeds", unit: "%"),
            ],
            rows: alternative.figures.map { figure in
                func cell(_ value: Double) -> ReportCell {
                    .number(ReportNumber(value, figure.unit, digits: .significant(3)), source: source)
                }
                return [
                    .text(figure.name), cell(figure.first), cell(figure.second), cell(figure.difference.interval.mean),
                    cell(figure.difference.interval.halfWidth),
                    figure.difference.varianceRatio.map { .number($0 * 100, digits: .significant(2)) } ?? .empty,
                ]
            })
    }

    private func percent(_ share: Double) -> String { ReportNumber(share * 100, "%", digits: .significant(4)).text }
}
