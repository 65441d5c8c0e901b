internal import Language

/// How users are mapped to chat servers, and what happens when one is lost or full.
public struct BalancingModel: Hashable, Sendable {
    /// How keys are mapped to servers.
    public enum Law: Hashable, Sendable { case modulo, fixedModulo, hash, consistent, leastLoadedOfTwo }

    /// How load balancers find out which chat servers are alive.
    public struct HealthChecks: Hashable, Sendable {
        /// How often each load balancer asks each chat server, in nanoseconds.
        public let periodNanoseconds: UInt64
        /// After how long without an answer a chat server is taken to be down, in nanoseconds.
        public let timeoutNanoseconds: UInt64

        /// Puts the times together.
        public init(periodNanoseconds: UInt64, timeoutNanoseconds: UInt64) {
            self.periodNanoseconds = periodNanoseconds
            self.timeoutNanoseconds = timeoutNanoseconds
        }
    }

    /// How users are mapped to chat servers.
    public let law: Law
    /// Whether a chat server refuses connections beyond its limit.
    public let isAdmissionControlled: Bool
    /// How chat servers are watched, so that users of one that is down are mapped to others; nothing if they wait for it.
    public let healthChecks: HealthChecks?

    /// Puts the choices together.
    public init(law: Law, isAdmissionControlled: Bool, healthChecks: HealthChecks? = nil) {
        self.law = law
        self.isAdmissionControlled = isAdmissionControlled
        self.healthChecks = healthChecks
    }
}

extension BalancingModel {
    /// Reads the keys of the section `chat_servers` that are about balancing.
    static func read(_ reader: SectionReader) -> BalancingModel {
        let onOrOff = ValueKind<Bool>.choice([("on", true), ("off", false)])
        let law = reader.optional(
            "balancing", .law, default: "modulo",
            "How users are mapped to chat servers: `modulo` of the user's number, which deals them out evenly to those that are up; "
                + "`fixed_modulo`, modulo the number of all, so that only the users of a server that is down move, each to one that a hash names; "
                + "`hash`, modulo of a hash, which leaves it to chance; `consistent`, a ring of hashes; "
                + "`least_loaded_of_two`, two hashes of which the less loaded server counts.")
        let failover = reader.optional(
            "failover", onOrOff, default: "off",
            "Whether the users of a chat server that is down are mapped to others; else they wait until it is back.")
        let checks = reader.optional(
            "health_check", .healthChecks, default: "{}", "How load balancers find out which chat servers are alive.")
        if !failover {
            reader.rejectIfGiven("health_check", because: "chat servers are watched only with `failover: on`")
            if law == .fixedModulo {
                reader.report(
                    "balancing", "without `failover: on` no user moves, and `fixed_modulo` is the same as `modulo`")
            }
            if law == .leastLoadedOfTwo {
                reader.report(
                    "balancing", "`least_loaded_of_two` needs `failover: on`: health checks tell the load of servers")
            }
        }
        return BalancingModel(
            law: law,
            isAdmissionControlled: reader.optional(
                "admission", onOrOff, default: "on", "Whether a server refuses connections beyond `connections_each`."),
            healthChecks: failover ? checks : nil)
    }
}

extension ValueKind where Value == BalancingModel.Law {
    /// How keys are mapped to the servers of a tier.
    static var law: ValueKind {
        .choice([
            ("modulo", .modulo), ("fixed_modulo", .fixedModulo), ("hash", .hash), ("consistent", .consistent),
            ("least_loaded_of_two", .leastLoadedOfTwo),
        ])
    }
}

extension ValueKind where Value == BalancingModel.HealthChecks {
    fileprivate static var healthChecks: ValueKind {
        .section { reader in
            let time = ValueKind<UInt64>.duration(10_000_000...3_600_000_000_000)
            let period = reader.optional(
                "period", time, default: "1s", "How often each load balancer asks each chat server.")
            let timeout = reader.optional(
                "timeout", time, default: "3s", "After how long without an answer a chat server is taken to be down.")
            if timeout <= period {
                reader.report("timeout", "the `timeout` of health checks must be longer than their `period`")
            }
            return BalancingModel.HealthChecks(periodNanoseconds: period, timeoutNanoseconds: timeout)
        }
    }
}
