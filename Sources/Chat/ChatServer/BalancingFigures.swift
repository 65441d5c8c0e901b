/// What a chat server did about the users that it has and the connections that it holds. It survives crashes, since it is for those who look
/// at a run and not for the server.
struct BalancingFigures: Sendable {
    /// The most connections that the server held at a time.
    var connectionsPeak: UInt64 = 0
    /// Requests to connect that it refused because it was full.
    var refusals: UInt64 = 0

    /// Devices that it sent to the server that has their user.
    var redirects: UInt64 = 0
    /// Mailboxes that it became the owner of and another server owned before.
    var movedUsers: UInt64 = 0
    /// Mailboxes that it claimed from a server that was no member.
    var takeovers: UInt64 = 0
    /// Mailboxes that it gave up in good order.
    var releases: UInt64 = 0
    /// Rows that the storage refused because another server had taken over.
    var fencedWrites: UInt64 = 0
    /// Rows that it accepted and that another server must find a place for.
    var handedOver: UInt64 = 0
    /// Devices that had rows whose places are other messages' by now.
    var rewinds: UInt64 = 0

    func report(connections: UInt64, movesUsers: Bool, into metrics: inout Metrics) {
        metrics.record(Self.connectionsGreatest, connections)
        metrics.record(Self.connectionsLeast, connections)
        metrics.record(Self.connectionsPeakDefinition, connectionsPeak)
        metrics.record(Self.refusalsDefinition, refusals)
        guard movesUsers else { return }
        for (definition, value) in zip(
            Self.ofMoves, [redirects, movedUsers, takeovers, releases, fencedWrites, handedOver, rewinds])
        {
            metrics.record(definition, value)
        }
    }

    private static let ofMoves = [
        MetricDefinition(
            "balancing.redirects", unit: "devices", "Devices that a chat server sent to the one that has their user."),
        MetricDefinition(
            "balancing.moved_users", unit: "users", "How often a user's mailbox went from one chat server to another."),
        MetricDefinition(
            "balancing.takeovers", unit: "users", "Mailboxes that were claimed from a chat server that was down."),
        MetricDefinition("balancing.releases", unit: "users", "Mailboxes that chat servers gave up in good order."),
        MetricDefinition(
            "balancing.fenced_writes", unit: "rows",
            "Rows that the storage refused: another chat server had taken over."
        ),
        MetricDefinition(
            "balancing.handed_over", unit: "rows",
            "Rows that a chat server had accepted and that the new owner of their mailbox had to place."),
        MetricDefinition(
            "balancing.rewinds", unit: "devices",
            "Devices that had rows of a lost chat server whose places went to other messages."),
    ]
    private static let connectionsGreatest = MetricDefinition(
        "balancing.connections_greatest", unit: "connections", combination: .greatest,
        "Connections in the end of the chat server that has the most.")
    private static let connectionsLeast = MetricDefinition(
        "balancing.connections_least", unit: "connections", combination: .least,
        "Connections in the end of the chat server that has the fewest.")
    private static let connectionsPeakDefinition = MetricDefinition(
        "balancing.connections_peak", unit: "connections", combination: .greatest,
        "The most connections that a chat server held at any time.")
    private static let refusalsDefinition = MetricDefinition(
        "balancing.refusals", unit: "requests", "Requests to connect that a full chat server refused.")
}
