internal import Reporting

extension YearSizing {
    /// The year as reports call it: `now`, `year 5`.
    public var label: String { year == 0 ? "now" : "year \(year)" }

    /// What the sections on the demand and on the tiers derive: others need not do so again.
    var tierFigures: [Figure] {
        demand.figures + tiers.flatMap { $0.steps + $0.uses.map(\.share) } + storageFigures
            + [
                storage.flush.regions, storage.flush.seconds, storage.flush.fileBytes, traffic.peakEgress,
                traffic.egressPerMonth, traffic.storageBytes, media.objects, media.bytesPerDay, media.keptBytes,
                media.requestsPerMonth,
            ]
    }

    /// How much is stored, and how full that makes the shards.
    var storageFigures: [Figure] {
        [
            storage.logicalBytes, storage.rawBytes, storage.shardsFull, storage.shardFill, storage.fullestShardFill,
        ]
    }
}

/// Bytes for a chart or a column of a table: all in the one unit in which the largest has few digits.
struct ByteScale {
    /// The unit.
    let unit: String
    private let divisor: Double

    init(largest: Double) {
        var divisor = 1.0
        var prefixes = ["", "K", "M", "G", "T", "P", "E"][...]
        while largest / divisor >= 1000, prefixes.count > 1 {
            divisor *= 1000
            prefixes = prefixes.dropFirst()
        }
        self.divisor = divisor
        unit = (prefixes.first ?? "") + "B"
    }

    /// A number of bytes in the unit.
    func callAsFunction(_ bytes: Double) -> Double { bytes / divisor }

    /// A figure of bytes as a field of a column in the unit.
    func cell(_ figure: Figure) -> ReportCell { .number(self(figure.value), source: figure.source) }
}
