internal import Chat
internal import Invariants
public import Reporting
internal import Scenario
internal import Simulation
internal import World

extension Trace {
    /// How many events a page has, unless it is told otherwise.
    public static let pageEventsDefault = 5000

    /// The run as a page, as far as it is looked at.
    ///
    /// - Parameter eventsMax: How many events the page may have.
    public func page(eventsMax: Int = pageEventsDefault) -> TracePage {
        let focus = focus
        let (places, past) = selection(for: focus, countMax: eventsMax)
        var builder = PageBuilder(self, places: places, past: past)
        var events = places.map { builder.event(at: $0) }
        // A timer or a sync that sent a message which is shown is shown as well.
        for event in events where event.kind == .message && !event.flags.contains(.quiet) {
            if let cause = event.cause, events[cause].kind != .message { events[cause].flags.remove(.quiet) }
        }
        let viewedCount = recording.places(in: viewedNanoseconds).count
        return TracePage(
            name: scenario.name, about: about, reason: focus.reason, isViolated: focus.isViolation,
            extent: extent(places, viewedCount: viewedCount, focus: focus.place),
            opensPast: asked != nil || focus.isViolation || viewedCount > Self.openedWholeMax,
            focus: focus.place.flatMap { builder.indexOf[$0] }, total: judged.eventCount,
            processes: builder.processes.map(builder.pageProcess), messages: builder.messages, events: events,
            bands: builder.bands(Assembly.configuration(of: scenario), end: judged.reachedNanoseconds))
    }

    /// Which run it is.
    var about: String {
        "\(labels.scenarioPath)  seed \(scenario.seed)  digest \(judged.digest)  Confab \(labels.version)"
    }

    /// Up to how many events a page without a violation opens with all of them.
    private static let openedWholeMax = 2000

    /// How much of the run the page has, and how to see the rest.
    private func extent(_ places: [Int], viewedCount: Int, focus: Int?) -> String {
        let total = judged.eventCount
        let count = NumberText.grouped(UInt64(places.count))
        guard UInt64(places.count) < total, let first = places.first, let last = places.last else {
            return "All \(count) events of the run are on this page."
        }
        let start = recording.events[first].event.timeNanoseconds
        let end = recording.events[last].event.timeNanoseconds + 1
        var text = "\(count) of the run's \(NumberText.grouped(total)) events are on this page"
        if viewedCount > places.count {
            text +=
                ": what led to what it is about, then what happened before it, the latest first, as many as a page may have (--limit)"
        }
        text +=
            ", from \(TimeText.seconds(start)) to \(TimeText.seconds(end)). For all of a time: \(labels.replay) --html FILE"
        let moment = focus.map { recording.events[$0].event.timeNanoseconds } ?? start
        let second: UInt64 = 1_000_000_000
        return text + " --from \(Self.duration(moment - min(moment, second))) --to \(Self.duration(moment + second))"
    }

    /// A time as the command line takes it.
    private static func duration(_ nanoseconds: UInt64) -> String {
        TimeText.seconds(nanoseconds).filter { $0 != " " }
    }
}
