internal import Plan
public import Reporting

/// The report of what a plan asks for: the recommendation first, then what was found, then everything by which it can be done again.
public struct PlanReport {
    /// What runs of the system said, beside the formulas.
    public struct Simulation: Sendable {
        /// The section about it.
        public var section: ReportSection
        /// Percentiles of the delivery in milliseconds, to be drawn beside those of the formulas.
        public var latency: ReportPercentileChart.Series?

        /// What runs said.
        public init(section: ReportSection, latency: ReportPercentileChart.Series? = nil) {
            self.section = section
            self.latency = latency
        }
    }

    /// The system.
    public let sizing: Sizing
    /// How long messages take in it.
    public let latency: LatencySizing
    /// What was found, the worst first.
    public let findings: [Finding]
    /// What runs of it said; nothing if there were none.
    public var simulation: Simulation?
    /// How much each input moves the cost; nothing if that was not asked for.
    public var sensitivity: Sensitivity?
    /// The choices of the plan beside other ways to make them.
    public var alternatives: [Alternatives] = []
    /// The plan with several values of some keys.
    public var sweeps: [Sweep] = []

    /// A report of what a plan asks for.
    public init(_ sizing: Sizing) {
        self.sizing = sizing
        latency = LatencySizing(sizing.plan, year: sizing.last)
        findings = Finding.all(sizing, latency: latency)
    }

    /// Whether every objective is met and nothing contradicts itself: no finding is critical.
    public var isMet: Bool { !findings.contains { $0.severity == .critical } }

    /// The report as a document. The same plan gives the same document.
    public var document: ReportDocument {
        let sections: [ReportSection?] = [
            .findings(findings), .growth(sizing), .utilisation(sizing),
            .latency(latency, sizing, simulated: simulation?.latency), simulation?.section, .presence(sizing),
            .failure(sizing), .durability(sizing), .cost(sizing),
            sensitivity.map { .sensitivity($0, of: sizing.plan) },
            alternatives.isEmpty ? nil : .alternatives(alternatives), sweeps.isEmpty ? nil : .sweeps(sweeps),
            .demand(sizing), .tiers(sizing), .inputs(of: sizing.plan),
        ]
        return ReportDocument(
            title: sizing.plan.name, subtitle: sizing.plan.description,
            summary: PlanSummary(sizing: sizing, latency: latency, findings: findings).blocks,
            sections: sections.compactMap(\.self))
    }
}
