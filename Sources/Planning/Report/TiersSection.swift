internal import Plan
internal import Reporting

extension ReportSection {
    /// Each tier of the last year, step by step.
    static func tiers(_ sizing: Sizing) -> ReportSection {
        let last = sizing.last
        var derive = FigureDerivation(known: last.demand.figures)
        var blocks: [ReportBlock] = [
            .paragraph(
                """
                The numbers are those of \(last.label). The first step is the plainest arithmetic, each further one a correction, \
                and the last what is recommended.
                """),
            .table(steps(last.chatServers)),
        ]
        for tier in last.tiers {
            let name = tier.name.prefix(1).uppercased() + tier.name.dropFirst()
            blocks += [
                .paragraph(text(tier)), derive("tier-\(identifier(tier))", name, tier.steps + tier.uses.map(\.share)),
            ]
        }
        let storage = last.storage
        blocks += [
            derive("shards", "Shards", last.storageFigures),
            .paragraph(flush(storage.flush)),
            derive(
                "flush", "When new data is written to files",
                [storage.flush.regions, storage.flush.seconds, storage.flush.fileBytes]),
            derive(
                "network", "Network",
                [last.traffic.peakEgress, last.traffic.egressPerMonth, last.traffic.storageBytes]),
            derive(
                "media", "Media",
                [last.media.objects, last.media.bytesPerDay, last.media.keptBytes, last.media.requestsPerMonth]),
        ]
        return ReportSection(identifier: "tiers", title: "Tiers, step by step", blocks: blocks)
    }

    private static func identifier(_ tier: TierSizing) -> String { tier.name.replacing(" ", with: "-") }

    /// From the plainest arithmetic to the recommendation.
    private static func steps(_ tier: TierSizing) -> ReportTable {
        ReportTable(
            identifier: "chat-server-steps", caption: "From the averages to the recommendation: chat servers",
            columns: [
                ReportTable.Column("Step"), ReportTable.Column("Servers", unit: "servers"),
                ReportTable.Column("More than by the step before", unit: "servers"),
            ],
            rows: tier.steps.enumerated().map { index, step in
                ReportTable.Row(
                    [
                        .text(step.name), step.cell(),
                        index == 0 ? .empty : .number(step.value - tier.steps[index - 1].value),
                    ], isEmphasised: index == tier.steps.count - 1)
            })
    }

    private static func text(_ tier: TierSizing) -> String {
        let needs = tier.needs.map { "\($0.resource.rawValue) \($0.servers.number.text)" }.joined(separator: ", ")
        return """
            \(tier.servers.number.text) for the \(tier.name): \(tier.binding.rawValue) asks for the most (\(needs)). When the load \
            grows, \(tier.firstSaturated.rawValue) is used up first, at \(ReportNumber(tier.saturation.value, "ratio", digits: .significant(3)).text) \
            times this peak.
            """
    }

    private static func flush(_ flush: FlushSizing) -> String {
        let rule =
            switch flush.trigger {
            case .size: "The size of new data rules when it is written to files"
            case .age: "The age of new data rules when it is written to files"
            case .memory: "The memory for new data rules when it is written to files"
            }
        return """
            \(rule): after \(flush.seconds.number.text), in files of \(flush.fileBytes.number.text). A region would take \
            \(flush.secondsToSize.number.text) to reach the size at which it is flushed, and a server \
            \(flush.secondsToMemory.number.text) to fill its memory for new data.
            """
    }
}
