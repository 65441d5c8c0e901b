/// What is measured along a side of a chart.
public struct ReportAxis: Sendable, Equatable {
    /// How lengths go with values.
    public enum Scale: Sendable, Equatable {
        /// From zero, in equal steps.
        case linear
        /// In powers of ten; values of zero and less are not shown.
        case logarithmic
    }

    /// What is measured.
    public var title: String
    /// What it is counted in.
    public var unit: String
    /// How lengths go with values.
    public var scale: Scale

    /// What is measured, in what unit.
    public init(_ title: String, unit: String, scale: Scale = .linear) {
        self.title = title
        self.unit = unit
        self.scale = scale
    }
}

/// A value that others are held against: a capacity, an objective.
public struct ReportLimit: Sendable, Equatable {
    /// What it is.
    public var name: String
    /// Its value, in the unit of the axis.
    public var value: Double

    /// A value that others are held against.
    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}
