internal import Plan
internal import Reporting

/// What stands at the head of the report of a plan: what to buy, what it costs, what binds first, and which objectives are met.
struct PlanSummary {
    let sizing: Sizing
    let latency: LatencySizing
    let findings: [Finding]

    /// The parts of the summary, in order.
    var blocks: [ReportBlock] {
        [
            .paragraph(recommendation), .paragraph(limits), .keyFigures(keyFigures), .table(servers),
            .table(objectives),
        ]
    }

    private var recommendation: String {
        let (now, last) = (sizing.years[0], sizing.last)
        let grown = zip(now.tiers, last.tiers).filter { $0.servers.value != $1.servers.value }.map(\.1)
        let cost = "\(Self.whole(now.cost.perMonth)) now and \(Self.whole(last.cost.perMonth)) in \(last.label)"
        let growth =
            grown.isEmpty ? ", and keep them to \(last.label)" : ", and grow to \(Self.list(grown)) in \(last.label)"
        return "Begin with \(Self.list(now.tiers))\(growth). Servers, traffic and stored media cost \(cost)."
    }

    private var limits: String {
        let last = sizing.last
        let first = last.firstSaturated
        let factor = ReportNumber(first.saturation.value, "ratio", digits: .significant(3)).text
        let critical = findings.count { $0.severity == .critical }
        let warnings = findings.count { $0.severity == .warning }
        let verdict =
            critical == 0
            ? "Every objective is met by the formulas"
            : "\(critical) \(critical == 1 ? "finding is" : "findings are") critical: an objective is missed, or the demand contradicts itself"
        return """
            If the load of \(last.label) grows, the \(first.name) run out first, of \(first.firstSaturated.rawValue), at \(factor) times its peak. \
            \(verdict)\(warnings == 0 ? "" : "; \(warnings) \(warnings == 1 ? "warning" : "warnings")").
            """
    }

    private var keyFigures: [ReportFigure] {
        let last = sizing.last
        return [
            last.demand.connections.figure("Connections at the peak", note: last.label),
            last.demand.peakSends.figure("Messages sent", note: "peak of \(last.label)", digits: .decimals(0)),
            last.chatServers.servers.figure("Chat servers", note: last.label),
            last.storage.servers.servers.figure("Storage servers", note: last.label),
            last.storage.rawBytes.figure("Stored with all copies", note: last.label),
            last.cost.perMonth.figure("Cost", note: last.label, digits: .decimals(0)),
            last.cost.perUserAndMonth.figure("Cost of a user", note: last.label, digits: .significant(3)),
            ReportFigure(
                "Availability", ReportNumber(last.reliability.availability.value * 100, "%", digits: .significant(6)),
                note: "by the formulas", source: last.reliability.availability.source),
        ]
    }

    private var servers: ReportTable {
        let (now, last) = (sizing.years[0], sizing.last)
        return ReportTable(
            identifier: "servers", caption: "Servers",
            columns: [
                ReportTable.Column("Tier"), ReportTable.Column("By the averages, \(last.label)", unit: "servers"),
                ReportTable.Column("Recommended now", unit: "servers"),
                ReportTable.Column("Recommended, \(last.label)", unit: "servers"),
                ReportTable.Column("What asks for the most"),
            ],
            rows: zip(now.tiers, last.tiers).map { now, last in
                [
                    .text(last.name), last.steps[0].cell(), now.servers.cell(), last.servers.cell(),
                    .text(last.binding.rawValue),
                ]
            })
    }

    /// Tiers in a sentence.
    private static func list(_ tiers: [TierSizing]) -> String {
        let parts = tiers.map { "\(ReportNumber($0.servers.value, "").text) \($0.name)" }
        return (parts.count > 1 ? parts.dropLast().joined(separator: ", ") + " and " : "") + (parts.last ?? "")
    }

    private static func whole(_ figure: Figure) -> String {
        ReportNumber(figure.value, figure.unit, digits: .decimals(0)).text
    }
}

extension PlanSummary {
    /// What is asked for, what is planned, and whether that is enough.
    private var objectives: ReportTable {
        let asked = sizing.plan.objectives
        let last = sizing.last
        let file = sizing.plan.file
        var rows: [ReportTable.Row] = []
        func add(
            _ name: String, _ objective: Sourced<Double>, _ limit: ReportNumber, _ planned: ReportCell, isMet: Bool
        ) {
            rows.append(
                ReportTable.Row(
                    [
                        .text(name), .number(limit, source: objective.origin.source(in: file)), planned,
                        .text(isMet ? "yes" : "no"),
                    ], isEmphasised: !isMet))
        }
        func percentile(_ name: String, _ percent: Double, _ objective: Sourced<Double>) {
            let planned = latency.delivery?.percentiles.first { $0.percent == percent }?.seconds
            add(
                name, objective, ReportNumber(objective.value, "s"), planned?.cell() ?? .text("no end"),
                isMet: planned.map { $0.value <= objective.value } ?? false)
        }
        percentile("Half of the deliveries take at most", 50, asked.deliveryMedianSeconds)
        percentile("99 of 100 deliveries take at most", 99, asked.deliveryP99Seconds)
        let reliability = last.reliability
        add(
            "A user can use the system for at least", asked.availability,
            ReportNumber(asked.availability.value * 100, "%", digits: .exact),
            .number(
                ReportNumber(reliability.availability.value * 100, "%", digits: .significant(7)),
                source: reliability.availability.source),
            isMet: reliability.availability.value >= asked.availability.value)
        let nines = asked.durabilityNines
        let limit = (0..<Int(nines.value)).reduce(1.0) { limit, _ in limit / 10 }
        add(
            "Anything stored is lost in a year with at most", nines,
            ReportNumber(limit, "ratio", digits: .significant(1)),
            reliability.chosen.lossProbability.cell(digits: .significant(3)),
            isMet: reliability.chosen.lossProbability.value <= limit)
        add(
            "All clients are back after the loss of a zone within", asked.reconnectSeconds,
            ReportNumber(asked.reconnectSeconds.value, "s"), last.reconnect.seconds.cell(),
            isMet: last.reconnect.seconds.value <= asked.reconnectSeconds.value)
        if sizing.plan.policies.chatServers.survivesZoneLoss.value {
            add(
                "Servers that are left hold at most this share of what they may",
                sizing.plan.policies.chatServers.zones,
                ReportNumber(100, "%"),
                .number(.percent(last.reconnect.fill.value), source: last.reconnect.fill.source),
                isMet: last.reconnect.fill.value <= 1)
        }
        return ReportTable(
            identifier: "objectives", caption: "Objectives, \(last.label), by the formulas",
            columns: [
                ReportTable.Column("Objective"), ReportTable.Column("Asked"), ReportTable.Column("Planned"),
                ReportTable.Column("Met"),
            ], rows: rows)
    }
}
