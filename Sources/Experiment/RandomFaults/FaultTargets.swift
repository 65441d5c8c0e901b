internal import Scenario
internal import Simulation

/// What random faults may strike in a system: its servers, tier by tier, and the pairs of sides that speak to each other.
struct FaultTargets {
    /// Two kinds of processes that speak to each other.
    struct Pair {
        let source, target: EndpointModel.Kind
    }

    private let system: SystemModel
    private let servers: [ServerModel]
    private let deviceSides: [EndpointModel]
    /// All pairs.
    let pairs: [Pair]

    init(_ scenario: Scenario) {
        let system = scenario.system
        self.system = system
        servers = system.servers
        deviceSides =
            scenario.users.indices.map(EndpointModel.user) + scenario.populations.indices.map(EndpointModel.population)
        var pairs = [
            Pair(source: .device, target: .loadBalancer), Pair(source: .device, target: .chatServer),
            Pair(source: .chatServer, target: system.cache == nil ? .storage : .cache),
        ]
        if system.chatServers.count > 1 { pairs.append(Pair(source: .chatServer, target: .chatServer)) }
        if system.cache != nil { pairs.append(Pair(source: .cache, target: .storage)) }
        if system.balancing.healthChecks != nil { pairs.append(Pair(source: .loadBalancer, target: .chatServer)) }
        if system.replication != nil { pairs.append(Pair(source: .storage, target: .storage)) }
        if system.hasCoordinator {
            pairs += [
                Pair(source: .storage, target: .coordinator), Pair(source: .chatServer, target: .coordinator),
            ]
        }
        if system.reedSolomon != nil { pairs.append(Pair(source: .storage, target: .dataNode)) }
        if system.media != nil { pairs.append(Pair(source: .device, target: .objectStore)) }
        self.pairs = pairs
    }

    /// The pairs of which the first sends the second what stands for itself.
    var requestPairs: [Pair] { pairs.filter { system.sendsRequests($0.source, to: $0.target) } }

    /// The servers of each tier of some kinds.
    func tiers(where isWanted: (EndpointModel.Kind) -> Bool) -> [[ServerModel]] {
        let kinds: [EndpointModel.Kind] = [
            .loadBalancer, .chatServer, .storage, .coordinator, .dataNode, .cache, .objectStore,
        ]
        return kinds.filter(isWanted).compactMap { kind in
            let tier = servers.filter { $0.kind == kind }
            return tier.isEmpty ? nil : tier
        }
    }

    /// The two sides of a link: of the same tier they are different servers, or one and all.
    func sides(
        of pair: Pair, drawing stream: inout RandomStream
    ) -> (sources: [EndpointModel], targets: [EndpointModel]) {
        guard pair.source == pair.target else {
            return (side(of: pair.source, drawing: &stream), side(of: pair.target, drawing: &stream))
        }
        let tier = servers.filter { $0.kind == pair.source }
        let one = Int(stream.below(UInt64(tier.count)))
        guard stream.below(4) > 0 else { return ([.server(tier[one])], [whole(pair.source)]) }
        let other = (one + 1 + Int(stream.below(UInt64(tier.count - 1)))) % tier.count
        return ([.server(tier[one])], [.server(tier[other])])
    }

    /// One side: a user, a population or a server, and now and then a whole tier.
    func side(of kind: EndpointModel.Kind, drawing stream: inout RandomStream) -> [EndpointModel] {
        guard kind != .device else { return [deviceSides[Int(stream.below(UInt64(deviceSides.count)))]] }
        let tier = servers.filter { $0.kind == kind }
        let server = tier[Int(stream.below(UInt64(tier.count)))]
        return [stream.below(4) == 0 && tier.count > 1 && kind != .dataNode ? whole(kind) : .server(server)]
    }

    /// Nothing passes between some servers and everyone else.
    func networkLoss(of lost: [ServerModel], _ start: UInt64, _ end: UInt64) -> FaultModel {
        .link(
            sources: lost.map(EndpointModel.server),
            targets: servers.filter { !lost.contains($0) }.map(EndpointModel.server) + deviceSides, bothWays: true,
            trouble: .loss(partsPerBillion: 1_000_000_000), startNanoseconds: start, endNanoseconds: end)
    }

    private func whole(_ kind: EndpointModel.Kind) -> EndpointModel {
        switch kind {
        case .loadBalancer: .loadBalancers
        case .chatServer: .chatServers
        case .storage: .storageServers
        case .cache: .cacheServers
        case .objectStore: .objectStores
        case .device, .coordinator, .dataNode: preconditionFailure("there is no name for all of these")
        }
    }
}
