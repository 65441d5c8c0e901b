internal import Language

/// How chat servers are filled and how many are spare.
public struct ChatServersPolicy: Hashable, Sendable {
    /// How many connections a server holds at most.
    public let connectionsEach: Sourced<Double>
    /// How users are put on servers.
    public let placement: Sourced<PlacementPolicy>
    /// The probability that any server gets more users by a hash than it can hold; nothing if users are not put on servers by a hash.
    public let overloadProbability: Sourced<Double>?
    /// How many servers may be lost at once, beside a zone: the k of N+k.
    public let spare: Sourced<Double>
    /// The share of the servers that are restarted at once when a release is rolled out.
    public let restartShare: Sourced<Double>
    /// Over how many zones the servers are spread.
    public let zones: Sourced<Double>
    /// Whether the servers that are left hold everybody after a zone is lost.
    public let survivesZoneLoss: Sourced<Bool>
    /// How many connections in a second the whole system lets in; nothing if as many as the servers can take up.
    public let admissionPerSecond: Sourced<Double>?
}

/// How users are put on servers.
public enum PlacementPolicy: String, Hashable, Sendable, CaseIterable {
    /// By a hash of their name.
    case hash
    /// On the emptier of two that are drawn.
    case leastOfTwo = "least_of_two"
}

/// What stands in front of the chat servers.
public struct LoadBalancersPolicy: Hashable, Sendable {
    /// Whether all traffic goes through them, or clients only ask them for their server.
    public let path: Sourced<BalancerPath>
    /// How many connections one holds at most, if all traffic goes through it.
    public let connectionsEach: Sourced<Double>?
    /// How many may be lost at once, beside a zone.
    public let spare: Sourced<Double>
}

/// What goes through load balancers.
public enum BalancerPath: String, Hashable, Sendable, CaseIterable {
    /// A client asks for its server, and connects to that.
    case lookup
    /// Everything.
    case proxy
}

/// How clients are connected.
public struct TransportPolicy: Hashable, Sendable {
    /// The kind of connection.
    public let kind: Sourced<TransportKind>
    /// How long a long poll is held, or how often a client polls, in seconds; nothing for websockets.
    public let periodSeconds: Sourced<Double>?
}

/// A kind of connection.
public enum TransportKind: String, Hashable, Sendable, CaseIterable {
    /// One connection, both ways.
    case websocket
    /// A request that is held until there is something to say.
    case longPoll = "long_poll"
    /// A request every so often.
    case poll
}

/// How users learn who is online.
public struct PresencePolicy: Hashable, Sendable {
    /// The scheme.
    public let scheme: Sourced<PresenceScheme>
    /// Over which time news for one receiver are put together, in seconds.
    public let batchSeconds: Sourced<Double>
    /// How long the news that a user is online waits whether he stays, in seconds.
    public let broadcastDelaySeconds: Sourced<Double>
    /// How many users a client shows at a time.
    public let visible: Sourced<Double>
    /// The share of the connected clients that somebody looks at.
    public let foregroundShare: Sourced<Double>
    /// How often a client asks for those that it shows, in seconds.
    public let viewportSeconds: Sourced<Double>
}

/// A way in which users learn who is online.
public enum PresenceScheme: String, Hashable, Sendable, CaseIterable {
    /// Every friend is told of every change.
    case naive
    /// Every friend is told who comes; nobody is told who goes.
    case onlineOnly = "online_only"
    /// Every friend is told of every change, and news for one receiver are put together.
    case batched
    /// A client is told of those that it shows while somebody looks at it.
    case viewportPublish = "viewport_publish"
    /// A client asks for those that it shows while somebody looks at it.
    case viewportPoll = "viewport_poll"
    /// The five optimisations of the source design: a look-up of all friends on start, news of who comes with a delay, and polls for the viewport.
    case optimised
}

extension ChatServersPolicy {
    static func read(_ reader: PlanReader) -> ChatServersPolicy {
        let zones = reader.number(
            "zones", .count(1...20), unit: "zones", default: "3", .estimate("what regions of clouds have"),
            "Over how many zones the servers are spread.")
        var survives = reader.choice(
            "survive_zone_loss", [("on", true), ("off", false)], default: "on", .estimate("what zones are for"),
            "Whether the servers that are left hold everybody after a zone is lost.")
        if zones.value == 1 {
            reader.section.rejectIfGiven("survive_zone_loss", because: "there is one zone")
            survives = Sourced(value: false, path: survives.path, unit: "", origin: zones.origin, range: nil)
        }
        let placement = reader.choice(
            "placement", PlacementPolicy.allCases.map { ($0.rawValue, $0) }, default: "hash",
            .read("the source design: a load balancer \"that can map each UserID to a server\""),
            "How users are put on servers.")
        var overload: Sourced<Double>?
        if placement.value == .hash {
            overload = reader.number(
                "overload_probability", .share(1...500_000_000), unit: "ratio", default: "1%",
                .estimate("once in a hundred placements"),
                "The probability that any server gets more users by its hash than it can hold.")
        } else {
            reader.section.rejectIfGiven("overload_probability", because: "no hash decides how full a server is")
        }
        return ChatServersPolicy(
            connectionsEach: reader.number(
                "connections_each", .count(1...10_000_000), unit: "connections", default: "50_000",
                .read(
                    "the source design: \"a modern server can handle 50K concurrent connections\"; 1 M is practical and 2.8 M the record (WhatsApp 2012, 2014)"
                ),
                "How many connections a server holds at most."),
            placement: placement, overloadProbability: overload,
            spare: reader.number(
                "spare", .count(0...10_000), unit: "servers", default: "2",
                .estimate("one that fails while another is repaired"),
                "How many servers may be lost at once, beside a zone: the k of N+k."),
            restartShare: reader.number(
                "restart_share", .share(0...500_000_000), unit: "ratio", default: "1%",
                .estimate("a rolling restart in a hundred steps"),
                "The share of the servers that are restarted at once when a release is rolled out."),
            zones: zones, survivesZoneLoss: survives,
            admissionPerSecond: reader.optionalNumber(
                "admission_per_second", .decimal(1...1_000_000_000), unit: "connections/s",
                "How many connections in a second the whole system lets in, so that a storm of them does not bring it down; else as many as the servers can take up."
            ))
    }
}

extension LoadBalancersPolicy {
    static func read(_ reader: PlanReader) -> LoadBalancersPolicy {
        let path = reader.choice(
            "path", BalancerPath.allCases.map { ($0.rawValue, $0) }, default: "lookup",
            .read("the source design: a load balancer maps each UserID to a server \"to redirect the request\""),
            "Whether clients only ask a load balancer for their server, or all traffic goes through it.")
        var connections: Sourced<Double>?
        if path.value == .proxy {
            connections = reader.number(
                "connections_each", .count(1...100_000_000), unit: "connections", default: "1_000_000",
                .read("what is practical for one server (WhatsApp 2012, 2014)"),
                "How many connections a load balancer holds at most.")
        } else {
            reader.section.rejectIfGiven("connections_each", because: "clients do not stay connected to load balancers")
        }
        return LoadBalancersPolicy(
            path: path, connectionsEach: connections,
            spare: reader.number(
                "spare", .count(0...1000), unit: "servers", default: "1", .estimate("one that fails"),
                "How many load balancers may be lost at once, beside a zone."))
    }
}

extension TransportPolicy {
    static func read(_ reader: PlanReader) -> TransportPolicy {
        let kind = reader.choice(
            "kind", TransportKind.allCases.map { ($0.rawValue, $0) }, default: "websocket",
            .read("the source design: \"all the active users keep a connection open with the server\""),
            "The kind of connection.")
        var period: Sourced<Double>?
        if kind.value == .websocket {
            reader.section.rejectIfGiven("period", because: "a websocket is not asked for anything")
        } else {
            period = reader.number(
                "period", .seconds(100_000_000...3_600_000_000_000), unit: "s", default: "30s",
                .estimate("the usual time-out of held requests"),
                "How long a long poll is held, or how often a client polls.")
        }
        return TransportPolicy(kind: kind, periodSeconds: period)
    }
}

extension PresencePolicy {
    static func read(_ reader: PlanReader) -> PresencePolicy {
        let times: NumberKind = .seconds(100_000_000...3_600_000_000_000)
        return PresencePolicy(
            scheme: reader.choice(
                "scheme", PresenceScheme.allCases.map { ($0.rawValue, $0) }, default: "optimised",
                .read("the source design: managing user's status"), "How users learn who is online."),
            batchSeconds: reader.number(
                "batch", times, unit: "s", default: "5s", .estimate("a few seconds"),
                "Over which time news for one receiver are put together."),
            broadcastDelaySeconds: reader.number(
                "broadcast_delay", times, unit: "s", default: "5s",
                .read("the source design: \"broadcast that status with a delay of a few seconds\""),
                "How long the news that a user is online waits whether he stays."),
            visible: reader.number(
                "visible", .count(1...10_000), unit: "users", default: "20", .estimate("what a screen shows"),
                "How many users a client shows at a time."),
            foregroundShare: reader.number(
                "foreground_share", .share(0...1_000_000_000), unit: "ratio", default: "10%",
                .estimate("most connected clients are in a pocket"),
                "The share of the connected clients that somebody looks at."),
            viewportSeconds: reader.number(
                "viewport_period", times, unit: "s", default: "30s",
                .read("the source design: \"this should not be a frequent operation\""),
                "How often a client asks for those that it shows."))
    }
}
