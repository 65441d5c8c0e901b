/// Figures of what components did. Each component adds its own; figures of the same name become one.
///
/// A component reports all figures that its configuration can produce, also those that are zero, so that the names are the same at
/// the start of a run and at its end.
public struct Metrics: Sendable {
    /// A figure.
    public struct Entry: Hashable, Sendable {
        /// What it is.
        public let definition: MetricDefinition
        /// How much; a mean is rounded down, and zero if it is of nothing.
        public var value: UInt64 {
            guard definition.combination == .mean else { return amount }
            return count == 0 ? 0 : amount / count
        }
        /// What the components reported; of a mean, the sum.
        fileprivate var amount: UInt64
        /// Of how many a mean is.
        fileprivate var count: UInt64
    }

    /// The figures, in the order in which they were first reported.
    public private(set) var entries: [Entry] = []
    private var places: [String: Int] = [:]

    /// No figures.
    public init() {}

    /// Reports a figure of one component; of a mean, the sum and of how many it is.
    public mutating func record(_ definition: MetricDefinition, _ amount: UInt64, of count: UInt64 = 1) {
        guard let place = places[definition.name] else {
            places[definition.name] = entries.count
            entries.append(Entry(definition: definition, amount: amount, count: count))
            return
        }
        switch definition.combination {
        case .sum: entries[place].amount += amount
        case .greatest: entries[place].amount = max(entries[place].amount, amount)
        case .least: entries[place].amount = min(entries[place].amount, amount)
        case .mean:
            entries[place].amount += amount
            entries[place].count += count
        }
    }

    /// Takes over the figures of others.
    public mutating func merge(_ others: Metrics) {
        for entry in others.entries { record(entry.definition, entry.amount, of: entry.count) }
    }

    /// A figure by name; nothing if no component reports it.
    public subscript(_ name: String) -> UInt64? { places[name].map { entries[$0].value } }
}
