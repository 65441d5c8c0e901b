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

    /// Whether the places of rows may go to other messages when a chat server is lost, and devices know which message has which place.
    static func confirmsPlaces(_ system: SystemModel) -> Bool {
        system.balancing.healthChecks != nil && system.acknowledge != .afterStore
            && system.sequencing == .perUserSequence
    }

    /// How keys are mapped to the servers of a tier.
    static func law(_ law: BalancingModel.Law) -> ServerMapping.Law {
        switch law {
        case .modulo: .modulo
        case .hash: .hash
        case .fixedModulo: .fixedModulo
        case .consistent: .consistent
        case .leastLoadedOfTwo: .leastLoadedOfTwo
        }
    }
}
