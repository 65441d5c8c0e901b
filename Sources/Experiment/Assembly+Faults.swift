internal import Chat
internal import Scenario
internal import Simulation
internal import World

extension Assembly {
    static func crash(_ fault: FaultModel) -> Crash? {
        guard case .crash(let server, let start, let end, let disk, _) = fault else { return nil }
        let loss: Crash.DiskLoss =
            switch disk {
            case .nothing: .nothing
            case .tornWrite: .tornWrite
            case .lostWrites: .cachedWrites
            }
        return Crash(server: name(server), timeNanoseconds: start, restartNanoseconds: end, disk: loss)
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
        case .host(let server, .slowDisk(let thousandths), let start, let end):
            HostFault(
                server: name(server), timeNanoseconds: start,
                kind: .slowDisk(untilNanoseconds: end, timeThousandths: thousandths))
        case .host(let server, .fullDisk, let start, let end):
            HostFault(server: name(server), timeNanoseconds: start, kind: .fullDisk(untilNanoseconds: end))
        case .corruption(let server, let count, let start):
            HostFault(server: name(server), timeNanoseconds: start, kind: .corruption(blockCount: count))
        case .crash(let server, let start, _, .lostWrites(let last), _):
            HostFault(
                server: name(server), timeNanoseconds: start < last ? 0 : start - last, kind: .cachedWrites)
        case .crash, .link, .halfOpen, .reconnectStorm: nil
        }
    }

    static func connectionFault(_ fault: FaultModel) -> ConnectionFault? {
        switch fault {
        case .halfOpen(let sources, let targets, let start, _):
            ConnectionFault(
                struck: sources.map(endpoint), peers: targets.map(endpoint), timeNanoseconds: start, tells: false)
        case .reconnectStorm(let server, let start):
            ConnectionFault(
                struck: [.server(name(server))], peers: [.everyone], timeNanoseconds: start, tells: true)
        case .crash, .host, .clockSet, .corruption, .link: nil
        }
    }

    /// The connections that devices lose with chat servers that crash, and notice after a while: those of one time and law together.
    static func connectionLosses(_ faults: [FaultModel], chatServerCount: UInt32) -> [ConnectionLoss] {
        struct Occasion: Hashable {
            let startNanoseconds: UInt64
            let noticed: DistributionModel
        }
        var occasions: [Occasion] = []
        var servers: [Occasion: ServerSet] = [:]
        for case .crash(.chatServer(let number), let start, _, _, let noticed?) in faults {
            let occasion = Occasion(startNanoseconds: start, noticed: noticed)
            if servers[occasion] == nil { occasions.append(occasion) }
            servers[occasion, default: ServerSet(noneOf: chatServerCount)].insert(number)
        }
        return occasions.compactMap { occasion in
            servers[occasion].map {
                ConnectionLoss(
                    servers: $0, timeNanoseconds: occasion.startNanoseconds,
                    noticeNanoseconds: distribution(occasion.noticed))
            }
        }
    }

    static func linkFaults(_ fault: FaultModel) -> [LinkFault] {
        let cut = FaultModel.LinkTrouble.loss(partsPerBillion: 1_000_000_000)
        let (sources, targets, bothWays, trouble, start, end):
            ([EndpointModel], [EndpointModel], Bool, FaultModel.LinkTrouble, UInt64, UInt64)
        switch fault {
        case .link(let some, let others, let both, let what, let first, let last):
            (sources, targets, bothWays, trouble, start, end) = (some, others, both, what, first, last)
        case .halfOpen(let some, let others, let first, let last):
            (sources, targets, bothWays, trouble, start, end) = (some, others, true, cut, first, last)
        case .crash, .host, .clockSet, .corruption, .reconnectStorm: return []
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
        case .duplicate(let parts, let later):
            .duplicate(Probability(partsPerBillion: parts), laterNanoseconds: distribution(later))
        case .reorder(let parts, let later):
            .detour(Probability(partsPerBillion: parts), laterNanoseconds: distribution(later))
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
