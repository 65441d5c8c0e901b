/// What a chat server did about the users that it has and the connections that it holds. It survives crashes, since it is for those who look
/// at a run and not for the server.
struct BalancingFigures: Sendable {
    /// The most connections that the server held at a time.
    var connectionsPeak: UInt64 = 0
    /// Requests to connect that it refused because it was full.
    var refusals: UInt64 = 0

    func report(connections: UInt64, into metrics: inout Metrics) {
        metrics.record(Self.connectionsGreatest, connections)
        metrics.record(Self.connectionsLeast, connections)
        metrics.record(Self.connectionsPeakDefinition, connectionsPeak)
        metrics.record(Self.refusalsDefinition, refusals)
    }

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
