/// A figure that components report at the end of a run, beside what the checks judge: what it is called, what it counts, and how the
/// figures of several components become one.
public struct MetricDefinition: Hashable, Sendable {
    /// How the figures of several components become one.
    public enum Combination: Hashable, Sendable {
        /// They are added.
        case sum
        /// The greatest counts.
        case greatest
        /// The least counts.
        case least
        /// The mean over all of them, rounded down.
        case mean
    }

    /// The area and the figure, such as `storage.flushes`: part of the interface.
    public let name: String
    /// What it is counted in, such as `messages` or `bytes`.
    public let unit: String
    /// What it says, in one sentence.
    public let meaning: String
    /// How the figures of several components become one.
    public let combination: Combination

    /// Defines a figure.
    public init(_ name: String, unit: String, combination: Combination = .sum, _ meaning: String) {
        self.name = name
        self.unit = unit
        self.meaning = meaning
        self.combination = combination
    }
}
