public import Scenario

/// What a search over seeds looks for.
///
/// Under each seed, an invariant may only be violated if the scenario says `violated` or `any`. Over all seeds, each verdict that the scenario
/// states must occur at least once, and so must what it lists under `expect.sometimes`: a search in which `held` never meant anything, or in
/// which nothing was ever `violated`, shows nothing. Views, counts and limits of figures belong to the scenario's own seed and are not looked at.
public struct ExplorationGoals: Hashable, Sendable {
    /// The invariants that may be violated under a seed.
    public let mayBeViolated: Set<String>
    /// The invariants that may not, in their order.
    public var mustHold: [String] { ExpectationModel.invariantNames.filter { !mayBeViolated.contains($0) } }
    /// What must occur at least once: verdicts in the order of the invariants, then what the scenario lists.
    public let sometimes: [Goal]

    /// Something that must occur.
    public struct Goal: Hashable, Sendable {
        /// What it is, in words: `no_loss held`, `cache.lock_waits at least 1`.
        public let text: String
        /// The keys that lead to where the scenario says so.
        public let path: [String]
        /// What it is.
        public let situation: SometimesModel.Situation
    }

    /// The goals of a scenario.
    public init(_ scenario: Scenario) {
        var allowed = scenario.givenUpByDesign
        var goals: [Goal] = []
        for (name, verdict) in scenario.expectations.verdicts {
            if verdict == .held || verdict == .violated {
                let situation = SometimesModel.Situation.verdict(invariant: name, verdict)
                goals.append(Goal(text: situation.text, path: ["expect", name], situation: situation))
            }
            switch verdict {
            case .held: allowed.remove(name)
            case .violated, .any: allowed.insert(name)
            case .notExercised: break
            }
        }
        for (number, listed) in scenario.expectations.sometimes.enumerated() {
            goals.append(
                Goal(
                    text: listed.situation.text, path: ["expect", "sometimes", "\(number)"],
                    situation: listed.situation))
        }
        mayBeViolated = allowed
        sometimes = goals
    }
}
