/// One field of a table.
public struct ReportCell: Sendable, Equatable {
    /// What is in a field.
    public enum Content: Sendable, Equatable {
        /// A number; its unit may be empty if the column has one.
        case number(ReportNumber)
        /// Words.
        case text(String)
        /// Nothing: it does not apply.
        case empty
    }

    /// What is in it.
    public var content: Content
    /// Where it is from.
    public var source: ReportSource?

    /// A field with a number that is counted in what its column says.
    public static func number(
        _ value: Double, digits: ReportNumber.Digits = .automatic, source: ReportSource? = nil
    ) -> ReportCell {
        ReportCell(content: .number(ReportNumber(value, "", digits: digits)), source: source)
    }

    /// A field with a whole number that is counted in what its column says.
    public static func number(_ value: some BinaryInteger, source: ReportSource? = nil) -> ReportCell {
        ReportCell(content: .number(ReportNumber(value, "")), source: source)
    }

    /// A field with a number that has a unit of its own.
    public static func number(_ number: ReportNumber, source: ReportSource? = nil) -> ReportCell {
        ReportCell(content: .number(number), source: source)
    }

    /// A field with words.
    public static func text(_ text: String, source: ReportSource? = nil) -> ReportCell {
        ReportCell(content: .text(text), source: source)
    }

    /// A field for what does not apply.
    public static let empty = ReportCell(content: .empty, source: nil)
}
