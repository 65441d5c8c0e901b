internal import Plan

/// What happens when a zone is lost and all of its clients come back at once.
public struct ReconnectSizing: Hashable, Sendable {
    /// How many connections are lost; all of them if there is one zone.
    public let lost: Figure
    /// How many connections in a second have to be taken up to keep the objective.
    public let requiredRate: Figure
    /// How many connections in a second can be taken up.
    public let rate: Figure
    /// How long it takes until all are back, in seconds.
    public let seconds: Figure
    /// How full the servers that are left would be if there were as many as the averages say.
    public let fillByAverages: Figure
    /// How full the servers are that are left.
    public let fill: Figure
    /// How long one server takes to take up all the connections that it may hold, in seconds.
    public let secondsOfOneServer: Figure
    /// How long clients are away when the share of the servers is restarted that a release restarts at once, in seconds.
    public let secondsOfRestart: Figure
}

extension ReconnectSizing {
    /// How many connections are lost with a zone.
    static func lost(_ plan: Plan, demand: DemandSizing) -> Figure {
        Figure("connections lost with a zone", "connections", demand.openConnections / plan.policies.chatServers.zones)
    }

    /// How many connections in a second have to be taken up to keep the objective.
    static func requiredRate(_ plan: Plan, lost: Figure) -> Figure {
        Figure(
            "connections in a second to keep the objective", "connections/s", lost / plan.objectives.reconnectSeconds)
    }

    init(
        _ plan: Plan, demand: DemandSizing, load: ChatServerLoad, chatServers: TierSizing, loadBalancers: TierSizing
    ) {
        let policy = plan.policies.chatServers
        let costs = plan.costs
        let one = Term.constant(1)
        lost = Self.lost(plan, demand: demand)
        requiredRate = Self.requiredRate(plan, lost: lost)
        let isWhole = policy.zones.value > 1
        let left = isWhole ? (policy.zones - one) / policy.zones : one
        let survivors = Figure("chat servers that are left", "servers", chatServers.servers * left)
        let busy = isWhole ? load.busyCores.term : Term.constant(0)
        let spareCores = Figure(
            "cores with nothing else to do", "cores",
            Term.largest([survivors * plan.hardware.chatServer.cores - busy, one]))
        let balancers = Figure("load balancers that are left", "servers", loadBalancers.servers * left)
        var rates: [any FigureOperand] = [
            Figure(
                "connections in a second that chat servers take up", "connections/s", spareCores / costs.cpuPerConnect),
            Figure(
                "connections in a second that load balancers look up", "connections/s",
                balancers * plan.hardware.loadBalancer.cores / costs.cpuPerLookup),
        ]
        if let admission = policy.admissionPerSecond { rates.append(admission) }
        rate = Figure("connections in a second that are taken up", "connections/s", Term.smallest(rates))
        seconds = Figure(
            "time until all clients are back", "s", plan.hardware.failures.detectionSeconds + lost / rate)
        let averages = chatServers.steps[0]
        fillByAverages = Figure(
            "fill of the servers that are left, by the averages", "ratio",
            demand.openConnections / (averages * left) / policy.connectionsEach)
        fill = Figure(
            "fill of the servers that are left", "ratio",
            demand.openConnections / survivors / policy.connectionsEach)
        secondsOfOneServer = Figure(
            "time for one server to take up its connections", "s",
            policy.connectionsEach * costs.cpuPerConnect / plan.hardware.chatServer.cores)
        secondsOfRestart = Figure(
            "time away when servers are restarted", "s",
            demand.openConnections * policy.restartShare / rate + costs.mobileRoundTripSeconds)
    }
}
