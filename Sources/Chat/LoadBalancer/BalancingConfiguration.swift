/// How users are mapped to chat servers, and what happens when a chat server is lost or full.
public struct BalancingConfiguration: Hashable, Sendable {
    /// The mapping at the start.
    public let mapping: ServerMapping
    /// Whether a chat server refuses connections beyond its limit.
    public let isAdmissionControlled: Bool

    /// Makes a configuration.
    public init(mapping: ServerMapping, isAdmissionControlled: Bool = true) {
        self.mapping = mapping
        self.isAdmissionControlled = isAdmissionControlled
    }

    /// The plainest choice: all chat servers, by modulo.
    public init(_ placement: Placement) {
        self.init(mapping: ServerMapping(.modulo, serverCount: placement.chatServerCount))
    }
}
