internal import World

/// Records a run, slice by slice.
struct RunRecorder {
    private let world: World
    private let durationNanoseconds: UInt64
    private var events: [RecordedEvent] = []
    private var forgottenCount: UInt64 = 0
    private var reachedNanoseconds: UInt64 = 0

    private let keptCount: Int

    /// How many events are kept at least, if there are so many, unless it is told otherwise.
    static let keptCountDefault = 500_000

    /// A recorder of a world that records its events.
    ///
    /// - Parameters:
    ///   - world: The world.
    ///   - durationNanoseconds: How long the run is, as progress is told.
    ///   - keptCount: How many of the last events are kept at least, if there are so many; up to twice as many are for a while.
    init(_ world: World, durationNanoseconds: UInt64, keptCount: Int = keptCountDefault) {
        self.world = world
        self.durationNanoseconds = durationNanoseconds
        self.keptCount = keptCount
    }

    /// Runs up to a time, or until it is told to stop.
    mutating func run(before endNanoseconds: UInt64, shouldGoOn: (Experiment.Progress) -> Bool) {
        var slices = RunSlices(durationNanoseconds: endNanoseconds)
        while let limit = slices.next {
            world.run(before: limit)
            events += world.takeRecording()
            if events.count > 2 * keptCount {
                forgottenCount += UInt64(events.count - keptCount)
                events.removeFirst(events.count - keptCount)
            }
            reachedNanoseconds = limit
            slices.reached(limit, eventCount: world.eventCount)
            let progress = Experiment.Progress(
                simulatedNanoseconds: limit, durationNanoseconds: durationNanoseconds, eventCount: world.eventCount)
            if limit < endNanoseconds, !shouldGoOn(progress) { break }
        }
    }

    /// What was recorded.
    var recording: RunRecording {
        RunRecording(
            events, processTable: world.processTable, forgottenCount: forgottenCount,
            endNanoseconds: reachedNanoseconds)
    }
}
