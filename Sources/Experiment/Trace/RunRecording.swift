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
