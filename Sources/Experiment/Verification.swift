public import Reporting
public import Scenario
internal import Simulation
internal import World

/// Two runs of one scenario, cut into other partitions and run by other threads, side by side. They must do the same; if they do
/// not, the first event that differs is named, with what caused it.
public struct Verification {
    /// How one of the runs is run.
    public struct Way: Hashable, Sendable {
        /// Into how many partitions the world is cut.
        public let partitionCount: UInt32
        /// How many threads run them.
        public let threadCount: Int

        /// Puts a way together.
        public init(partitionCount: UInt32, threadCount: Int) {
            self.partitionCount = partitionCount
            self.threadCount = threadCount
        }
    }

    private struct Side {
        let way: Way
        let world: World
        var history = EventHistory(countMax: Verification.keptEventCount)
    }

    private let scenario: Scenario
    private var left: Side
    private var right: Side
    private var reachedNanoseconds: UInt64 = 0

    /// How many events of each run are kept, in order to tell what caused what.
    private static let keptEventCount = 1_000_000
    private static let causeCountMax = 8

    /// Builds both worlds.
    ///
    /// - Throws: ``Experiment/SetupError`` if the world cannot be cut as asked.
    public init(_ scenario: Scenario, _ first: Way, _ second: Way) throws {
        try self.init(scenario, first, scenario, second)
    }

    /// Builds two worlds that need not be the same.
    init(_ scenario: Scenario, _ first: Way, _ other: Scenario, _ second: Way) throws {
        self.scenario = scenario
        func side(_ scenario: Scenario, _ way: Way) throws -> Side {
            let options = Experiment.Options(
                partitionCount: way.partitionCount, threadCount: way.threadCount, recordsTrace: false)
            return Side(way: way, world: try Assembly.world(of: scenario, options: options, logsEvents: true))
        }
        left = try side(scenario, first)
        right = try side(other, second)
    }

    /// Runs both until they end, differ, or are told to stop.
    ///
    /// - Parameter shouldGoOn: Is told how far the runs have got, now and then, and says whether to go on.
    public mutating func run(shouldGoOn: (Experiment.Progress) -> Bool = { _ in true }) -> VerificationReport {
        let duration = scenario.durationNanoseconds
        var slices = RunSlices(durationNanoseconds: duration)
        while let limit = slices.next {
            for side in [left, right] { side.world.run(before: limit) }
            left.history.append(left.world.takeEventLog())
            right.history.append(right.world.takeEventLog())
            reachedNanoseconds = limit
            slices.reached(limit, eventCount: left.world.eventCount)
            if left.world.digest != right.world.digest { return report(difference: difference()) }
            let progress = Experiment.Progress(
                simulatedNanoseconds: limit, durationNanoseconds: duration, eventCount: left.world.eventCount)
            if limit < duration, !shouldGoOn(progress) { break }
        }
        return report(difference: [])
    }

    private func report(difference: [String]) -> VerificationReport {
        VerificationReport(
            seed: scenario.seed, simulatedSeconds: Double(reachedNanoseconds) / 1e9,
            isInterrupted: difference.isEmpty && reachedNanoseconds < scenario.durationNanoseconds,
            runs: [left, right].map { side in
                VerificationReport.Run(
                    partitions: side.way.partitionCount, threads: side.way.threadCount, events: side.world.eventCount,
                    digest: side.world.digest.hexadecimal)
            }, firstDifference: difference)
    }

    /// The first event that differs, in words, and what caused it.
    private func difference() -> [String] {
        guard let place = EventHistory.firstDifference(left.history, right.history) else {
            return ["the digests differ, but the events that are still kept are the same: they began to differ earlier"]
        }
        return lines(of: left, differingAt: place) + lines(of: right, differingAt: place)
    }

    private func lines(of side: Side, differingAt place: Int) -> [String] {
        let way = VerificationReport.text(partitions: side.way.partitionCount, threads: side.way.threadCount)
        guard place < side.history.events.count else { return ["\(way): nothing more happens"] }
        let text = EventText(names: ScenarioNames(scenario), processTable: side.world.processTable)
        let chain = side.history.causes(of: place, countMax: Self.causeCountMax)
        return ["\(way): \(text.line(side.history.events[chain[0]]))"]
            + chain.dropFirst().map { "    caused by \(text.line(side.history.events[$0]))" }
    }
}
