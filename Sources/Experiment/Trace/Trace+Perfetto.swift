internal import Chat
public import Reporting
internal import Simulation
internal import World

extension Trace {
    /// The run for the viewer of Perfetto, as far as it is looked at and recorded.
    public func perfetto() -> PerfettoTrace {
        let places = recording.places(in: viewedNanoseconds)
        var builder = PageBuilder(self, places: Array(places), past: [])
        var slices: [PerfettoTrace.Slice] = []
        var sliceOf: [Int: Int] = [:]
        for place in places {
            guard let turn = recording.events[place].turn else { continue }
            sliceOf[place] = slices.count
            let event = builder.event(at: place)
            var details = event.notes.enumerated().map { (name: "note \($0.offset + 1)", value: $0.element.text) }
            if let waited = event.startNanoseconds.map({ $0 - event.timeNanoseconds }), waited > 0 {
                details.append(("waited for a core", StoryText.span(waited)))
            }
            slices.append(
                PerfettoTrace.Slice(
                    process: event.process, startNanoseconds: turn.startNanoseconds,
                    endNanoseconds: turn.finishNanoseconds, name: event.text, kind: .handling,
                    cause: recording.graph.cause(of: place).flatMap { sliceOf[$0] }, details: details))
        }
        for band in builder.bands(Assembly.configuration(of: scenario), end: viewedNanoseconds.upperBound) {
            for process in band.processes {
                slices.append(
                    PerfettoTrace.Slice(
                        process: process, startNanoseconds: band.startNanoseconds, endNanoseconds: band.endNanoseconds,
                        name: band.text, kind: .fault))
            }
        }
        return PerfettoTrace(
            about: about, processes: builder.processes.map { builder.pageProcess($0).name }, slices: slices)
    }
}
