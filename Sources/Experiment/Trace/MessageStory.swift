internal import Chat
internal import Simulation
internal import World

/// What happened to one message in a recorded run, and by which way it came to where it was shown.
///
/// The way follows what caused what. Where the chain of causes leads away from the message - a poll brings it that nobody sent because of
/// it, a sync that was begun for another one - the way goes on from where the process that answered had last to do with the message.
struct MessageStory {
    /// An event on the way.
    struct Step: Equatable {
        let place: Int
        /// Whether the event before it on the way caused it; else its process knew of the message since then, and something else set it off.
        let isCaused: Bool
    }

    private let recording: RunRecording
    let message: MessageID
    /// Of each process the events in which it had to do with the message, by place.
    private let placesOf: [UInt32: [Int]]
    /// The events that have to do with the message: that bring it or an answer about it, that send one, or in which something was observed of
    /// it or lost; in order.
    let places: [Int]

    init(_ message: MessageID, in recording: RunRecording) {
        self.recording = recording
        self.message = message
        var isAbout = Array(repeating: false, count: recording.events.count)
        for (place, recorded) in recording.events.enumerated() {
            if Self.brings(message, recorded) {
                isAbout[place] = true
                if let cause = recording.graph.cause(of: place) { isAbout[cause] = true }
            } else if recorded.observations.contains(where: { $0.message == message && $0.kind.isAboutMessage })
                || recorded.entries.contains(where: { $0.lostMessage?.subject == message })
            {
                isAbout[place] = true
            }
        }
        places = isAbout.indices.filter { isAbout[$0] }
        placesOf = Dictionary(grouping: places) { recording.events[$0].event.target }
    }

    /// The events in which a device showed the message.
    var showings: [(place: Int, device: DeviceID)] {
        places.flatMap { place in
            recording.events[place].observations
                .filter { $0.kind == .displayed && $0.message == message }.map { (place, $0.device) }
        }
    }

    /// The way on which the message came to an event, from its beginning.
    func way(to place: Int) -> [Step] {
        var steps: [Step] = []
        var place = place
        while true {
            let precedent = isBeginning(place) ? nil : precedent(of: place)
            guard let precedent else {
                steps.append(Step(place: place, isCaused: true))
                return steps.reversed()
            }
            // From the latest to the earliest: each step knows how it follows the one before it.
            for (place, isCaused) in precedent.way { steps.append(Step(place: place, isCaused: isCaused)) }
            place = precedent.place
        }
    }

    private func isBeginning(_ place: Int) -> Bool {
        recording.events[place].observations.contains { $0.kind == .sent && $0.message == message }
    }

    private static func brings(_ message: MessageID, _ recorded: RecordedEvent) -> Bool {
        guard case .message(let wire) = recorded.event.meaning else { return false }
        return wire.subject == message
    }

    /// The event from which an event follows and that has to do with the message, and the events between, the given one first, each with
    /// whether the one before caused it.
    ///
    /// It is the first such event on the chain of causes, or the last of the same process if that is later. If the chain has none, the first
    /// process on it that knew of the message is where it came from.
    private func precedent(of start: Int) -> (place: Int, way: [(place: Int, isCaused: Bool)])? {
        // Without what brings the message itself, the process that answered must have known of it.
        let known = Self.brings(message, recording.events[start]) ? nil : lastPlace(onProcessOf: start)
        let chain = recording.graph.causes(of: start)
        let caused = chain.indices.dropFirst().first { isAbout(chain[$0]) }
        if let caused, chain[caused] >= known ?? -1 {
            return (chain[caused], chain[..<caused].map { ($0, true) })
        }
        if let known { return (known, [(start, false)]) }
        for index in chain.indices.dropFirst() {
            guard let known = lastPlace(onProcessOf: chain[index]) else { continue }
            return (known, chain[..<index].map { ($0, true) } + [(chain[index], false)])
        }
        return nil
    }

    /// The last event before another that happened to the same process and has to do with the message.
    private func lastPlace(onProcessOf place: Int) -> Int? {
        let places = placesOf[recording.events[place].event.target] ?? []
        let end = Self.firstIndex(in: places, notBefore: place)
        return end > 0 ? places[end - 1] : nil
    }

    private func isAbout(_ place: Int) -> Bool {
        let index = Self.firstIndex(in: places, notBefore: place)
        return index < places.count && places[index] == place
    }

    private static func firstIndex(in places: [Int], notBefore place: Int) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension TraceEntry {
    /// The message that was lost on the way, if one was.
    var lostMessage: WireMessage? {
        if case .lost(let message, _, _) = kind { message } else { nil }
    }
}

extension Observation.Kind {
    /// Whether the field of the message names one.
    var isAboutMessage: Bool {
        switch self {
        case .sent, .acknowledged, .failed, .displayed, .assigned, .logged, .stored, .duplicateSuppressed, .placed,
            .failedLogged, .ownerWrote, .cacheConfirmed, .pageRow, .recentMessage, .recentConversation, .mediaFetched:
            true
        case .connected, .disconnected, .held, .expired, .cameOnline, .wentOffline, .statusShown, .statusHidden,
            .shardMoved, .readable, .shardCopy, .messageWalkBegan, .conversationWalkBegan, .pageWalkEnded,
            .connectionsAtLimit, .ownerTook, .recentAsked, .recentRead, .memberSince, .memberUpTo, .heldForThread,
            .mediaHeld, .kept:
            false
        }
    }
}
