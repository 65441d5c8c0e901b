internal import Chat
internal import Experiment
internal import Language
internal import Reporting
internal import Scenario

/// Tells whether a scenario fails as another did: the same invariant is violated, for the same reason.
///
/// Where a bug is planted, that is also required to be the reason: without it the scenario must not fail.
struct FailureProbe {
    /// The invariant that is violated.
    let invariant: String
    /// What the failure has in common with those that count as the same.
    let cause: String
    /// The invariants that may be violated beside it: a smaller scenario is not to have troubles of its own.
    let others: Set<String>
    /// The bug that is planted.
    let mutant: Mutant?
    /// A run of more events is given up.
    let eventsMax: UInt64
    /// How many runs there were.
    private(set) var runCount = 0
    /// How many events the last of them had.
    private(set) var eventCount: UInt64

    /// Under how many seeds a scenario must not fail without the bug.
    private static let seedsWithout: UInt64 = 4

    /// Prepares to compare scenarios with one that fails and has so many events.
    init(invariant: String, cause: String, others: Set<String>, mutant: Mutant?, eventCount: UInt64) {
        self.invariant = invariant
        self.cause = cause
        self.others = others
        self.mutant = mutant
        self.eventCount = eventCount
        eventsMax = eventCount.multipliedReportingOverflow(by: 10).partialValue + 100_000
    }

    /// The first of some seeds under which a scenario fails so; nothing if there is none, or if it is no scenario that can be run.
    mutating func seed(
        failing document: Document, among seeds: Range<UInt64>, shouldGoOn: () -> Bool
    ) -> UInt64? {
        guard let scenario = try? Scenario.load(text: document.fileText, file: "") else { return nil }
        return seeds.first { seed in
            guard shouldGoOn(), let sentence = violation(of: scenario.with(seed: seed), mutant, shouldGoOn) else {
                return false
            }
            return Self.cause(of: sentence, in: scenario) == cause && isBugsOwn(scenario, seed, shouldGoOn)
        }
    }

    /// Whether a failure is the planted bug's: without it there is none, under the same seed nor under the next few. A run that is broken off shows
    /// nothing.
    mutating func isBugsOwn(_ scenario: Scenario, _ seed: UInt64, _ shouldGoOn: () -> Bool) -> Bool {
        mutant == nil
            || (seed..<seed + Self.seedsWithout).allSatisfy {
                shouldGoOn() && violation(of: scenario.with(seed: $0), nil, shouldGoOn) == nil && shouldGoOn()
            }
    }

    /// The sentence of a failure without numbers, times and names, so that it stays the same when others take part.
    static func cause(of sentence: String, in scenario: Scenario) -> String {
        var names: Set<String> = []
        for user in scenario.users {
            names.insert(user.name)
            for device in user.devices { names.insert("\(user.name).\(device)") }
        }
        names.formUnion(scenario.groups.map(\.name))
        names.formUnion(scenario.script.compactMap(\.action.message))
        return FailureCause.text(of: sentence) { names.contains(String($0)) }
    }

    private mutating func violation(of scenario: Scenario, _ mutant: Mutant?, _ shouldGoOn: () -> Bool) -> String? {
        var options = Experiment.Options()
        options.mutant = mutant
        let built = withoutActuallyEscaping(shouldGoOn) { shouldGoOn in
            try? Experiment(scenario, options: options) { _ in shouldGoOn() }
        }
        guard var experiment = built else { return nil }
        runCount += 1
        var isWhole = true
        experiment.run { progress in
            isWhole = shouldGoOn() && progress.eventCount <= eventsMax
            return isWhole
        }
        eventCount = experiment.eventCount
        guard isWhole else { return nil }
        let violated = experiment.verdicts().filter { $0.verdict == "violated" }
        guard violated.allSatisfy({ $0.name == invariant || others.contains($0.name) }) else { return nil }
        return violated.first { $0.name == invariant }.map { $0.firstViolation ?? "" }
    }
}
