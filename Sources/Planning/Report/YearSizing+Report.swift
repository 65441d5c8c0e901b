internal import Reporting

extension YearSizing {
    /// The year as reports call it: `now`, `year 5`.
    var label: String { year == 0 ? "now" : "year \(year)" }
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
