/// How much a result moves as each input goes from low to high, the rest as they are.
public struct ReportTornadoChart: Sendable, Equatable {
    /// What one input does.
    public struct Entry: Sendable, Equatable {
        /// The input.
        public var name: String
        /// Its low value, as it is shown: `30 KB`.
        public var lowInput: String
        /// Its high value, as it is shown.
        public var highInput: String
        /// The result with the low value.
        public var lowResult: Double
        /// The result with the high value.
        public var highResult: Double

        /// What one input does.
        public init(_ name: String, lowInput: String, highInput: String, lowResult: Double, highResult: Double) {
            self.name = name
            self.lowInput = lowInput
            self.highInput = highInput
            self.lowResult = lowResult
            self.highResult = highResult
        }
    }

    /// The result.
    public var axis: ReportAxis
    /// The result with all inputs as they are.
    public var baseline: Double
    /// The inputs, the one that moves the result most first.
    public var entries: [Entry]

    /// Puts a tornado together.
    public init(axis: ReportAxis, baseline: Double, entries: [Entry]) {
        self.axis = axis
        self.baseline = baseline
        self.entries = entries
    }
}
