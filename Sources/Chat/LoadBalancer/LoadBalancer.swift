/// A software load balancer: it tells a device which chat server is responsible for its user. It keeps no state, so that a
/// restarted one answers as before.
public struct LoadBalancer: Sendable {
    private let placement: Placement

    /// A load balancer in front of the chat servers of a placement.
    public init(placement: Placement) {
        self.placement = placement
    }

    /// Handles one message.
    public mutating func receive(_ message: WireMessage, from source: Address, outbox: inout Outbox) {
        guard case .resolve(let device) = message else {
            preconditionFailure("a load balancer is asked to resolve and nothing else, not \(message)")
        }
        outbox.send(.assigned(device, chatServer: placement.chatServer(of: device.user)), to: source)
    }
}
