package import Chat
internal import Experiment
package import Language
internal import Reporting
internal import Scenario

/// Makes a scenario that fails smaller, as long as the same invariant is violated for the same reason.
///
/// It takes parts away, halves first and single ones in the end, and makes values simpler, until nothing more can be done. A smaller scenario may fail
/// under another seed than the larger: the next few are tried as well. What comes out depends on the scenario and the seed alone, unless time
/// runs out.
///
/// - `Shrinker+Parts.swift`: users, devices, steps, faults, servers and keys.
/// - `Shrinker+Values.swift`: numbers, laws and times.
/// - `PopulationScript.swift`: users who act at random become listed ones who follow a script.
package struct Shrinker {
    /// Why a scenario cannot be made smaller.
    package struct Refusal: Error, CustomStringConvertible {
        /// What is the matter.
        package let description: String
    }

    /// How far it has got.
    package struct Progress: Sendable {
        /// How many runs there were.
        package let runs: Int
        /// How many values the smallest scenario so far is made of.
        package let parts: Int
    }

    /// How many runs there may be by default.
    package static let runsMax = 50_000
    /// How many seeds are tried for a smaller scenario: as many as have so many events together, within bounds.
    private static let eventsEach: UInt64 = 200_000
    private static let seedsEach: ClosedRange<UInt64> = 2...24
    /// For a scenario in which a script stands for a population, this many times more are tried.
    private static let scriptFactor: UInt64 = 12
    /// By how much more seeds are tried at most where a failure is so rare that the scenario stays large.
    private static let effortMax: UInt64 = 64

    /// The failure as it was at first.
    package let failure: SeedOutcome.Failure
    /// The size at first.
    package let sizeBefore: ScenarioSize
    /// The smallest scenario so far that fails, without what it expects.
    private(set) var best: Document
    /// How many values it is made of.
    private var partCount: Int
    /// The seed under which it fails.
    package private(set) var seed: UInt64
    /// Whether nothing more can be taken away or made simpler.
    package private(set) var isMinimal = false
    private var probe: FailureProbe
    private var tried: Set<String> = []
    /// By how much more seeds are tried than at first.
    private var effort: UInt64 = 1
    private let runsMax: Int
    private let shouldGoOn: (Progress) -> Bool

    /// Runs a scenario to see how it fails.
    ///
    /// - Parameters:
    ///   - document: The scenario.
    ///   - seed: The seed under which it fails.
    ///   - invariant: The invariant of interest; by default the first that is violated though the scenario does not say so.
    ///   - mutant: The bug to plant.
    ///   - runsMax: How many runs there may be.
    ///   - shouldGoOn: Is told how far it has got, often, and says whether to go on.
    /// - Throws: ``Refusal`` if nothing fails, ``Scenario/DocumentErrors`` if it is no valid scenario, and ``Experiment/SetupError`` if it cannot be run.
    package init(
        _ document: Document, seed: UInt64, invariant: String? = nil, mutant: Mutant? = nil, runsMax: Int = runsMax,
        shouldGoOn: @escaping (Progress) -> Bool = { _ in true }
    ) throws {
        var start = document
        let scenario = try Scenario.load(text: start.fileText, file: "").with(seed: seed)
        var options = Experiment.Options()
        options.mutant = mutant
        let parts = start.paths.count
        let noTime = Refusal(
            description: "there was no time for the first run, which is to show how the scenario fails")
        var experiment: Experiment
        do {
            experiment = try Experiment(scenario, options: options) { _ in shouldGoOn(Progress(runs: 0, parts: parts)) }
        } catch is Experiment.BuildingStopped {
            throw noTime
        }
        experiment.run { _ in shouldGoOn(Progress(runs: 0, parts: parts)) }
        guard shouldGoOn(Progress(runs: 1, parts: parts)) else { throw noTime }
        failure = try Self.failure(of: experiment, in: scenario, invariant: invariant)
        // Faults that were drawn are taken away one by one, like others.
        if scenario.randomFaults != nil { start = start.writingOut(FaultSchedule(scenario).faults, of: scenario) }
        sizeBefore = ScenarioSize(try Scenario.load(text: start.fileText, file: ""), messages: experiment.sentCount)
        // What is expected says nothing of why it fails. How long anything may take is written out, so that it stays as it is.
        for key in ["expect", "description", "seed"] { start[key] = nil }
        start["settle"] = .value(DurationText.text(scenario.settleNanoseconds))
        best = start
        partCount = start.paths.count
        self.seed = seed
        self.runsMax = runsMax
        self.shouldGoOn = shouldGoOn
        let violated = experiment.verdicts().filter { $0.verdict == "violated" }.map(\.name)
        probe = FailureProbe(
            invariant: failure.invariant, cause: FailureProbe.cause(of: failure.sentence, in: scenario),
            others: scenario.givenUpByDesign.union(violated), mutant: mutant,
            eventCount: experiment.eventCount)
        guard probe.isBugsOwn(scenario, seed, { shouldGoOn(Progress(runs: 1, parts: parts)) }) else {
            guard shouldGoOn(Progress(runs: probe.runCount, parts: parts)) else {
                throw Refusal(
                    description:
                        "there was no time for the runs without the planted bug, which are to show that it is the reason"
                )
            }
            throw Refusal(
                description:
                    "`\(failure.invariant)` is violated under seed \(seed) or one of the next without the planted "
                    + "bug, too; leave --mutant out")
        }
    }

    /// Makes the scenario as small as it gets, or until it is told to stop.
    package mutating func run() {
        while true {
            makeSmaller()
            guard isLarge, effort < Self.effortMax, goesOn() else { break }
            effort *= 4
            tried.removeAll()
        }
        isMinimal = goesOn()
    }

    private mutating func makeSmaller() {
        takeAway()
        if best["populations"] != nil {
            lowerCounts(in: "populations")
            writeScript()
        }
        var before: Document
        repeat {
            before = best
            takeAway()
            simplify()
        } while best != before && goesOn()
    }

    /// Whether a person would rather have a smaller scenario.
    private var isLarge: Bool {
        best["populations"] != nil || best["script"]?.items.count ?? 0 > 6 || best["faults"]?.items.count ?? 0 > 3
    }

    /// How many runs there were.
    package var runCount: Int { probe.runCount }

    /// The bug that is planted. With one it can be told whether it is the reason.
    var mutant: Mutant? { probe.mutant }

    /// Whether there is time left, and nobody has told it to stop.
    func goesOn() -> Bool {
        probe.runCount < runsMax && shouldGoOn(Progress(runs: probe.runCount, parts: partCount))
    }

    /// Takes a scenario in place of the best if it fails in the same way, under the same seed or one of the next.
    mutating func attempt(_ candidate: Document, factor: UInt64 = 1) -> Bool {
        guard goesOn(), candidate != best, tried.insert(candidate.fileText).inserted else { return false }
        let affordable = Self.eventsEach / max(1, probe.eventCount)
        let seeds = effort * factor * min(max(affordable, Self.seedsEach.lowerBound), Self.seedsEach.upperBound)
        let goesOn = goesOn
        guard let found = probe.seed(failing: candidate, among: seed..<seed + seeds, shouldGoOn: goesOn) else {
            return false
        }
        best = candidate
        partCount = best.paths.count
        seed = found
        return true
    }

    /// Lets a script stand for the populations, if the scenario goes on failing then.
    private mutating func writeScript() {
        guard let scenario = try? Scenario.load(text: best.fileText, file: "").with(seed: seed) else { return }
        var options = Experiment.Options()
        options.mutant = mutant
        let watched = self
        guard var experiment = try? Experiment(scenario, options: options, whileBuilding: { _ in watched.goesOn() })
        else { return }
        experiment.run { _ in goesOn() }
        guard let scripted = PopulationScript.document(of: best, scenario, ranAs: experiment) else { return }
        _ = attempt(scripted, factor: Self.scriptFactor)
    }

    /// How a run fails.
    private static func failure(
        of experiment: Experiment, in scenario: Scenario, invariant: String?
    ) throws(Refusal) -> SeedOutcome.Failure {
        let violated = experiment.verdicts().filter { $0.verdict == "violated" }
        let allowed = ExplorationGoals(scenario).mayBeViolated
        guard let found = violated.first(where: { invariant.map([$0.name].contains) ?? !allowed.contains($0.name) })
        else {
            let others = violated.map { "`\($0.name)`" }.joined(separator: ", ")
            let reason =
                if let invariant {
                    "`\(invariant)` is not violated under seed \(scenario.seed)"
                } else if violated.isEmpty {
                    "no invariant is violated under seed \(scenario.seed)"
                } else {
                    "nothing fails under seed \(scenario.seed) that the scenario does not allow to"
                }
            throw Refusal(
                description: others.isEmpty
                    ? reason : "\(reason); what is violated is \(others), which --invariant makes smaller all the same")
        }
        return SeedOutcome.Failure(invariant: found.name, sentence: found.firstViolation ?? "")
    }
}
