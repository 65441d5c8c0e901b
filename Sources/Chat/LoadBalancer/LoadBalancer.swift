/// A software load balancer: it tells a device which chat server is responsible for its user.
///
/// With health checks it watches the chat servers: each load balancer asks each chat server now and then whether it is alive and how many
/// connections it holds. The one with the lowest number of those that are alive decides which servers are members, and tells
/// all others; see `LoadBalancer+Health.swift`. Nothing of what a load balancer knows survives a crash.
public struct LoadBalancer: Sendable {
    /// Which of the load balancers it is, from zero.
    let number: UInt32
    let placement: Placement
    let balancing: BalancingConfiguration
    var figures = Figures()
    var volatile: Volatile

    /// What does not survive a crash: everything that it has found out.
    struct Volatile: Sendable {
        var version = MembershipVersion.initial
        var mapping: ServerMapping
        /// The newest version that anyone was heard to have.
        var newestVersion = MembershipVersion.initial
        /// What is known of each chat server; empty without health checks.
        var servers: [Server]
        /// When each load balancer with a lower number was last heard of, in nanoseconds.
        var lowerHeardNanoseconds: [UInt64]
    }

    /// What a load balancer knows of a chat server.
    struct Server: Sendable {
        var heardNanoseconds: UInt64
        /// The connections that it reported, and the devices that were sent there since.
        var load: UInt64 = 0
    }

    /// What a load balancer has done, for those who ask at the end of a run.
    struct Figures: Sendable {
        var resolves: UInt64 = 0
        var changes: UInt64 = 0
    }

    /// The timers that a load balancer asks for.
    enum TimerKind: UInt16 {
        case healthCheck = 1
    }

    /// A load balancer that takes all members of the mapping to be alive.
    ///
    /// - Parameters:
    ///   - number: Which of the load balancers of the placement it is.
    ///   - placement: Where the servers are.
    ///   - balancing: How users are mapped to chat servers.
    public init(number: UInt32, placement: Placement, balancing: BalancingConfiguration) {
        self.number = number
        self.placement = placement
        self.balancing = balancing
        volatile = Self.emptyVolatile(balancing, number: number, nowNanoseconds: 0)
    }

    /// Begins to watch the chat servers, if it is to.
    public mutating func start(nowNanoseconds: UInt64, outbox: inout Outbox) {
        volatile = Self.emptyVolatile(balancing, number: number, nowNanoseconds: nowNanoseconds)
        if balancing.healthChecks != nil { checkHealth(nowNanoseconds: nowNanoseconds, outbox: &outbox) }
    }

    /// Handles one message.
    ///
    /// - Parameter words: What the message carries beyond its own fields.
    public mutating func receive(
        _ message: WireMessage, words: UnsafeBufferPointer<UInt64> = UnsafeBufferPointer(start: nil, count: 0),
        from source: Address, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        switch message {
        case .resolve(let device):
            guard let server = choose(for: device, rank: 0) else { return }
            outbox.send(.assigned(device, chatServer: server), to: source)
        case .balancing(.resolveAnother(let device, let rank)):
            guard let server = choose(for: device, rank: rank) else { return }
            outbox.send(.balancing(.assignedAnother(device, chatServer: server, rank: rank)), to: source)
        case .balancing(.healthAnswer(let server, let version, let connections)):
            heard(
                from: server, version: version, connections: connections, nowNanoseconds: nowNanoseconds,
                outbox: &outbox)
        case .balancing(.membership(let version, let loadBalancer)):
            learn(version, words: words, from: loadBalancer, nowNanoseconds: nowNanoseconds)
        default: preconditionFailure("a load balancer is never sent \(message)")
        }
    }

    /// Handles a timer that the load balancer asked for.
    public mutating func fire(_ token: TimerToken, nowNanoseconds: UInt64, outbox: inout Outbox) {
        precondition(token.kind == TimerKind.healthCheck.rawValue, "a load balancer has no timer of kind \(token.kind)")
        checkHealth(nowNanoseconds: nowNanoseconds, outbox: &outbox)
    }

    /// Reports what the load balancer did.
    public func report(into metrics: inout Metrics) {
        metrics.record(Self.resolvesDefinition, figures.resolves)
        if balancing.movesUsers { metrics.record(Self.changesDefinition, figures.changes) }
    }

    /// The chat server for a device; nothing if none is left.
    private mutating func choose(for device: DeviceID, rank: UInt32) -> UInt32? {
        figures.resolves += 1
        let key = UInt64(device.user.rawValue)
        guard volatile.mapping.members.count > 0 else { return nil }
        guard !volatile.servers.isEmpty else { return volatile.mapping.server(of: key, rank: rank) }
        let server =
            rank == 0
            ? volatile.mapping.server(of: key) { volatile.servers[Int($0)].load }
            : volatile.mapping.server(of: key, rank: rank)
        volatile.servers[Int(server)].load += 1
        return server
    }

    static func emptyVolatile(
        _ balancing: BalancingConfiguration, number: UInt32, nowNanoseconds: UInt64
    ) -> Volatile {
        let watchedCount = balancing.healthChecks == nil ? 0 : Int(balancing.mapping.members.capacity)
        return Volatile(
            mapping: balancing.mapping,
            servers: Array(repeating: Server(heardNanoseconds: nowNanoseconds), count: watchedCount),
            lowerHeardNanoseconds: Array(repeating: nowNanoseconds, count: Int(number)))
    }

    private static let resolvesDefinition = MetricDefinition(
        "balancing.resolves", unit: "requests", "Devices that asked a load balancer for a chat server.")
    private static let changesDefinition = MetricDefinition(
        "balancing.membership_changes", unit: "changes", "How often load balancers declared other chat servers members."
    )
}
