/// Percentiles of several distributions, over an axis that gives each further nine the same room.
public struct ReportPercentileChart: Sendable, Equatable {
    /// One value of a distribution.
    public struct Point: Sendable, Equatable {
        /// Which share of all is at most the value, in percent: at least 0, less than 100.
        public var percentile: Double
        /// The value, in the unit of the axis.
        public var value: Double

        /// One value of a distribution.
        public init(percentile: Double, value: Double) {
            self.percentile = percentile
            self.value = value
        }
    }

    /// One distribution.
    public struct Series: Sendable, Equatable {
        /// What it is.
        public var name: String
        /// Its points, by percentile.
        public var points: [Point]

        /// One distribution.
        public init(_ name: String, _ points: [Point]) {
            self.name = name
            self.points = points
        }
    }

    /// An objective: a value that a percentile should not exceed.
    public struct Objective: Sendable, Equatable {
        /// What it is.
        public var name: String
        /// Where it applies and what it is.
        public var point: Point

        /// An objective.
        public init(_ name: String, _ point: Point) {
            self.name = name
            self.point = point
        }
    }

    /// What is measured, upwards.
    public var axis: ReportAxis
    /// The distributions.
    public var series: [Series]
    /// What is wanted of them.
    public var objectives: [Objective]

    /// Puts a chart of percentiles together.
    public init(axis: ReportAxis, series: [Series], objectives: [Objective] = []) {
        self.axis = axis
        self.series = series
        self.objectives = objectives
    }
}
