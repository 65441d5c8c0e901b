extension SystemModel {
    /// The tiers of servers that may fail: what their servers are called, and how many there are.
    var tiers: [(name: String, count: UInt64, server: @Sendable (UInt32) -> ServerModel)] {
        [
            ("load_balancer", loadBalancers.count, { .loadBalancer($0) }),
            ("chat_server", chatServers.count, { .chatServer($0) }), ("storage", storage.count, { .storage($0) }),
            ("coordinator", hasCoordinator ? 1 : 0, { _ in .coordinator }),
            ("data_node", reedSolomon?.dataNodeCount ?? 0, { .dataNode($0) }),
            ("cache", cache?.tier.count ?? 0, { .cache($0) }),
            ("object_store", media?.tier.count ?? 0, { .objectStore($0) }),
        ]
    }

    /// Every server, tier by tier.
    public var servers: [ServerModel] {
        tiers.flatMap { tier in (0..<UInt32(tier.count)).map(tier.server) }
    }

    /// The servers of a zone, by the zone's number from one: those of each tier are dealt to the zones in turn.
    public func servers(inZone zone: UInt64) -> [ServerModel] {
        tiers.flatMap { tier in
            (0..<UInt32(tier.count)).filter { UInt64($0) % zoneCount == zone - 1 }.map(tier.server)
        }
    }

    /// Whether chat servers keep a log of their own.
    public var chatServersLog: Bool { acknowledge == .afterLog || storePath.hasFailedLog }

    /// Whether processes of a kind send to those of another what stands for itself, so that a proxy may repeat it or send it another way.
    public func sendsRequests(_ source: EndpointModel.Kind, to target: EndpointModel.Kind) -> Bool {
        switch (source, target) {
        case (.device, .loadBalancer), (.chatServer, .cache), (.cache, .storage): true
        case (.device, .chatServer): connection.model != .websocket
        case (.chatServer, .chatServer): chatServers.count > 1
        case (.chatServer, .storage): cache == nil
        default: false
        }
    }
}

extension ServerModel {
    /// The name, as scenario files have it.
    public var name: String {
        switch self {
        case .loadBalancer(let number): "load_balancer.\(number + 1)"
        case .chatServer(let number): "chat_server.\(number + 1)"
        case .storage(let number): "storage.\(number + 1)"
        case .coordinator: "coordinator.1"
        case .dataNode(let number): "data_node.\(number + 1)"
        case .cache(let number): "cache.\(number + 1)"
        case .objectStore(let number): "object_store.\(number + 1)"
        }
    }

    /// What kind of process it is.
    public var kind: EndpointModel.Kind {
        switch self {
        case .loadBalancer: .loadBalancer
        case .chatServer: .chatServer
        case .storage: .storage
        case .coordinator: .coordinator
        case .dataNode: .dataNode
        case .cache: .cache
        case .objectStore: .objectStore
        }
    }
}

extension EndpointModel {
    /// What kind of process is at an end of a link.
    public enum Kind: Hashable, Sendable {
        case device, loadBalancer, chatServer, storage, coordinator, dataNode, cache, objectStore
    }

    /// What kind of process it is.
    public var kind: Kind {
        switch self {
        case .user, .device, .population: .device
        case .loadBalancers: .loadBalancer
        case .chatServers: .chatServer
        case .storageServers: .storage
        case .cacheServers: .cache
        case .objectStores: .objectStore
        case .server(let server): server.kind
        }
    }
}
