internal import Capacity
internal import Foundation
internal import Plan

/// What chat servers do in a second at the peak.
public struct ChatServerLoad: Hashable, Sendable {
    /// CPU time in a second: cores that are busy.
    public let busyCores: Figure
    /// The part of it that messages take.
    public let messageCores: Figure
    /// Memory of all connections.
    public let memoryBytes: Figure
    /// Bytes on all wires.
    public let bytesPerSecond: Figure

    init(_ plan: Plan, demand: DemandSizing, presence: PresenceSizing) {
        let costs = plan.costs
        messageCores = Figure(
            "cores busy with messages", "cores",
            demand.peakSends * costs.cpuPerSend + demand.peakDeliveries * costs.cpuPerDelivery)
        let presenceCores = presence.chosen.messages * costs.cpuPerPresenceMessage
        let idleCores = demand.openConnections / Term.constant(1_000_000) * costs.coresPerMillionConnections
        var cores = messageCores + Figure("cores busy with presence", "cores", presenceCores)
        cores = cores + Figure("cores busy with connections that come and go", "cores", idleCores)
        var bytes =
            demand.peakDeliveries * costs.wireBytesPerDelivery
            + presence.chosen.messages * costs.wireBytesPerPresenceMessage
        if plan.policies.transport.kind.value != .websocket {
            cores = cores + Figure("cores busy with requests", "cores", demand.peakRequests * costs.cpuPerRequest)
            bytes = bytes + demand.peakRequests * Term.constant(2) * costs.wireBytesPerRequest
        }
        busyCores = Figure("cores busy at the peak", "cores", cores)
        memoryBytes = Figure("memory of all connections", "B", demand.openConnections * costs.memoryPerConnection)
        bytesPerSecond = Figure("bytes on the wires of chat servers, peak", "B/s", bytes)
    }
}

extension TierSizing {
    /// The chat servers: by the averages, as the classic design reckons, then with what the averages leave out.
    static func chatServers(_ plan: Plan, demand: DemandSizing, load: ChatServerLoad) -> TierSizing {
        let policy = plan.policies.chatServers
        let server = plan.hardware.chatServer
        let limits = plan.objectives.utilisation
        let averages = Figure(
            "by the averages: connections / connections of a server", "servers",
            (demand.openConnections / policy.connectionsEach).roundedUp)
        let placed = Figure(
            "with the fullest server in mind", "servers", placedServers(plan, demand: demand, headroom: false))
        let roomy = Figure(
            "with headroom", "servers", placedServers(plan, demand: demand, headroom: true))
        let demands: [ResourceDemand] = [
            .cpu(load.busyCores, of: server, within: limits), .memory(load.memoryBytes, of: server, within: limits),
            .network(load.bytesPerSecond, of: server, within: limits),
        ]
        let others = demands.map(\.need)
        let normal = Figure(
            "with the resource that asks for the most", "servers", Term.largest([roomy] + others.map(\.servers)))
        let full = Figure(
            "servers that hold everybody without headroom", "servers",
            Term.largest([placed] + others.map(\.servers)))
        let spreading = Spreading(
            zones: policy.zones, survivesZoneLoss: policy.survivesZoneLoss.value, spare: policy.spare,
            restartShare: policy.restartShare)
        let steps =
            [averages, placed, roomy, normal] + spreading.steps(normal: normal, full: full, tier: "chat servers")
        let count = steps[steps.count - 1]
        return TierSizing(
            name: "chat servers", steps: steps, needs: [ResourceNeed(resource: .connections, servers: roomy)] + others,
            uses: [
                ResourceUse(
                    resource: .connections,
                    share: Figure(
                        "connections of the fullest server", "ratio",
                        fullest(plan, demand: demand, servers: count) / policy.connectionsEach))
            ] + demands.map { $0.use(of: count) })
    }

    /// The fewest servers of which none gets more connections than it may hold, with the probability that the plan asks for.
    private static func placedServers(_ plan: Plan, demand: DemandSizing, headroom: Bool) -> Term {
        let policy = plan.policies.chatServers
        var capacity = policy.connectionsEach.term
        if headroom { capacity = capacity * (Term.constant(1) - plan.objectives.headroom) }
        let room = Figure(
            headroom ? "connections of a server with headroom" : "connections of a server", "connections", capacity)
        if let overload = policy.overloadProbability {
            // A user is hashed with all of his devices.
            let users = max(1, demand.openConnections.value / plan.demand.devicesPerUser.value)
            let each = max(1, room.value / plan.demand.devicesPerUser.value)
            let servers = MaximumLoad.serversNeeded(
                users: Int(users.rounded(.up)), capacity: Int(each.rounded(.down)),
                probabilityLimit: overload.value)
            return .model(
                "fewest servers by hash", "tails of the binomial law; the problem: Raab and Steger (1998)",
                of: [demand.openConnections, plan.demand.devicesPerUser, room, overload],
                Double(servers))
        }
        // The fullest is above the mean by ln ln n / ln 2 and a constant, which is a handful for any number of servers.
        let excess = leastOfTwoExcess(servers: demand.openConnections.value / room.value)
        return Term.model(
            "fewest servers by the emptier of two", "Azar, Broder, Karlin and Upfal (1994)",
            of: [demand.openConnections, room],
            (demand.openConnections.value / max(1, room.value - excess)).rounded(.up))
    }

    /// How many connections the fullest server is expected to have.
    private static func fullest(_ plan: Plan, demand: DemandSizing, servers: Figure) -> Term {
        let devices = plan.demand.devicesPerUser
        let users = max(1, (demand.openConnections.value / devices.value).rounded(.up))
        switch plan.policies.chatServers.placement.value {
        case .hash:
            let expected = MaximumLoad(users: Int(users), servers: Int(servers.value)).expected * devices.value
            return .model(
                "expected maximum by hash", "tails of the binomial law; the problem: Raab and Steger (1998)",
                of: [demand.openConnections, devices, servers], expected)
        case .leastOfTwo:
            return .model(
                "expected maximum by the emptier of two", "Azar, Broder, Karlin and Upfal (1994)",
                of: [demand.openConnections, servers],
                demand.openConnections.value / servers.value + leastOfTwoExcess(servers: servers.value))
        }
    }

    private static func leastOfTwoExcess(servers: Double) -> Double {
        servers > 2 ? max(0, log(log(servers)) / log(2)) + 1 : 1
    }
}
