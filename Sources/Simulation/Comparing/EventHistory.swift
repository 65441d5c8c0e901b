/// Events of a run in their total order, as far back as they are kept, and what caused them.
public struct EventHistory {
    /// The events.
    public private(set) var events: [HandledEvent] = []
    private let countMax: Int

    /// A history that keeps up to about so many events.
    public init(countMax: Int) {
        self.countMax = countMax
    }

    /// Appends what happened since, in any order.
    ///
    /// - Precondition: Nothing of it comes before what was appended earlier.
    public mutating func append(_ more: [HandledEvent]) {
        events += more.sorted { $0.event.precedes($1.event) }
        if events.count > 2 * countMax { events.removeFirst(events.count - countMax) }
    }

    /// The place of the event whose handling caused an event; nothing if it came from the set-up of the model or is not kept.
    ///
    /// - Complexity: O(n).
    public func cause(of place: Int) -> Int? {
        let event = events[place].event
        // The last event of the source that it handled before it had caused more than this one.
        return events[..<place].lastIndex { $0.event.target == event.source && $0.causedBefore <= event.ordinal }
    }

    /// The place of an event, of what caused it, of what caused that, and so on.
    public func causes(of place: Int, countMax: Int) -> [Int] {
        var chain = [place]
        while chain.count < countMax, let cause = cause(of: chain[chain.count - 1]) { chain.append(cause) }
        return chain
    }

    /// The first place at which two histories differ; nothing if they are the same. At that place one of them may have ended.
    public static func firstDifference(_ left: EventHistory, _ right: EventHistory) -> Int? {
        let common = zip(left.events, right.events)
        let place = common.enumerated().first { $0.element.0 != $0.element.1 }?.offset
        return place ?? (left.events.count == right.events.count ? nil : min(left.events.count, right.events.count))
    }
}
