internal import Chat
internal import Invariants
internal import Simulation
internal import World

/// What a look at a run is about, and what led to it.
struct TraceFocus {
    /// The event in which it became visible; nothing if nothing happened.
    let place: Int?
    /// The events that it consists of.
    let seeds: [Int]
    /// The messages that it is about.
    let messages: [MessageID]
    /// What it is, in a sentence.
    let reason: String
    /// Whether it is a violation.
    let isViolation: Bool
}

extension Trace {
    /// What the question is about, else the first violation, else what was shown last; of the part of the run that is looked at.
    var focus: TraceFocus {
        let viewed = recording.places(in: viewedNanoseconds)
        if let asked {
            let shown = showings(of: asked.message).filter(viewed.contains)
            let story = MessageStory(asked.message, in: recording).places.filter(viewed.contains)
            return TraceFocus(
                place: shown.first ?? story.last, seeds: shown.isEmpty ? story : shown, messages: [asked.message],
                reason: shown.isEmpty ? "How far \(asked.name) got." : "What led to \(asked.name) being shown.",
                isViolation: false)
        }
        if let (invariant, violation) = judged.firstViolation() {
            let moment = violation.timeNanoseconds
            let seeds = (violation.messages.flatMap(showings(of:)) + [place(at: moment)].compactMap(\.self))
                .filter { viewed.contains($0) && recording.events[$0].event.timeNanoseconds <= moment }
            return TraceFocus(
                place: place(at: moment).flatMap { viewed.contains($0) ? $0 : nil }, seeds: seeds,
                messages: violation.messages, reason: "\(invariant.rawValue) is violated: \(violation.sentence)",
                isViolation: true)
        }
        let last = viewed.last { recording.events[$0].observations.contains { $0.kind == .displayed } }
        guard let last, let shown = recording.events[last].observations.last(where: { $0.kind == .displayed }) else {
            return TraceFocus(
                place: nil, seeds: viewed.last.map { [$0] } ?? [], messages: [],
                reason: "No invariant is violated, and no device shows a message.", isViolation: false)
        }
        let name = judged.names.name(of: shown.message)
        return TraceFocus(
            place: last, seeds: [last], messages: [shown.message],
            reason:
                "No invariant is violated. The last message shown is \(name), on \(judged.names.name(of: shown.device)).",
            isViolation: false)
    }

    private func showings(of message: MessageID) -> [Int] {
        recording.events.indices.filter { place in
            recording.events[place].observations.contains { $0.kind == .displayed && $0.message == message }
        }
    }

    /// The event of a moment: the last one in which something was observed then, else the last one that is not later.
    private func place(at moment: UInt64) -> Int? {
        let before = recording.places(in: 0..<moment + 1)
        return before.last { recording.events[$0].observations.contains { $0.timeNanoseconds == moment } }
            ?? before.last
    }

    /// Which events a page has of those that are looked at, and which of them are of the past of what it is about.
    ///
    /// If there are more than a page may have: first what has to do with the messages in question and the chains of causes that
    /// led to the seeds, then the rest of the past, then what happened before the focus or else after it; of each the latest first.
    ///
    /// - Returns: Both in order.
    func selection(for focus: TraceFocus, countMax: Int) -> (all: [Int], past: Set<Int>) {
        let viewed = recording.places(in: viewedNanoseconds)
        let past = recording.graph.past(of: focus.seeds).filter(viewed.contains)
        guard viewed.count > countMax else { return (Array(viewed), Set(past)) }
        var chosen: Set<Int> = []
        func choose(_ places: some Collection<Int>) {
            for place in places where chosen.count < countMax { chosen.insert(place) }
        }
        let end = focus.place ?? viewed.last ?? 0
        let stories = focus.messages.flatMap { MessageStory($0, in: recording).places }
        let chains = focus.seeds.flatMap { recording.graph.causes(of: $0) }
        choose(Set(stories + chains).filter { viewed.contains($0) && $0 <= end }.sorted(by: >))
        choose(past.reversed())
        choose(viewed.prefix { $0 <= end }.reversed())
        choose(viewed.drop { $0 <= end })
        return (chosen.sorted(), Set(past).intersection(chosen))
    }
}
