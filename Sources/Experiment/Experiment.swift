public import Chat
internal import Invariants
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

    private let scenario: Scenario
    let names: ScenarioNames
    private let world: World
    private(set) var record: RunRecord
    /// Judges the run while it happens, if the scenario wants it so; then there is no record.
    private var streamingJudge: StreamingJudge?
    private var streamedLatency = LatencyHistogram()
    private var observations: [Observation] = []
    private let recordsTrace: Bool
    private(set) var reachedNanoseconds: UInt64 = 0

    /// Builds the world of a scenario.
    ///
    /// - Throws: ``SetupError`` if it cannot be cut into as many partitions as asked for, or if the scenario expects something of a
    ///   figure that its system does not report.
    public init(_ scenario: Scenario, options: Options = Options()) throws {
        self.scenario = scenario
        names = ScenarioNames(scenario)
        let connectedAtStart = Assembly.connectedAtStart(in: scenario)
        record = RunRecord(connectedAtStart: connectedAtStart)
        if scenario.isJudgedWhileItRuns {
            streamingJudge = StreamingJudge(
                connectedAtStart: connectedAtStart, isSequenced: scenario.system.sequencing == .perUserSequence,
                names: names)
        }
        recordsTrace = options.recordsTrace
        world = try Assembly.world(of: scenario, options: options)
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
        let configuration = Assembly.configuration(of: scenario)
        return configuration.lastMile.lookaheadNanoseconds > 0 && configuration.dataCenter.lookaheadNanoseconds > 0
    }

    /// Whether threads that share the world of a scenario gain more than they lose by waiting for each other: whether enough happens in each
    /// window of virtual time that they may run side by side. A message is taken for twenty events; a window shorter than some dozens of
    /// events is over before another thread has begun.
    public static func isWorthCutting(_ scenario: Scenario) -> Bool {
        let configuration = Assembly.configuration(of: scenario)
        let window = min(configuration.lastMile.lookaheadNanoseconds, configuration.dataCenter.lookaheadNanoseconds)
        let messagesPerNanosecond = configuration.populations.reduce(0.0) {
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
        var slices = RunSlices(durationNanoseconds: duration)
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

    /// The result of the run so far.
    ///
    /// - Parameters:
    ///   - labels: What the run is called.
    ///   - wallSeconds: How much real time it took.
    ///   - peakMemoryBytes: The most memory that the process has held.
    public func summary(labels: Labels, wallSeconds: Double, peakMemoryBytes: UInt64) -> RunSummary {
        let digest = world.digest.hexadecimal
        let judged = verdicts()
        let counts = counts
        let metrics = world.metrics
        let expectations = otherExpectations(digest: digest, counts: counts, metrics: metrics)
        let isInterrupted = reachedNanoseconds < scenario.durationNanoseconds
        var summary = RunSummary(
            scenario: labels.scenarioPath, name: scenario.name, seed: scenario.seed, version: labels.version,
            digest: digest, simulatedSeconds: Double(reachedNanoseconds) / 1e9, wallSeconds: wallSeconds,
            events: world.eventCount, peakMemoryBytes: peakMemoryBytes, connections: world.connectionCount,
            messages: RunSummary.Messages(
                sent: counts.sent, acked: counts.acked, delivered: counts.delivered, failed: counts.failed,
                duplicatesSuppressed: counts.duplicatesSuppressed), invariants: judged, expectations: expectations,
            sometimes: scenario.expectations.sometimes.map { listed in
                let outcome = SituationOutcome(of: listed.situation, judged, metrics, counts)
                return RunSummary.Goal(
                    what: listed.situation.text, actual: outcome.actual, reached: outcome.isReached)
            },
            views: views(), latencyMilliseconds: latency(), hosts: hosts(),
            metrics: metrics.entries.map(summary(of:)), interrupted: isInterrupted,
            replay: labels.replay,
            passed: !isInterrupted && judged.allSatisfy(\.passed) && expectations.allSatisfy(\.passed))
        if world.connectionCount >= Self.manyConnections {
            let bytes = world.connectionBytes
            summary.connectionBytes = RunSummary.ConnectionBytes(tables: bytes.tables, devices: bytes.devices)
        }
        return summary
    }

    /// From this many connections on it matters what they take of the memory.
    private static let manyConnections = 100_000

    private func summary(of figure: Metrics.Entry) -> RunSummary.Metric {
        let seconds = Double(reachedNanoseconds) / 1e9
        let isSum = figure.definition.combination == .sum && reachedNanoseconds > 0
        return RunSummary.Metric(
            name: figure.definition.name, value: figure.value,
            perSecond: isSum ? Double(figure.value) / seconds : nil, unit: figure.definition.unit,
            meaning: figure.definition.meaning)
    }

    private var counts: MessageCounts { streamingJudge?.counts ?? record.counts }

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
        if streamingJudge != nil {
            if let latency = streamingJudge?.observe(observation) { streamedLatency.record(latency) }
        } else {
            record.observe(observation)
        }
        if recordsTrace { observations.append(observation) }
    }

    // MARK: Result

    /// What the run so far says about each invariant, in their order.
    public func verdicts() -> [RunSummary.Invariant] {
        let streamed = streamingJudge?.results(
            endNanoseconds: reachedNanoseconds, settleNanoseconds: scenario.settleNanoseconds)
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

    private func otherExpectations(
        digest: String, counts: MessageCounts, metrics: Metrics
    ) -> [RunSummary.Expectation] {
        var expectations: [RunSummary.Expectation] = []
        for view in scenario.expectations.views {
            let device = DeviceID(user: UserID(UInt32(view.user)), index: UInt8(view.device))
            let actual = record.view(of: device).map { names.name(of: $0.message) }
            expectations.append(
                RunSummary.Expectation(
                    what: "view of \(names.name(of: device))",
                    path: ["expect", "views", names.name(of: device)], expected: list(view.messages),
                    actual: list(actual),
                    passed: view.messages == actual))
        }
        for (name, count) in scenario.expectations.counts {
            let actual = counts[name]
            expectations.append(
                RunSummary.Expectation(
                    what: "messages \(name)", path: ["expect", "messages", name], expected: "\(count)",
                    actual: "\(actual)", passed: Int(count) == actual))
        }
        for expected in scenario.expectations.metrics {
            let actual = metrics[expected.name] ?? 0
            expectations.append(
                RunSummary.Expectation(
                    what: expected.name, path: ["expect", "metrics", expected.name], expected: expected.text,
                    actual: "\(actual)",
                    passed: (expected.atLeast...expected.atMost).contains(actual)))
        }
        if let pinned = scenario.expectations.digest {
            expectations.append(
                RunSummary.Expectation(
                    what: "digest", path: ["expect", "digest"], expected: pinned, actual: digest,
                    passed: pinned == digest))
        }
        return expectations
    }

    private func list(_ names: [String]) -> String { "[\(names.joined(separator: ", "))]" }

    private func views() -> [RunSummary.View] {
        scenario.users.indices.flatMap { user in
            scenario.users[user].devices.indices.map { index in
                let device = DeviceID(user: UserID(UInt32(user)), index: UInt8(index))
                return RunSummary.View(
                    device: names.name(of: device),
                    messages: record.view(of: device).map { names.name(of: $0.message) })
            }
        }
    }

    private func latency() -> RunSummary.Latency {
        var histogram = streamedLatency
        for nanoseconds in record.deliveryNanoseconds {
            histogram.record(nanoseconds)
        }
        func milliseconds(_ percentile: Double) -> Double? {
            histogram.percentile(percentile).map { Double($0) / 1e6 }
        }
        return RunSummary.Latency(
            p50: milliseconds(50), p90: milliseconds(90), p99: milliseconds(99), p999: milliseconds(99.9),
            max: milliseconds(100))
    }

    private func hosts() -> [RunSummary.Host] {
        let usage = world.hostUsage
        return ["load_balancer", "chat_server", "storage", "coordinator", "data_node", "cache", "object_store"]
            .compactMap { tier in
                let machines = usage.filter { ProcessNames.tier(of: world.processTable.role(of: $0.process)) == tier }
                guard !machines.isEmpty, reachedNanoseconds > 0 else { return nil }
                let cores = machines.reduce(0) { $0 + $1.cores }
                let busy = machines.reduce(0.0) { $0 + Double($1.busyNanoseconds) }
                let waited = machines.reduce(0.0) { $0 + Double($1.waitedNanoseconds) }
                let handled = machines.reduce(0.0) { $0 + Double($1.admittedCount) }
                return RunSummary.Host(
                    tier: tier, count: machines.count, utilisation: busy / (Double(cores) * Double(reachedNanoseconds)),
                    meanWaitMilliseconds: handled > 0 ? waited / handled / 1e6 : 0)
            }
    }
}
