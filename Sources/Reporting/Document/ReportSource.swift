/// Where a figure is from. Equal sources are one footnote, however many figures refer to it.
public struct ReportSource: Sendable, Hashable {
    /// How well founded a figure is.
    public enum Kind: String, Sendable, CaseIterable {
        /// It is said in the input, by whoever wants the report.
        case given
        /// It was read in the source that is named.
        case read
        /// It was computed from what was read there, or from other figures of the report.
        case computed
        /// It was measured in a run that is named.
        case simulated
        /// Nothing is known that it could be from. Reports mark such figures.
        case estimate
    }

    /// How well founded it is.
    public var kind: Kind
    /// The source, so that a reader finds it: a line of a file, a publication, a formula.
    public var text: String

    /// A source of figures.
    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// Whether figures from it are marked as estimates.
    public var isEstimate: Bool { kind == .estimate }
}
