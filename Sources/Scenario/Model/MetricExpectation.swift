public import Language
internal import Yams

/// What the author of a scenario expects of a figure that the components report.
public struct MetricExpectation: Hashable, Sendable {
    /// The name of the figure, such as `traffic.chat.last_mile.messages`.
    public let name: String
    /// Where the name stands.
    public let position: SourcePosition
    /// The least that is expected.
    public let atLeast: UInt64
    /// The most that is expected.
    public let atMost: UInt64

    /// The limits, as people write them.
    public var text: String {
        if atLeast == atMost { return "\(atLeast)" }
        if atMost == .max { return "at least \(atLeast)" }
        return atLeast == 0 ? "at most \(atMost)" : "\(atLeast) to \(atMost)"
    }
}

extension ValueKind where Value == ClosedRange<UInt64> {
    /// A number, or `{ at_least: … }`, `{ at_most: … }` or both.
    static var limits: ValueKind {
        let number = ValueKind<UInt64>.integer(0...UInt64(Int64.max))
        let section = ValueKind.section { reader in
            let least = reader.optional("at_least", number, "The least that is expected.")
            let most = reader.optional("at_most", number, "The most that is expected.")
            if let least, let most, least > most { reader.report("at_most", "`at_most` is less than `at_least`") }
            return (least ?? 0)...max(least ?? 0, most ?? .max)
        }
        return ValueKind(
            read: { node, diagnostics in
                if case .mapping = node { return section.read(node, diagnostics) }
                return number.read(node, diagnostics).map { $0...$0 }
            },
            schema: { .object([("oneOf", .array([number.schema(), section.schema()]))]) },
            fallback: { 0...UInt64.max })
    }
}
