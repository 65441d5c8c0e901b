internal import Reporting

extension ReportSection {
    /// Ways to keep shards: what they cost and how safe they are.
    static func durability(_ sizing: Sizing) -> ReportSection {
        let last = sizing.last
        let scale = ByteScale(largest: last.reliability.options.map(\.rawBytes.value).max() ?? 0)
        let table = ReportTable(
            identifier: "redundancy", caption: "Ways to keep shards, \(last.label)",
            columns: [
                ReportTable.Column("Way"), ReportTable.Column("Stored", unit: scale.unit),
                ReportTable.Column("For each byte", unit: "B/B"), ReportTable.Column("Mean time to a loss"),
                ReportTable.Column("Probability of a loss in a year", unit: "ratio"),
                ReportTable.Column("Time in which a shard cannot be read", unit: "%"),
                ReportTable.Column("Bytes read to repair a byte", unit: "B/B"),
            ],
            rows: last.reliability.options.map { option in
                ReportTable.Row(
                    [
                        .text(option.name), scale.cell(option.rawBytes), option.overhead.cell(),
                        option.meanSecondsToLoss.cell(), option.lossProbability.cell(digits: .significant(3)),
                        .number(
                            option.readUnavailability.value * 100, digits: .significant(3),
                            source: option.readUnavailability.source),
                        option.repairReads.cell(),
                    ], isEmphasised: option.isChosen)
            })
        var derive = FigureDerivation(known: last.tierFigures)
        let chosen = last.reliability.chosen
        return ReportSection(
            identifier: "durability", title: "Durability",
            blocks: [
                .table(table),
                derive(
                    "durability-derivation", "How it is computed for \(chosen.name)",
                    [
                        last.reliability.repairSeconds, chosen.rawBytes, chosen.meanSecondsToLoss,
                        chosen.lossProbability, chosen.readUnavailability,
                    ]),
            ])
    }
}
