/// A software load balancer: it tells a device which chat server is responsible for its user. It keeps no state, so that a
/// restarted one answers as before.
public struct LoadBalancer: Sendable {
    private let balancing: BalancingConfiguration
    private var resolvedCount: UInt64 = 0

    /// A load balancer in front of the chat servers of a mapping.
    public init(balancing: BalancingConfiguration) {
        self.balancing = balancing
    }

    /// Handles one message.
    public mutating func receive(_ message: WireMessage, from source: Address, outbox: inout Outbox) {
        guard case .resolve(let device) = message else {
            preconditionFailure("a load balancer is asked to resolve and nothing else, not \(message)")
        }
        resolvedCount += 1
        let server = balancing.mapping.server(of: UInt64(device.user.rawValue))
        outbox.send(.assigned(device, chatServer: server), to: source)
    }

    /// Reports what the load balancer did.
    public func report(into metrics: inout Metrics) {
        metrics.record(
            MetricDefinition(
                "balancing.resolves", unit: "requests", "Devices that asked a load balancer for their chat server."),
            resolvedCount)
    }
}
