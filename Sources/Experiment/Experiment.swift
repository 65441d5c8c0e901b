public import Chat
internal import Invariants
internal import Language
public import Reporting
public import Scenario
internal import Simulation
internal import Statistics
internal import World

/// A run of a scenario, from its text to its result.
public struct Experiment {
    /// How to run, beside what the scenario says. None of it changes the result, unless a bug is planted.
    public struct Options: Sendable {
        /// Into how many partitions to cut the world.
        public var partitionCount: UInt32
        /// How many threads run them.
        public var threadCount: Int
        /// Whether to keep every message, for a picture of the run.
        public var recordsTrace: Bool
        /// The bug to plant in the components, which does change the result; none but to see that it is found.
        package var mutant: Mutant?

        /// The usual way is one partition and no record.
        public init(partitionCount: UInt32 = 1, threadCount: Int = 1, recordsTrace: Bool = false) {
            self.partitionCount = partitionCount
            self.threadCount = threadCount
            self.recordsTrace = recordsTrace
        }
    }

    /// How far a run has got.
    public struct Progress: Sendable {
        /// The virtual time, in nanoseconds.
        public let simulatedNanoseconds: UInt64
        /// When the run ends, in nanoseconds of virtual time.
        public let durationNanoseconds: UInt64
        /// How many events have happened.
        public let eventCount: UInt64
    }

    let scenario: Scenario
    let names: ScenarioNames
    let world: World
    private(set) var record: RunRecord
    /// Judges the run while it happens, if the scenario wants it so; then there is no record.
    private(set) var streamingJudge: StreamingJudge?
    private(set) var streamedLatency = LatencyHistogram()
    private var observations: [Observation] = []
    private let recordsTrace: Bool
    private(set) var reachedNanoseconds: UInt64 = 0

    /// Builds the world of a scenario.
    ///
    /// - Parameter whileBuilding: Is told how far the building has got, now and then, from one of the threads at a time, and says whether to
    ///   go on. It does not change what is built.
    /// - Throws: ``SetupError`` if it cannot be cut into as many partitions as asked for, or if the scenario expects something of a
    ///   figure that its system does not report; ``BuildingStopped`` if `whileBuilding` says so.
    public init(
        _ scenario: Scenario, options: Options = Options(), whileBuilding: ((BuildingProgress) -> Bool)? = nil
    ) throws {
        self.scenario = scenario
        names = ScenarioNames(scenario)
        let connectedAtStart = Assembly.connectedAtStart(in: scenario)
        record = RunRecord(connectedAtStart: connectedAtStart)
        if scenario.isJudgedWhileItRuns {
            streamingJudge = StreamingJudge(
                connectedAtStart: connectedAtStart, settleNanoseconds: scenario.settleNanoseconds,
                isSequenced: scenario.system.sequencing == .perUserSequence, names: names)
        }
        recordsTrace = options.recordsTrace
        world = try Assembly.world(of: scenario, options: options, whileBuilding: whileBuilding)
        let figures = scenario.expectations.figures
        guard !figures.isEmpty else { return }
        let reported = world.metrics.entries.map(\.definition.name)
        for expected in figures where !reported.contains(expected.name) {
            throw SetupError(
                description: "no figure of this system is called `\(expected.name)`"
                    + NearestName.hint(for: expected.name, among: reported), position: expected.position)
        }
    }

    /// Whether the world of a scenario can be cut into partitions at all: whether each link takes some time.
    public static func canBeCut(_ scenario: Scenario) -> Bool {
        Assembly.lookaheadNanoseconds(of: scenario) > 0
    }

    /// Whether threads that share the world of a scenario gain more than they lose by waiting for each other: whether enough happens in each
    /// window of virtual time that they may run side by side. A message is taken for twenty events; a window shorter than some dozens of
    /// events is over before another thread has begun.
    public static func isWorthCutting(_ scenario: Scenario) -> Bool {
        let window = Assembly.lookaheadNanoseconds(of: scenario)
        let messagesPerNanosecond = Assembly.populations(of: scenario).reduce(0.0) {
            $0 + Double($1.userCount) / $1.meanGapNanoseconds
        }
        return messagesPerNanosecond * 20 * Double(window) >= 64
    }

    /// Runs to the end, or until it is told to stop.
    ///
    /// - Parameters:
    ///   - limitNanoseconds: Up to when to run at most.
    ///   - shouldGoOn: Is told how far the run has got, now and then, and says whether to go on.
    public mutating func run(
        before limitNanoseconds: UInt64 = .max, shouldGoOn: (Progress) -> Bool = { _ in true }
    ) {
        run(before: limitNanoseconds, judging: { _ in true }, shouldGoOn: shouldGoOn)
    }

    /// Runs to the end, or until it is told to stop.
    ///
    /// - Parameter judging: Is asked whether to go on when the run has become twice as long in events, and at its end.
    mutating func run(
        before limitNanoseconds: UInt64 = .max, judging: (Experiment) -> Bool, shouldGoOn: (Progress) -> Bool
    ) {
        let duration = min(scenario.durationNanoseconds, limitNanoseconds)
        var slices = RunSlices(
            fromNanoseconds: reachedNanoseconds, durationNanoseconds: duration,
            isBusy: Self.isWorthCutting(scenario),
            connectionCount: Assembly.populations(of: scenario).reduce(0) {
                $0 + UInt64($1.userCount) * UInt64($1.deviceCount)
            })
        var judgedCount: UInt64 = 0
        while let limit = slices.next {
            world.run(before: limit) { take($0) }
            reachedNanoseconds = limit
            slices.reached(limit, eventCount: world.eventCount)
            if limit == duration || world.eventCount >= 2 * judgedCount {
                judgedCount = world.eventCount
                guard judging(self) else { break }
            }
            let progress = Progress(
                simulatedNanoseconds: limit, durationNanoseconds: scenario.durationNanoseconds,
                eventCount: world.eventCount)
            if limit < duration, !shouldGoOn(progress) { break }
        }
        world.reportHeld { take($0) }
    }

    /// Runs up to a time before the end, from where it can go on.
    mutating func advance(before limitNanoseconds: UInt64) {
        world.run(before: limitNanoseconds) { take($0) }
        reachedNanoseconds = limitNanoseconds
    }

    /// How many messages there were, by what became of them.
    var counts: MessageCounts { streamingJudge?.counts ?? record.counts }

    /// The digest of the run so far: 16 hexadecimal digits.
    public var digest: String { world.digest.hexadecimal }

    /// How many events have happened.
    public var eventCount: UInt64 { world.eventCount }

    /// Which process is what.
    var processTable: ProcessTable { world.processTable }

    /// The figures that the components report.
    public var metrics: Metrics { world.metrics }

    /// Whether each of some situations occurred, of which the verdicts are part.
    public func reached(
        _ situations: some Sequence<SometimesModel.Situation>, verdicts: [RunSummary.Invariant]
    ) -> [Bool] {
        let metrics = metrics
        let counts = counts
        return situations.map { SituationOutcome(of: $0, verdicts, metrics, counts).isReached }
    }

    /// A picture of the run, if its messages were kept.
    ///
    /// - Parameters:
    ///   - showsEverything: Whether to draw connecting and heartbeats as well.
    ///   - window: From when to when to draw, in nanoseconds.
    public func picture(showsEverything: Bool, window: Range<UInt64> = 0..<UInt64.max) -> SpaceTimeTable? {
        guard recordsTrace else { return nil }
        return Picture(scenario, names: names, processTable: world.processTable, showsEverything: showsEverything)
            .table(
                trace: world.trace.filter { window.contains($0.timeNanoseconds) },
                observations: observations.filter { window.contains($0.timeNanoseconds) })
    }

    private mutating func take(_ observation: Observation) {
        // To compare the judge with nothing would copy it.
        if scenario.isJudgedWhileItRuns {
            if let latency = streamingJudge?.observe(observation) { streamedLatency.record(latency) }
        } else {
            record.observe(observation)
        }
        if recordsTrace { observations.append(observation) }
    }
}
