internal import Simulation
internal import World

/// The events of a run, or the last of them, with what caused what.
struct RunRecording {
    /// The events in their total order.
    let events: [RecordedEvent]
    /// The same places in the graph of what came before what.
    let graph: CausalGraph
    /// Which process is what.
    let processTable: ProcessTable
    /// How many events there were before those that are kept.
    let forgottenCount: UInt64
    /// Up to when the run was recorded, in nanoseconds.
    let endNanoseconds: UInt64

    /// Puts a recording together.
    init(
        _ events: [RecordedEvent], processTable: ProcessTable, forgottenCount: UInt64, endNanoseconds: UInt64
    ) {
        self.events = events
        graph = CausalGraph(events.map(\.link))
        self.processTable = processTable
        self.forgottenCount = forgottenCount
        self.endNanoseconds = endNanoseconds
    }

    /// The places of the events that happened in a span of time.
    func places(in window: Range<UInt64>) -> Range<Int> {
        let first = firstPlace(atNanoseconds: window.lowerBound)
        return first..<max(first, firstPlace(atNanoseconds: window.upperBound))
    }

    /// When what an event caused left its process, in nanoseconds.
    func departureNanoseconds(of place: Int) -> UInt64 {
        events[place].turn?.finishNanoseconds ?? events[place].event.timeNanoseconds
    }

    /// The first event that does not happen before a time.
    private func firstPlace(atNanoseconds now: UInt64) -> Int {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].event.timeNanoseconds < now { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Records a run, slice by slice.
struct RunRecorder {
    private let world: World
    private let durationNanoseconds: UInt64
    private var events: [RecordedEvent] = []
    private var forgottenCount: UInt64 = 0
    private var reachedNanoseconds: UInt64 = 0

    /// How many events are kept at least, if there are so many; up to twice as many are for a while.
    static let keptCount = 500_000

    /// A recorder of a world that records its events.
    init(_ world: World, durationNanoseconds: UInt64) {
        self.world = world
        self.durationNanoseconds = durationNanoseconds
    }

    /// Runs up to a time, or until it is told to stop.
    mutating func run(before endNanoseconds: UInt64, shouldGoOn: (Experiment.Progress) -> Bool) {
        var slices = RunSlices(durationNanoseconds: endNanoseconds)
        while let limit = slices.next {
            world.run(before: limit)
            events += world.takeRecording()
            if events.count > 2 * Self.keptCount {
                forgottenCount += UInt64(events.count - Self.keptCount)
                events.removeFirst(events.count - Self.keptCount)
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
