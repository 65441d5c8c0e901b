public import Scenario

/// What a search over seeds looks for.
///
/// Under each seed, an invariant may only be violated if the scenario says `violated` or `any`. Over all seeds, each verdict that the scenario
/// states must occur at least once: a search in which `held` never meant anything, or in which nothing was ever `violated`, shows nothing.
/// Views, counts and limits of figures belong to the scenario's own seed and are not looked at.
public struct ExplorationGoals: Hashable, Sendable {
    /// The invariants that may be violated under a seed.
    public let mayBeViolated: Set<String>
    /// The verdicts that must occur at least once, by invariant, in the order of the invariants.
    public let sometimes: [Goal]

    /// A verdict that must occur.
    public struct Goal: Hashable, Sendable {
        /// The name of the invariant.
        public let invariant: String
        /// The verdict: `held` or `violated`.
        public let verdict: String
    }

    /// The goals of a scenario.
    public init(_ scenario: Scenario) {
        var allowed = scenario.givenUpByDesign
        var goals: [Goal] = []
        for (name, verdict) in scenario.expectations.verdicts {
            switch verdict {
            case .held:
                allowed.remove(name)
                goals.append(Goal(invariant: name, verdict: verdict.rawValue))
            case .violated:
                allowed.insert(name)
                goals.append(Goal(invariant: name, verdict: verdict.rawValue))
            case .any: allowed.insert(name)
            case .notExercised: break
            }
        }
        mayBeViolated = allowed
        sometimes = goals
    }
}
