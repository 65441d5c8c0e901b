/// Something that the reader should know, in plain words, with the figures that show it.
public struct ReportFinding: Sendable, Equatable {
    /// How much it matters.
    public enum Severity: String, Sendable, CaseIterable, Comparable {
        /// Good to know.
        case info
        /// Something will be tight, or an assumption does not hold.
        case warning
        /// An objective is missed, or the input contradicts itself.
        case critical

        /// By how much it matters.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .info: 0
            case .warning: 1
            case .critical: 2
            }
        }
    }

    /// A word for it, for machines: letters, digits and hyphens.
    public var identifier: String
    /// How much it matters.
    public var severity: Severity
    /// What is the matter, in a few words.
    public var title: String
    /// What it means and what to do about it; keys and commands stand between backticks.
    public var text: String
    /// The figures that show it.
    public var figures: [ReportFigure]

    /// Puts a finding together.
    public init(
        identifier: String, severity: Severity, title: String, text: String, figures: [ReportFigure] = []
    ) {
        self.identifier = identifier
        self.severity = severity
        self.title = title
        self.text = text
        self.figures = figures
    }
}
