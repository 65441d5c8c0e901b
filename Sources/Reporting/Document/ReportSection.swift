/// A part of a report with a title of its own.
public struct ReportSection: Sendable, Equatable {
    /// A word for links and files, such as `growth`: letters, digits and hyphens.
    public var identifier: String
    /// What stands above it.
    public var title: String
    /// What it says, in order.
    public var blocks: [ReportBlock]

    /// Puts a section together.
    public init(identifier: String, title: String, blocks: [ReportBlock]) {
        self.identifier = identifier
        self.title = title
        self.blocks = blocks
    }
}

/// A piece of a section.
public enum ReportBlock: Sendable, Equatable {
    /// Sentences; keys and commands stand between backticks.
    case paragraph(String)
    /// A few figures that stand out.
    case keyFigures([ReportFigure])
    /// What was found, the worst first.
    case findings([ReportFinding])
    /// Results step by step, each with its formula.
    case derivation(ReportDerivation)
    /// Rows and columns.
    case table(ReportTable)
    /// A picture of numbers.
    case chart(ReportChart)
}
