extension RunSummary {
    /// The violation at which a run was stopped.
    public struct Stop: Encodable, Sendable {
        /// The invariant.
        public var invariant: String
        /// When the violation became visible, in seconds of virtual time.
        public var seconds: Double
        /// What it says.
        public var sentence: String
        /// Whether the scenario expects a violation of the invariant.
        public var isExpected: Bool

        enum CodingKeys: String, CodingKey {
            case invariant, seconds, sentence
            case isExpected = "expected"
        }

        /// Puts a violation together.
        public init(invariant: String, seconds: Double, sentence: String, isExpected: Bool) {
            self.invariant = invariant
            self.seconds = seconds
            self.sentence = sentence
            self.isExpected = isExpected
        }
    }

    /// The same of a run that was stopped at a violation: of a run that is not over, no other verdict and no other expectation says anything.
    public func stopped(at stop: Stop) -> RunSummary {
        var summary = self
        summary.stopped = stop
        summary.interrupted = false
        summary.invariants = invariants.filter { $0.name == stop.invariant }
        summary.expectations = []
        summary.sometimes = []
        summary.passed = stop.isExpected
        return summary
    }
}
