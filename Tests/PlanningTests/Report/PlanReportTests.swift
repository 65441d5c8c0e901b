import Plan
import Reporting
import Testing

@testable import Planning

@Suite("Report of a plan")
struct PlanReportTests {
    private func report(_ plan: String = Plans.classic, _ overrides: String...) throws -> PlanReport {
        PlanReport(Sizing(try Plans.load(plan, overrides)))
    }

    private func tables(_ document: ReportDocument) -> [ReportTable] {
        (document.summary + document.sections.flatMap(\.blocks)).compactMap {
            if case .table(let table) = $0 { table } else { nil }
        }
    }

    private func table(_ identifier: String, in document: ReportDocument) throws -> ReportTable {
        try #require(tables(document).first { $0.identifier == identifier })
    }

    private func chart(_ identifier: String, in document: ReportDocument) throws -> ReportChart {
        let charts = document.sections.flatMap(\.blocks).compactMap {
            if case .chart(let chart) = $0 { chart } else { nil }
        }
        return try #require(charts.first { $0.identifier == identifier })
    }

    @Test("what matters comes first: the recommendation, the findings, then growth, and the inputs at the end")
    func order() throws {
        let document = try report().document
        #expect(
            document.sections.map(\.identifier) == [
                "findings", "growth", "utilisation", "latency", "presence", "failure", "durability", "cost", "demand",
                "tiers", "inputs",
            ])
        guard case .paragraph(let text) = document.summary.first else {
            Issue.record("the summary does not begin with sentences")
            return
        }
        #expect(text.contains("15,483 chat servers") && text.contains("grow to 327 storage servers in year 5"))
    }

    @Test("the same plan gives the same document", arguments: [Plans.classic, Plans.startUp])
    func deterministic(plan: String) throws {
        #expect(try report(plan).document == report(plan).document)
    }

    @Test(
        "a plan that does without the cache, or with one zone, copies of another kind or polls has a report as well",
        arguments: [
            "policies.cache={ enabled: off }", "policies.chat_servers.zones=1", "policies.transport={ kind: poll }",
            "policies.storage.redundancy={ data_fragments: 10, parity_fragments: 4 }", "policies.media.store=inline",
            "policies.load_balancers.path=proxy", "demand.users.now=1", "objectives.years=1",
            "demand.messages_per_day=100_000",
        ])
    func variants(change: String) throws {
        let report = try report(Plans.classic, change)
        let files = try report.document.files()
        #expect(files.count == 4 && files.allSatisfy { !$0.text.isEmpty })
        #expect(!files[1].text.contains("nan") && !files[1].text.contains("inf "))
    }

    @Test("every identifier is used once, and every number has a unit", arguments: [Plans.classic, Plans.startUp])
    func identifiers(plan: String) throws {
        let document = try report(plan).document
        let places = document.html.matches(of: #/ id="([^"]*)"/#).map { String($0.output.1) }
        #expect(Set(places).count == places.count)
        let lines = document.csv.split(separator: "\n").dropFirst()
        #expect(lines.count > 500)
        let withoutUnit = lines.filter { $0.contains(#/,[-0-9.e+]+,,/#) }
        #expect(withoutUnit.isEmpty, "\(withoutUnit.prefix(3))")
    }

    @Test("a missed objective is told in the summary, and the report says that it is not met")
    func objectives() throws {
        let missed = try report()
        #expect(!missed.isMet)
        let rows = try table("objectives", in: missed.document).rows
        #expect(rows.filter { $0.cells[3] == .text("no") }.count == 1)
        let changes = [
            "policies.storage.redundancy={ data_fragments: 10, parity_fragments: 4 }",
            "policies.storage.copy_bandwidth=1GB/s",
        ]
        let met = PlanReport(Sizing(try Plans.load(Plans.startUp, changes)))
        #expect(met.isMet)
        #expect(try table("objectives", in: met.document).rows.allSatisfy { $0.cells[3] == .text("yes") })
    }

    @Test("growth, cost and presence are drawn as they are planned")
    func charts() throws {
        let report = try report(Plans.startUp)
        let sizing = report.sizing
        let document = report.document
        guard case .bars(let servers) = try chart("servers-by-year", in: document).shape,
            case .bars(let cost) = try chart("cost-by-year", in: document).shape,
            case .bars(let presence) = try chart("presence-chart", in: document).shape
        else {
            Issue.record("no bars")
            return
        }
        #expect(servers.categories == ["now", "year 1", "year 2", "year 3", "year 4", "year 5"])
        #expect(servers.series.map(\.name) == ["load balancers", "chat servers", "cache servers", "storage servers"])
        #expect(servers.series[1].values == sizing.years.map(\.chatServers.servers.value))
        for (year, sized) in sizing.years.enumerated() {
            let sum = cost.series.reduce(0) { $0 + $1.values[year] }
            #expect(near(sum, sized.cost.perMonth.value, relative: 1e-9))
        }
        #expect(presence.axis.scale == .logarithmic && presence.series[0].values.count == 6)
        #expect(presence.limits.map(\.value) == [sizing.last.demand.meanSends.value])
    }

    @Test("all inputs are listed with where they are from, and estimates are marked")
    func inputs() throws {
        let plan = try Plans.load(Plans.classic, ["demand.friends=150"])
        let document = PlanReport(Sizing(plan)).document
        let rows = tables(document).filter { $0.identifier.hasPrefix("inputs-") }.flatMap(\.rows)
        #expect(rows.count == plan.keys.count)
        func value(_ key: String) throws -> ReportCell {
            try #require(rows.first { $0.cells[0] == .text(key) }).cells[1]
        }
        #expect(try value("demand.friends").source == ReportSource(.given, "--set on the command line"))
        let connections = try value("policies.chat_servers.connections_each")
        #expect(connections.source?.kind == .given && connections.source?.text.hasPrefix("classic.yaml, line ") == true)
        let availability = try value("objectives.availability")
        #expect(availability.source?.isEstimate == true)
        #expect(availability.content == .number(ReportNumber(99.99, "%", digits: .exact)))
        #expect(rows.count { $0.cells[1].source?.isEstimate == true } == plan.keys.count { $0.origin.isEstimate })
    }

    @Test("what runs said stands beside the formulas")
    func simulation() throws {
        var report = try report()
        let section = ReportSection(identifier: "simulation", title: "Simulation", blocks: [.paragraph("It ran.")])
        report.simulation = PlanReport.Simulation(
            section: section, latency: ReportPercentileChart.Series("simulated", [.init(percentile: 50, value: 70)]))
        let document = report.document
        let identifiers = document.sections.map(\.identifier)
        #expect(identifiers.firstIndex(of: "simulation") == identifiers.firstIndex(of: "latency").map { $0 + 1 })
        guard case .percentiles(let chart) = try chart("latency-chart", in: document).shape else {
            Issue.record("no percentiles")
            return
        }
        #expect(chart.series.map(\.name) == ["delivery", "until it is accepted", "simulated"])
        #expect(chart.series[0].points.map(\.value) == chart.series[0].points.map(\.value).sorted())
    }

    @Test("the tornado has the ten inputs that move the cost most, and the table all that do")
    func sensitivity() throws {
        var report = try report(Plans.startUp, "demand.users.by_year=[100_000]", "objectives.years=1")
        let sensitivity = Sensitivity(report.sizing)
        report.sensitivity = sensitivity
        let document = report.document
        guard case .tornado(let chart) = try chart("tornado", in: document).shape else {
            Issue.record("no tornado")
            return
        }
        #expect(chart.baseline == report.sizing.last.cost.perYear.value)
        #expect(chart.entries.count == 10)
        let swings = chart.entries.map { abs($0.highResult - $0.lowResult) }
        #expect(swings == swings.sorted(by: >))
        let rows = try table("sensitivity-table", in: document).rows
        #expect(rows.count == sensitivity.entries.count && rows.count > 10)
        #expect(rows[0].cells[0] == .text(chart.entries[0].name))
    }

    @Test("alternatives and sweeps stand side by side, with the figures in which they differ")
    func variants() throws {
        var report = try report(Plans.startUp, "demand.users.by_year=[100_000]", "objectives.years=1")
        let plan = report.sizing.plan
        report.alternatives = Alternatives.all(plan).filter { $0.identifier == "cache" }
        let wish = try #require(Sweep.Wish("policies.chat_servers.connections_each=1_000,2_000,4_000"))
        report.sweeps = [try Sweep(plan, wish)]
        let document = report.document
        let cache = try table("alternatives-cache", in: document)
        #expect(cache.columns.map(\.title) == ["Year 1", "as planned", "without a cache"])
        let servers = try #require(cache.rows.first { $0.cells[0] == .text("cache servers") })
        #expect(servers.cells[2] == .empty)
        #expect(!cache.rows.contains { $0.cells[0] == .text("chat servers") }, "it does not differ")
        let sweep = try table("sweep-1", in: document)
        #expect(sweep.columns.map(\.title) == ["Year 1", "1_000", "2_000", "4_000"])
        guard case .bars(let chart) = try chart("sweep-1-cost", in: document).shape else {
            Issue.record("no bars")
            return
        }
        #expect(chart.categories == ["1_000", "2_000", "4_000"])
        let totals = chart.categories.indices.map { index in chart.series.reduce(0) { $0 + $1.values[index] } }
        #expect(totals == totals.sorted(by: >), "fewer servers cost less")
    }
}
