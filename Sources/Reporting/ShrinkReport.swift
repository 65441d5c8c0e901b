/// What came of making a scenario smaller, for people and programs.
public struct ShrinkReport: Encodable, Sendable {
    /// The path of the scenario file.
    public var scenario: String
    /// The seed under which it fails.
    public var seed: UInt64
    /// The invariant that is violated.
    public var invariant: String
    /// The violation in the smaller scenario, in words.
    public var violation: String
    /// How large the scenario was, in words.
    public var before: String
    /// How large the smaller one is, in words.
    public var after: String
    /// How many messages are sent in it.
    public var messages: Int
    /// How many faults there are in it.
    public var faults: Int
    /// The path of the file with it.
    public var output: String
    /// The seed under which it fails.
    public var outputSeed: UInt64
    /// How many runs it took.
    public var runs: Int
    /// How much real time passed.
    public var wallSeconds: Double
    /// Why it ended, in words.
    public var ending: String
    /// The command that checks the file.
    public var check: String

    enum CodingKeys: String, CodingKey {
        case scenario, seed, invariant, violation, before, after, messages, faults, output, runs, ending, check
        case outputSeed = "output_seed"
        case wallSeconds = "wall_seconds"
    }

    /// Puts a report together; see the properties.
    public init(
        scenario: String, seed: UInt64, invariant: String, violation: String, before: String, after: String,
        messages: Int, faults: Int, output: String, outputSeed: UInt64, runs: Int, wallSeconds: Double, ending: String,
        check: String
    ) {
        self.scenario = scenario
        self.seed = seed
        self.invariant = invariant
        self.violation = violation
        self.before = before
        self.after = after
        self.messages = messages
        self.faults = faults
        self.output = output
        self.outputSeed = outputSeed
        self.runs = runs
        self.wallSeconds = wallSeconds
        self.ending = ending
        self.check = check
    }

    /// The report as one JSON object.
    public func json() throws -> String { try JSONText.encode(self) }

    /// The report for people.
    public var text: String {
        """
        \(invariant) is violated in \(output)
          before  \(before)
          after   \(after)
          \(TerminalStyle.sanitised(violation))
        \(NumberText.grouped(UInt64(runs))) runs in \(NumberText.span(seconds: wallSeconds)); \(ending)
        check it with: \(check)

        """
    }
}
