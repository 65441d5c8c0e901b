/// A report as values: what it says, in the order in which it says it, and where each figure is from. It knows nothing of how it will look;
/// the same document becomes a page, Markdown, JSON and CSV.
///
/// All text is plain text. Whatever it holds, no format takes it for markup.
public struct ReportDocument: Sendable, Equatable {
    /// What the report is about.
    public var title: String
    /// One line beneath the title.
    public var subtitle: String
    /// What whoever reads nothing else should know: the recommendation first.
    public var summary: [ReportBlock]
    /// The rest, in order. Identifiers are not used twice.
    public var sections: [ReportSection]

    /// Puts a report together.
    public init(title: String, subtitle: String, summary: [ReportBlock], sections: [ReportSection]) {
        self.title = title
        self.subtitle = subtitle
        self.summary = summary
        self.sections = sections
    }
}
