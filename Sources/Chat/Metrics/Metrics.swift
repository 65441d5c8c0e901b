/// Figures of what components did. Each component adds its own; figures of the same name become one.
///
/// A component reports all figures that its configuration can produce, also those that are zero, so that the names are the same at
/// the start of a run and at its end.
public struct Metrics: Sendable {
    /// A figure.
    public struct Entry: Hashable, Sendable {
        /// What it is.
        public let definition: MetricDefinition
        /// How much.
        public internal(set) var value: UInt64
    }

    /// The figures, in the order in which they were first reported.
    public private(set) var entries: [Entry] = []
    private var places: [String: Int] = [:]

    /// No figures.
    public init() {}

    /// Reports a figure of one component.
    public mutating func record(_ definition: MetricDefinition, _ value: UInt64) {
        guard let place = places[definition.name] else {
            places[definition.name] = entries.count
            entries.append(Entry(definition: definition, value: value))
            return
        }
        switch definition.combination {
        case .sum: entries[place].value += value
        case .greatest: entries[place].value = max(entries[place].value, value)
        case .least: entries[place].value = min(entries[place].value, value)
        }
    }

    /// Takes over the figures of others.
    public mutating func merge(_ others: Metrics) {
        for entry in others.entries { record(entry.definition, entry.value) }
    }

    /// A figure by name; nothing if no component reports it.
    public subscript(_ name: String) -> UInt64? { places[name].map { entries[$0].value } }
}
