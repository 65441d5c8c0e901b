/// A probability as an exact ratio: parts per billion.
@frozen
public struct Probability: Hashable, Sendable {
    /// How often in a billion.
    public let partsPerBillion: UInt64

    /// It never happens.
    public static let never = Probability(partsPerBillion: 0)

    /// Makes a probability.
    ///
    /// - Precondition: `partsPerBillion` is at most one billion.
    @inlinable
    public init(partsPerBillion: UInt64) {
        precondition(partsPerBillion <= 1_000_000_000, "a probability is at most one")
        self.partsPerBillion = partsPerBillion
    }

    /// Draws whether it happens. What never or always happens takes no draw.
    @inlinable
    public func happens(drawing stream: inout RandomStream) -> Bool {
        switch partsPerBillion {
        case 0: false
        case 1_000_000_000: true
        default: stream.below(1_000_000_000) < partsPerBillion
        }
    }
}
