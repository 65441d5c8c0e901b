internal import Language

extension NameResolver {
    /// Reports costs of what never happens.
    func checkCosts(in scenario: Scenario) {
        for cost in scenario.system.costs.costs {
            guard let reason = scenario.reasonWithout(cost.kind, on: cost.tier) else { continue }
            diagnostics.report("`\(cost.kind)` would have no effect: \(reason)", at: cost.position)
        }
    }
}

extension Scenario {
    /// Why no server of a tier ever handles anything of a kind; nothing if one may.
    func reasonWithout(_ kind: String, on tier: TierName) -> String? {
        guard system.tiers.contains(where: { $0.name == tier.rawValue && $0.count > 0 }) else {
            return "the system has no \(tier.title)"
        }
        guard let handled = HandledName.all(of: tier).first(where: { $0.name == kind }) else {
            return "a \(tier.title) never handles it"
        }
        return handled.need.isMet(by: self) ? nil : handled.need.reason
    }
}
