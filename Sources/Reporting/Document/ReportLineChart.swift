/// Lines over a common axis.
public struct ReportLineChart: Sendable, Equatable {
    /// A point of a line.
    public struct Point: Sendable, Equatable {
        /// Along the bottom.
        public var x: Double
        /// Upwards.
        public var y: Double

        /// A point.
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// One line.
    public struct Series: Sendable, Equatable {
        /// What it is.
        public var name: String
        /// Its points, from left to right.
        public var points: [Point]

        /// One line.
        public init(_ name: String, _ points: [Point]) {
            self.name = name
            self.points = points
        }
    }

    /// What goes from left to right.
    public var xAxis: ReportAxis
    /// What goes upwards.
    public var yAxis: ReportAxis
    /// The lines, at most eight that can be told apart.
    public var series: [Series]
    /// Values of the vertical axis that lines are held against.
    public var limits: [ReportLimit]

    /// Puts a chart of lines together.
    public init(xAxis: ReportAxis, yAxis: ReportAxis, series: [Series], limits: [ReportLimit] = []) {
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.series = series
        self.limits = limits
    }
}
