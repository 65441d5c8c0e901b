internal import Experiment
internal import Scenario
internal import World

/// Measures on this machine what the component code takes for what servers handle, in small worlds that exercise every tier.
///
/// A world does the same in every run. So each event is timed in several runs, and what counts is the median of its times: an interruption by
/// the machine strikes one run, the work of the component is in all.
public struct Calibration {
    /// How far it has got.
    public struct Progress: Sendable {
        /// Which round over all worlds it is, from zero; the first one warms up.
        public let round: Int
        /// How many worlds were run in it.
        public let worldsDone: Int
        /// How many there are.
        public let worldCount: Int
    }

    /// A kind of which fewer are handled in a round is not measured well.
    static let countMin = 20
    /// There are at least so many rounds after the first, whatever time they take, and at most so many whatever time is left.
    static let rounds = 3...25

    private let worlds: [(world: CalibrationWorld, scenario: Scenario)]
    private let readNanoseconds: @Sendable () -> UInt64

    /// Prepares the worlds.
    ///
    /// - Parameters:
    ///   - size: How large they are; at 100 a round handles about a million events.
    ///   - readNanoseconds: The clock to measure by, which never runs backwards, in nanoseconds.
    public init(
        size: Int = 100, readNanoseconds: @escaping @Sendable () -> UInt64 = { MachineClock.nanoseconds }
    ) throws {
        worlds = try CalibrationWorld.all(size: size).map { ($0, try $0.scenario()) }
        self.readNanoseconds = readNanoseconds
    }

    /// Runs all worlds again and again.
    ///
    /// - Parameters:
    ///   - nanoseconds: After how long to begin no further round, by the clock.
    ///   - shouldGoOn: Is told how far it has got, and says whether to go on.
    /// - Returns: Nothing if it was told to stop.
    public func run(
        forNanoseconds nanoseconds: UInt64, shouldGoOn: (Progress) -> Bool = { _ in true }
    ) throws -> CalibrationResult? {
        var repeated: [RepeatedSamples?] = worlds.map { _ in nil }
        let start = readNanoseconds()
        var roundNanoseconds: UInt64 = 0
        var round = 0
        while round <= Self.rounds.lowerBound
            || round <= Self.rounds.upperBound && readNanoseconds() - start + roundNanoseconds <= nanoseconds
        {
            let roundStart = readNanoseconds()
            for (number, world) in worlds.enumerated() {
                let samples = try MeteredRun(world.scenario, readNanoseconds: readNanoseconds).run()
                // The first round warms up the machine: caches, memory, the speed of the processor.
                if round == 1 { repeated[number] = RepeatedSamples(samples) }
                if round > 1 { repeated[number]?.add(samples) }
                let progress = Progress(round: round, worldsDone: number + 1, worldCount: worlds.count)
                guard shouldGoOn(progress) else { return nil }
            }
            roundNanoseconds = readNanoseconds() - roundStart
            round += 1
        }
        let took = readNanoseconds() - start
        return CalibrationResult(
            of: repeated.compactMap(\.self).map { $0.grouped() }, in: worlds.map(\.scenario), roundCount: round - 1,
            clockNanoseconds: clockNanoseconds(), tookNanoseconds: took)
    }

    /// What it takes to read the clock: the mean of the middle half of many times between two readings, in nanoseconds.
    func clockNanoseconds() -> Double {
        let count = 20_000
        let steps = (0..<count).map { _ in
            let before = readNanoseconds()
            return readNanoseconds() - before
        }.sorted()[count / 4..<count * 3 / 4]
        return Double(steps.reduce(0, +)) / Double(steps.count)
    }
}
