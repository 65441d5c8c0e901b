import Exploration
import Reporting

extension ExplorationReport {
    /// The report of findings.
    init(
        _ findings: ExplorationFindings, scenario: String, arguments: String, wallSeconds: Double, ended: Ending
    ) {
        self.init(
            scenario: scenario, version: Confab.version, seeds: findings.seedCount, known: findings.knownSeedCount,
            failed: findings.failedSeedCount, mustHold: findings.goals.mustHold,
            groups: findings.groups.map { group in
                let what = "\(shellQuoted(scenario))\(arguments) --seed \(group.seeds[0])"
                return Group(
                    invariant: group.invariant, cause: group.cause, count: group.count, seeds: group.seeds,
                    example: group.example,
                    replay: "confab run \(what)", shrink: "confab shrink \(what) --invariant \(group.invariant)")
            },
            goals: findings.goals.sometimes.indices.map { place in
                let goal = findings.goals.sometimes[place]
                return Goal(
                    what: goal.text, path: goal.path, seeds: findings.reached[place],
                    first: findings.firstReached[place])
            }, situations: findings.situationCount, events: findings.eventCount, wallSeconds: wallSeconds, ended: ended,
            passed: findings.passed)
    }

    /// What failed, in words, and the keys that lead to where the scenario says what was expected.
    var failures: [(title: String, text: String, path: [String])] {
        groups.map { group in
            (
                title: "\(group.invariant) violated",
                text: "\(group.sentence): \(group.example)\nreplay with: \(group.replay)",
                path: ["expect", group.invariant]
            )
        }
            + goals.filter { $0.seeds == 0 }.map { goal in
                (title: "search shows nothing", text: goal.sentence, path: goal.path)
            }
    }
}
