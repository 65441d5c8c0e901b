internal import Chat
internal import Scenario

extension Assembly {
    /// How users are mapped to chat servers.
    static func balancing(_ system: SystemModel) -> BalancingConfiguration {
        BalancingConfiguration(
            mapping: ServerMapping(law(system.balancing.law), serverCount: UInt32(system.chatServers.count)),
            isAdmissionControlled: system.balancing.isAdmissionControlled,
            healthChecks: system.balancing.healthChecks.map {
                BalancingConfiguration.HealthChecks(
                    periodNanoseconds: $0.periodNanoseconds, timeoutNanoseconds: $0.timeoutNanoseconds)
            })
    }

    /// How keys are mapped to the servers of a tier.
    static func law(_ law: BalancingModel.Law) -> ServerMapping.Law {
        switch law {
        case .modulo: .modulo
        case .consistent: .consistent
        case .leastLoadedOfTwo: .leastLoadedOfTwo
        }
    }
}
