public import Chat
public import Simulation

/// An event, and all that its process did in answer but for the events that this caused: they are events of their own, and
/// ``causedBefore`` tells which.
public struct RecordedEvent: Sendable {
    /// The event.
    public let event: Event
    /// How many events its target had caused before: those that it caused in answer are numbered from here.
    public let causedBefore: UInt64
    /// When the handler started and when its effects left; nothing if the event found its process down or died with it.
    public internal(set) var turn: (startNanoseconds: UInt64, finishNanoseconds: UInt64)?
    /// What it did to the process, and what was lost on the way: all that the trace says of it but for messages that arrive.
    public internal(set) var entries: [TraceEntry] = []
    /// What the component observed meanwhile.
    public internal(set) var observations: [Observation] = []

    /// Where the event is in the graph of all.
    public var link: CausalGraph.Link { CausalGraph.Link(event, causedBefore: causedBefore) }
}

/// Keeps every event of a partition with what was done in answer.
struct EventRecorder {
    private(set) var events: [RecordedEvent] = []
    private var current: RecordedEvent?

    mutating func begin(_ event: Event, causedBefore: UInt64) {
        current = RecordedEvent(event: event, causedBefore: causedBefore)
    }

    mutating func admitted(startNanoseconds: UInt64, finishNanoseconds: UInt64) {
        current?.turn = (startNanoseconds, finishNanoseconds)
    }

    /// Notes what a component observed. What it reports unasked, at the end of a run, belongs to no event.
    mutating func append(_ observation: Observation) {
        current?.observations.append(observation)
    }

    /// The event was handled; the trace has had these entries meanwhile.
    mutating func end(_ entries: ArraySlice<TraceEntry>) {
        guard var done = current else { return }
        done.entries = entries.filter { if case .message = $0.kind { false } else { true } }
        events.append(done)
        current = nil
    }

    /// Takes out the events so far.
    mutating func take() -> [RecordedEvent] {
        defer { events.removeAll(keepingCapacity: true) }
        return events
    }
}
