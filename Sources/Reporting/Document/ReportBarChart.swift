/// Bars: one for each category, in layers if there are several series.
public struct ReportBarChart: Sendable, Equatable {
    /// Which way the bars go.
    public enum Direction: Sendable, Equatable {
        /// Upwards, for few categories in an order, such as years.
        case vertical
        /// To the right, for categories with long names.
        case horizontal
    }

    /// One layer of every bar.
    public struct Series: Sendable, Equatable {
        /// What it is.
        public var name: String
        /// Its share of each category, in the order of the categories.
        public var values: [Double]

        /// One layer of every bar.
        public init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// What the categories are: `year`, `scheme`.
    public var categoryTitle: String
    /// The categories, in order.
    public var categories: [String]
    /// What the length of a bar measures. A logarithmic one goes with one series only.
    public var axis: ReportAxis
    /// The layers.
    public var series: [Series]
    /// Values that bars are held against.
    public var limits: [ReportLimit]
    /// Which way the bars go.
    public var direction: Direction

    /// Puts a chart of bars together.
    ///
    /// - Precondition: Every series has a value for every category, and bars in layers are linear.
    public init(
        categoryTitle: String, categories: [String], axis: ReportAxis, series: [Series], limits: [ReportLimit] = [],
        direction: Direction = .horizontal
    ) {
        precondition(series.allSatisfy { $0.values.count == categories.count }, "a series lacks categories")
        precondition(series.count <= 1 || axis.scale == .linear, "layers do not add up on a logarithmic axis")
        self.categoryTitle = categoryTitle
        self.categories = categories
        self.axis = axis
        self.series = series
        self.limits = limits
        self.direction = direction
    }
}
