internal import Scenario
internal import World

extension Assembly {
    /// What handling costs on the servers of a tier beyond what any message costs there.
    static func kindNanoseconds(_ tier: TierName, in system: SystemModel) -> [HandledKind: UInt64] {
        Dictionary(
            uniqueKeysWithValues: system.costs.costs(of: tier).map { cost in
                guard let kind = HandledKind(name: cost.kind) else {
                    preconditionFailure("the language knows a kind `\(cost.kind)` that no component handles")
                }
                return (kind, cost.nanoseconds)
            })
    }
}
