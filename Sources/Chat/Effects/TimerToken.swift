/// What a component wrote on a timer that it asked for. Timers cannot be cancelled: a component that no longer wants one
/// recognises by the token that it is stale, and does nothing.
@frozen
public struct TimerToken: Hashable, Sendable {
    /// Which of the component's timers it is.
    public let kind: UInt16
    /// What the component needs in order to know whether it still wants it.
    public let value: UInt64

    /// Writes a token.
    @inlinable
    public init(kind: UInt16, value: UInt64) {
        self.kind = kind
        self.value = value
    }
}
