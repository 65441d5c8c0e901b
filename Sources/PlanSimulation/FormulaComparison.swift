public import Statistics

/// A figure by its formula and by simulation.
public struct FormulaComparison: Hashable, Sendable {
    /// What the simulation says.
    public enum Simulated: Hashable, Sendable {
        /// The interval of the mean over replications.
        case mean(ConfidenceInterval)
        /// What was observed once, and where the formula says that it will be found, but for the level of confidence.
        case observation(Double, expected: ClosedRange<Double>)
    }

    /// What it is.
    public let name: String
    /// The formula in words.
    public let formula: String
    /// What it is counted in.
    public let unit: String
    /// What the formula says.
    public let predicted: Double
    /// What the simulation says.
    public let simulated: Simulated
    /// Whether the formula is known to be an approximation, so that it may well lie outside of the interval.
    public let isApproximation: Bool

    /// Puts a comparison together.
    public init(
        name: String, formula: String, unit: String, predicted: Double, simulated: Simulated,
        isApproximation: Bool = false
    ) {
        self.name = name
        self.formula = formula
        self.unit = unit
        self.predicted = predicted
        self.simulated = simulated
        self.isApproximation = isApproximation
    }

    /// The simulated value: the mean over replications, or what was observed.
    public var value: Double {
        switch simulated {
        case .mean(let interval): interval.mean
        case .observation(let value, _): value
        }
    }

    /// By which part of the formula's value the simulated value is off.
    public var relativeDifference: Double { (value - predicted) / predicted }

    /// Whether both agree: the formula's value lies in the interval, or what was observed where the formula expects it.
    public var agrees: Bool {
        switch simulated {
        case .mean(let interval): interval.contains(predicted)
        case .observation(let value, let expected): expected.contains(value)
        }
    }
}
