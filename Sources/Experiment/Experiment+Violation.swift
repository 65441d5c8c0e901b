internal import Invariants
public import Reporting
public import Scenario

extension Experiment {
    /// Runs an experiment up to the first violation that nothing can repair any more, if there is one.
    ///
    /// The run goes on until it is noticed, which is looked for whenever the run has become twice as long; then it is run again up to the
    /// moment at which it became visible. Violations of invariants of which nothing is expected are passed over.
    ///
    /// - Parameters:
    ///   - make: Builds the experiment, always the same.
    ///   - shouldGoOn: Is told how far the run has got, now and then, and says whether to go on.
    /// - Returns: The experiment, up to the violation or to its end, and the violation.
    /// - Throws: What `make` throws.
    public static func untilViolation(
        of make: () throws -> Experiment, shouldGoOn: (Progress) -> Bool = { _ in true }
    ) rethrows -> (experiment: Experiment, violation: RunSummary.Stop?) {
        var experiment = try make()
        var found: Violation?
        experiment.run(
            judging: { experiment in
                found = experiment.finalViolation()?.violation
                return found == nil
            }, shouldGoOn: shouldGoOn)
        guard let found else { return (experiment, nil) }
        var again = try make()
        again.run(before: found.timeNanoseconds + 1)
        return (again, again.finalViolation().map(again.stop))
    }

    /// Refuses a scenario whose run is forgotten while it happens.
    ///
    /// - Throws: ``SetupError`` that says what to do.
    public static func requireMemory(of scenario: Scenario) throws(SetupError) {
        guard scenario.isJudgedWhileItRuns else { return }
        throw SetupError(
            description:
                "with `judging: while_running` a run is forgotten while it happens, so that nobody can look back; "
                + "add --set judging=of_whole_run, and make the world smaller")
    }

    private func finalViolation() -> (invariant: Invariant, violation: Violation)? {
        judge(isWhole: false).firstFinalViolation(of: Invariant.allCases.filter { rank(of: $0) < 2 })
    }

    private func stop(at found: (invariant: Invariant, violation: Violation)) -> RunSummary.Stop {
        RunSummary.Stop(
            invariant: found.invariant.rawValue, seconds: Double(found.violation.timeNanoseconds) / 1e9,
            sentence: found.violation.sentence, isExpected: rank(of: found.invariant) > 0)
    }
}
