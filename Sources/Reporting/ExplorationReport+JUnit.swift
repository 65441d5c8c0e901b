extension ExplorationReport {
    /// The report as test cases: one for each invariant that no seed may violate, or for each group of failures of it, and one for each
    /// thing that must happen under some seed.
    public var junit: JUnitReport {
        var cases: [JUnitReport.Case] = []
        for invariant in mustHold {
            let failed = groups.filter { $0.invariant == invariant }
            if failed.isEmpty {
                cases.append(JUnitReport.Case(name: invariant, className: scenario, file: scenario, outcome: .passed))
            }
            cases += failed.map { group in
                JUnitReport.Case(
                    name: "\(invariant): \(group.cause)", className: scenario, file: scenario,
                    outcome: .failed(
                        message: group.example,
                        text: "\(group.sentence)\n\(group.example)\nreplay with: \(group.replay)"))
            }
        }
        cases += goals.map { goal in
            JUnitReport.Case(
                name: "sometimes \(goal.what)", className: scenario, file: scenario,
                outcome: goal.seeds > 0 ? .passed : .failed(message: goal.sentence, text: goal.sentence))
        }
        if ended == .interrupted || seeds == 0 {
            let sentence =
                ended == .interrupted
                ? "interrupted after \(NumberText.grouped(seeds)) seeds" : "no seed was run to its end"
            cases.append(
                JUnitReport.Case(
                    name: "search", className: scenario, file: scenario,
                    outcome: .error(message: sentence, text: sentence)))
        }
        return JUnitReport(name: "confab explore", cases: cases, wallSeconds: wallSeconds)
    }
}
