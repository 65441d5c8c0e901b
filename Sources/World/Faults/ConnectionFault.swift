/// Connections between devices and chat servers break, and one end of them notices.
public struct ConnectionFault: Hashable, Sendable {
    /// Whose ends break: devices or chat servers.
    public let struck: [Endpoint]
    /// Who is at the other ends.
    public let peers: [Endpoint]
    /// When, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// Whether the other ends are told. Otherwise they believe that the connections live.
    public let tells: Bool

    /// Describes a fault.
    public init(struck: [Endpoint], peers: [Endpoint], timeNanoseconds: UInt64, tells: Bool) {
        self.struck = struck
        self.peers = peers
        self.timeNanoseconds = timeNanoseconds
        self.tells = tells
    }
}
