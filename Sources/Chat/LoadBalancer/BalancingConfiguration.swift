/// How users are mapped to chat servers, and what happens when a chat server is lost or full.
public struct BalancingConfiguration: Hashable, Sendable {
    /// How load balancers find out which chat servers are alive.
    public struct HealthChecks: Hashable, Sendable {
        /// How often each load balancer asks each chat server, in nanoseconds.
        public let periodNanoseconds: UInt64
        /// After how long without an answer a chat server is taken to be down, in nanoseconds.
        public let timeoutNanoseconds: UInt64

        /// Makes a configuration.
        ///
        /// - Precondition: The time-out is longer than the period.
        public init(periodNanoseconds: UInt64, timeoutNanoseconds: UInt64) {
            precondition(timeoutNanoseconds > periodNanoseconds, "an answer must be able to arrive in time")
            self.periodNanoseconds = periodNanoseconds
            self.timeoutNanoseconds = timeoutNanoseconds
        }
    }

    /// The mapping at the start.
    public let mapping: ServerMapping
    /// Whether a chat server refuses connections beyond its limit.
    public let isAdmissionControlled: Bool
    /// How chat servers are watched, so that the users of one that is down are mapped to others; nothing if they wait until it is back.
    public let healthChecks: HealthChecks?

    /// Makes a configuration.
    ///
    /// - Precondition: Two choices need health checks, from which load balancers know the load of servers.
    public init(mapping: ServerMapping, isAdmissionControlled: Bool = true, healthChecks: HealthChecks? = nil) {
        precondition(mapping.law != .leastLoadedOfTwo || healthChecks != nil, "nobody knows the load of servers")
        self.mapping = mapping
        self.isAdmissionControlled = isAdmissionControlled
        self.healthChecks = healthChecks
    }

    /// The plainest choice: all chat servers, by modulo.
    public init(_ placement: Placement) {
        self.init(mapping: ServerMapping(.modulo, serverCount: placement.chatServerCount))
    }

    /// Whether users move between chat servers while the system runs.
    public var movesUsers: Bool { healthChecks != nil }

    /// Whether a device that a full server refused may go on to another.
    public var offersOthers: Bool { movesUsers && !mapping.law.isByCount }
}
