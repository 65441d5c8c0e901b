internal import Plan
internal import Reporting

extension ReportSection {
    /// How the system grows from year to year, and what moves between servers.
    static func growth(_ sizing: Sizing) -> ReportSection {
        let users = sizing.years.map(\.demand.users.value)
        var charts = [servers(sizing), bytes(sizing)]
        if users.contains(where: { $0 != users[0] }) { charts.insert(connections(sizing), at: 1) }
        return ReportSection(
            identifier: "growth", title: "Growth",
            blocks: charts.map { .chart($0) } + [.table(byYear(sizing)), .table(moves(sizing))])
    }

    private static func points(_ sizing: Sizing, _ value: (YearSizing) -> Double) -> [ReportLineChart.Point] {
        sizing.years.map { ReportLineChart.Point(x: Double($0.year), y: value($0)) }
    }

    private static let yearAxis = ReportAxis("Year", unit: "years from now")

    private static func servers(_ sizing: Sizing) -> ReportChart {
        let names = sizing.last.tiers.map(\.name)
        let first = sizing.years[0].tiers.reduce(0) { $0 + $1.servers.value }
        let last = sizing.last.tiers.reduce(0) { $0 + $1.servers.value }
        return ReportChart(
            identifier: "servers-by-year", title: "Servers by tier",
            text: """
                \(ReportNumber(first, "servers").text) now, \(ReportNumber(last, "servers").text) in \(sizing.last.label).
                """,
            shape: .bars(
                ReportBarChart(
                    categoryTitle: "End of year", categories: sizing.years.map(\.label),
                    axis: ReportAxis("Servers", unit: "servers"),
                    series: names.indices.map { tier in
                        ReportBarChart.Series(names[tier], sizing.years.map { $0.tiers[tier].servers.value })
                    }, direction: .vertical)), source: sizing.last.chatServers.servers.source)
    }

    private static func connections(_ sizing: Sizing) -> ReportChart {
        let first = sizing.years[0].demand
        let last = sizing.last.demand
        return ReportChart(
            identifier: "users-by-year", title: "Users and connections",
            text: """
                \(first.users.number.text) now, \(last.users.number.text) in \(sizing.last.label), with \
                \(last.connections.number.text) at the peak.
                """,
            shape: .lines(
                ReportLineChart(
                    xAxis: yearAxis,
                    yAxis: ReportAxis(
                        "Users, connections", unit: "each",
                        scale: last.users.value > 50 * first.users.value ? .logarithmic : .linear),
                    series: [
                        ReportLineChart.Series("users", points(sizing) { $0.demand.users.value }),
                        ReportLineChart.Series(
                            "connections at the peak", points(sizing) { $0.demand.connections.value }),
                    ])), source: last.users.source)
    }

    private static func bytes(_ sizing: Sizing) -> ReportChart {
        let last = sizing.last.storage
        let capacity =
            sizing.plan.policies.storage.logicalShards.value * sizing.plan.policies.storage.shardBytes.value
        let scale = ByteScale(largest: max(last.rawBytes.value, capacity))
        return ReportChart(
            identifier: "bytes-by-year", title: "Stored messages",
            text: """
                \(last.logicalBytes.number.text) in \(sizing.last.label), \(last.rawBytes.number.text) with all copies. The shards are \
                \(ReportNumber.percent(last.shardFill.value).text) full then.
                """,
            shape: .lines(
                ReportLineChart(
                    xAxis: yearAxis, yAxis: ReportAxis("Stored", unit: scale.unit),
                    series: [
                        ReportLineChart.Series(
                            "with all copies", points(sizing) { scale($0.storage.rawBytes.value) }),
                        ReportLineChart.Series(
                            "before copies of shards", points(sizing) { scale($0.storage.logicalBytes.value) }),
                    ], limits: [ReportLimit("all shards full, before copies", scale(capacity))])),
            source: last.rawBytes.source)
    }

    private static func byYear(_ sizing: Sizing) -> ReportTable {
        let scale = ByteScale(largest: sizing.last.storage.rawBytes.value)
        let tiers = sizing.last.tiers
        let columns =
            [
                ReportTable.Column("End of"), ReportTable.Column("Users", unit: "users"),
                ReportTable.Column("Messages sent, peak", unit: "messages/s"),
            ] + tiers.map { ReportTable.Column($0.name, unit: "servers") } + [
                ReportTable.Column("Stored before copies", unit: scale.unit),
                ReportTable.Column("Stored with copies", unit: scale.unit),
                ReportTable.Column("Fill of a shard", unit: "%"),
                ReportTable.Column("Cost", unit: "\(sizing.plan.prices.currency)/month"),
            ]
        let rows = sizing.years.map { year -> ReportTable.Row in
            let demand: [ReportCell] = [
                .text(year.label), year.demand.users.cell(), year.demand.peakSends.cell(digits: .decimals(0)),
            ]
            let storage: [ReportCell] = [
                scale.cell(year.storage.logicalBytes), scale.cell(year.storage.rawBytes),
                .number(
                    year.storage.shardFill.value * 100, digits: .decimals(1), source: year.storage.shardFill.source),
                year.cost.perMonth.cell(digits: .decimals(0)),
            ]
            return ReportTable.Row(demand + year.tiers.map { $0.servers.cell() } + storage)
        }
        return ReportTable(identifier: "growth-by-year", caption: "Year by year", columns: columns, rows: rows)
    }

    private static func moves(_ sizing: Sizing) -> ReportTable {
        ReportTable(
            identifier: "moves", caption: "Moves of shards when storage servers are added",
            columns: [
                ReportTable.Column("In the course of"), ReportTable.Column("Servers added", unit: "servers"),
                ReportTable.Column("Copies or fragments that move", unit: "replicas"), ReportTable.Column("Bytes"),
                ReportTable.Column("Time if all new servers fetch at once"),
            ],
            rows: sizing.years.dropFirst().map { year in
                let moves = year.storage.moves
                return [
                    .text(year.label), moves.addedServers.cell(), moves.movedReplicas.cell(), moves.bytes.cell(),
                    moves.seconds.cell(),
                ]
            })
    }
}
