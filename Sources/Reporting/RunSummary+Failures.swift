extension RunSummary {
    /// Something that is not as expected.
    public struct Failure: Hashable, Sendable {
        /// What was expected and what came, in one sentence.
        public let text: String
        /// The keys that lead to where the scenario says what is expected. Where it says nothing, some of them may not be there.
        public let path: [String]
    }

    /// What is not as expected: verdicts in the order of the invariants, then everything else.
    public var failures: [Failure] {
        let verdicts = invariants.lazy.filter { !$0.passed }.map { invariant in
            Failure(
                text: "\(invariant.name) was expected to be \(Self.words(invariant.expected)) and is "
                    + Self.words(invariant.verdict) + (invariant.firstViolation.map { ": \($0)" } ?? ""),
                path: ["expect", invariant.name])
        }
        let others = expectations.lazy.filter { !$0.passed }.map { expectation in
            Failure(
                text: "\(expectation.what): expected \(expectation.expected), but it is \(expectation.actual)",
                path: expectation.path)
        }
        return Array(verdicts) + Array(others)
    }

    private static func words(_ verdict: String) -> String { verdict.replacing("_", with: " ") }
}
