internal import Chat
internal import Scenario
internal import Simulation
internal import World

extension Assembly {
    static func crash(_ fault: FaultModel) -> Crash? {
        guard case .crash(let server, let start, let end) = fault else { return nil }
        return Crash(server: name(server), timeNanoseconds: start, restartNanoseconds: end)
    }

    static func hostFault(_ fault: FaultModel) -> HostFault? {
        switch fault {
        case .host(let server, .pause, let start, let end):
            HostFault(server: name(server), timeNanoseconds: start, kind: .pause(untilNanoseconds: end))
        case .host(let server, .slow(let thousandths), let start, let end):
            HostFault(
                server: name(server), timeNanoseconds: start,
                kind: .slow(untilNanoseconds: end, costThousandths: thousandths))
        case .clockSet(let server, let forward, let start):
            HostFault(server: name(server), timeNanoseconds: start, kind: .clockSet(forwardNanoseconds: forward))
        case .crash, .link: nil
        }
    }

    static func linkFaults(_ fault: FaultModel) -> [LinkFault] {
        guard case .link(let sources, let targets, let bothWays, let trouble, let start, let end) = fault else {
            return []
        }
        func oneWay(_ sources: [EndpointModel], _ targets: [EndpointModel]) -> LinkFault {
            LinkFault(
                sources: sources.map(endpoint), targets: targets.map(endpoint), startNanoseconds: start,
                endNanoseconds: end, effect: effect(trouble))
        }
        return bothWays ? [oneWay(sources, targets), oneWay(targets, sources)] : [oneWay(sources, targets)]
    }

    private static func effect(_ trouble: FaultModel.LinkTrouble) -> LinkFault.Effect {
        switch trouble {
        case .loss(let parts): .loss(Probability(partsPerBillion: parts))
        case .delay(let law): .delay(distribution(law))
        case .clog: .hold
        }
    }

    private static func name(_ server: ServerModel) -> ServerName {
        switch server {
        case .loadBalancer(let number): .loadBalancer(number)
        case .chatServer(let number): .chatServer(number)
        case .storage(let number): .storageServer(number)
        case .coordinator: .coordinator
        case .dataNode(let number): .dataNode(number)
        case .cache(let number): .cacheServer(number)
        case .objectStore(let number): .objectStore(number)
        }
    }

    private static func endpoint(_ model: EndpointModel) -> Endpoint {
        switch model {
        case .server(let server): .server(name(server))
        case .loadBalancers: .loadBalancers
        case .chatServers: .chatServers
        case .storageServers: .storageServers
        case .cacheServers: .cacheServers
        case .objectStores: .objectStores
        case .user(let user): .user(UserID(UInt32(user)))
        case .device(let user, let device): .device(DeviceID(user: UserID(UInt32(user)), index: UInt8(device)))
        case .population(let population): .population(population)
        }
    }
}
