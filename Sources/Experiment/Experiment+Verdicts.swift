internal import Chat
internal import Invariants
public import Reporting
internal import Scenario
internal import Statistics
internal import World

/// What a run says about the invariants.
extension Experiment {
    /// What the run so far says about each invariant, in their order.
    public func verdicts() -> [RunSummary.Invariant] {
        let streamed = streamingJudge?.results(endNanoseconds: reachedNanoseconds)
        let judge = judge()
        return Invariant.allCases.map { invariant in
            let result = streamed?.first { $0.invariant == invariant } ?? judge.judge(invariant)
            let expected =
                scenario.expectations.verdicts.first { $0.name == invariant.rawValue }?.verdict
                ?? defaultExpectation(of: invariant)
            return RunSummary.Invariant(
                name: invariant.rawValue, verdict: result.verdict.rawValue, expected: expected.rawValue,
                checked: result.checkedCount, violations: result.violationCount,
                firstViolation: result.violations.first?.sentence,
                passed: Self.isMet(
                    expected, by: result.verdict,
                    isStated: scenario.expectations.verdicts.contains { $0.name == invariant.rawValue }))
        }
    }

    /// The violation of the run so far that matters most: one that is not as expected before one that is expected before one of which
    /// nothing is expected, and of those the earliest.
    func firstViolation() -> (invariant: Invariant, violation: Violation)? {
        let judge = judge()
        return Invariant.allCases.enumerated().compactMap { index, invariant in
            judge.judge(invariant).violations.first.map { (rank(of: invariant), $0.timeNanoseconds, index, $0) }
        }.min { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }.map { (Invariant.allCases[$0.2], $0.3) }
    }

    /// How much a violation of an invariant matters: 0 if it is not as expected, 1 if it is, 2 if nothing is expected.
    func rank(of invariant: Invariant) -> Int {
        let stated = scenario.expectations.verdicts.first { $0.name == invariant.rawValue }?.verdict
        return switch stated ?? defaultExpectation(of: invariant) {
        case .held, .notExercised: 0
        case .violated: 1
        case .any: 2
        }
    }

    /// A judge of the run so far.
    ///
    /// - Parameter isWhole: Whether the run is over, so that what has not come will not come.
    func judge(isWhole: Bool = true) -> Judge {
        Judge(
            record, endNanoseconds: reachedNanoseconds, settleNanoseconds: scenario.settleNanoseconds,
            isSequenced: scenario.system.sequencing == .perUserSequence,
            presence: Assembly.presenceBounds(of: scenario), isWhole: isWhole, names: names)
    }

    /// What is expected of an invariant that a scenario does not mention: that it holds if it is exercised, unless the design gives it up.
    private func defaultExpectation(of invariant: Invariant) -> ExpectationModel.Verdict {
        scenario.givenUpByDesign.contains(invariant.rawValue) ? .any : .held
    }

    private static func isMet(
        _ expected: ExpectationModel.Verdict, by verdict: Verdict, isStated: Bool
    ) -> Bool {
        switch expected {
        case .any: true
        case .held: verdict == .held || (!isStated && verdict == .notExercised)
        case .violated: verdict == .violated
        case .notExercised: verdict == .notExercised
        }
    }
}
