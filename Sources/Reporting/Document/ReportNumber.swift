/// A number with its unit, and how it is shown. Formats for machines get the value, whatever is shown.
public struct ReportNumber: Sendable, Equatable {
    /// How many digits are shown.
    public enum Digits: Sendable, Equatable {
        /// A whole number in full, any other with up to four significant digits.
        case automatic
        /// So many places behind the point.
        case decimals(Int)
        /// So many significant digits, however many stand before the point.
        case significant(Int)
        /// All digits that it was written with, up to twelve.
        case exact
    }

    /// The value, in ``unit``. What is not finite is shown as `-` and left out where machines read.
    public var value: Double
    /// What it is counted in: `servers`, `PB`, `messages/s`; `ratio` for what has no dimension. Empty only where the column of a table says it.
    public var unit: String
    /// How many digits are shown.
    public var digits: Digits

    /// A number of something.
    public init(_ value: Double, _ unit: String, digits: Digits = .automatic) {
        self.value = value
        self.unit = unit
        self.digits = digits
    }

    /// A whole number of something.
    public init(_ value: some BinaryInteger, _ unit: String) {
        self.init(Double(value), unit)
    }

    /// The digits that are shown, without the unit.
    public var digitsText: String { digitsText(of: value) }

    /// What is shown: `10,216 servers`, `91.25 %`; bytes and seconds in a unit of handy size, `3.65 PB`, `60 ms`; a ratio without a unit.
    public var text: String {
        let (digits, unit) = shown
        return unit.isEmpty ? digits : "\(digits) \(unit)"
    }

    /// The digits and the unit of what is shown.
    var shown: (digits: String, unit: String) {
        // What is shorter than a picosecond is nothing that anybody measures.
        if unit == "s", value > 0, value < 1e-12 { return ("< 0.001", "ns") }
        let (value, unit) = UnitText.handy(value, unit)
        return (digitsText(of: value), unit == "ratio" ? "" : unit)
    }

    private func digitsText(of value: Double) -> String {
        switch digits {
        case .automatic: NumberText.automatic(value)
        case .decimals(let count): NumberText.decimal(value, decimals: count)
        case .significant(let count): NumberText.significant(value, digits: count)
        case .exact: NumberText.written(value)
        }
    }
}

/// A number with a name.
public struct ReportFigure: Sendable, Equatable {
    /// What it is.
    public var name: String
    /// How much.
    public var number: ReportNumber
    /// A few words beneath it, or nothing.
    public var note: String
    /// Where it is from.
    public var source: ReportSource?

    /// A number with its name.
    public init(_ name: String, _ number: ReportNumber, note: String = "", source: ReportSource? = nil) {
        self.name = name
        self.number = number
        self.note = note
        self.source = source
    }
}
