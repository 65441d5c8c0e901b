/// A picture of numbers.
public struct ReportChart: Sendable, Equatable {
    /// What kind of picture, and its numbers.
    public enum Shape: Sendable, Equatable {
        /// How something goes with something else: growth over years.
        case lines(ReportLineChart)
        /// How much of each: utilisation with limits, cost in layers.
        case bars(ReportBarChart)
        /// How long things take, from the middle to the rare: latency percentiles.
        case percentiles(ReportPercentileChart)
        /// How much a result moves with each input.
        case tornado(ReportTornadoChart)
    }

    /// A word for links and files; not used twice in a document.
    public var identifier: String
    /// What it shows.
    public var title: String
    /// What is to be seen in it, in a sentence: for those who do not see it, too.
    public var text: String
    /// What kind of picture, and its numbers.
    public var shape: Shape
    /// Where its numbers are from.
    public var source: ReportSource?

    /// Puts a chart together.
    public init(identifier: String, title: String, text: String, shape: Shape, source: ReportSource? = nil) {
        self.identifier = identifier
        self.title = title
        self.text = text
        self.shape = shape
        self.source = source
    }
}
