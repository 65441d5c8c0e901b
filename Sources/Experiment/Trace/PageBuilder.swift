internal import Chat
internal import Invariants
internal import Reporting
internal import Simulation
internal import World

/// Puts the events of a page into words.
struct PageBuilder {
    /// The places of the events in the recording, to their places on the page.
    let indexOf: [Int: Int]
    /// The processes of the page, from left to right.
    let processes: [UInt32]
    /// The messages that were come upon so far.
    private(set) var messages: [TracePage.Message] = []

    let recording: RunRecording
    private let names: ScenarioNames
    private let past: Set<Int>
    /// The processes of the page, to their places on it.
    let columnOf: [UInt32: Int]
    private let recipientOf: [MessageID: String]
    private var messageIndex: [MessageID: Int] = [:]
    private let eventText: EventText
    private let entryText: EntryText
    private let observationText: ObservationText

    init(_ trace: Trace, places: [Int], past: Set<Int>) {
        recording = trace.recording
        names = trace.judged.names
        self.past = past
        indexOf = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($0.element, $0.offset) })
        let table = trace.recording.processTable
        var used: Set<UInt32> = []
        var recipients: [MessageID: String] = [:]
        for place in places {
            let recorded = trace.recording.events[place]
            used.formUnion([recorded.event.target, recorded.event.source])
            for case .lost(_, let target, _) in recorded.entries.map(\.kind) { used.insert(target) }
        }
        for case let sent in trace.recording.events.joinedObservations where sent.kind == .sent {
            recipients[sent.message] =
                sent.sequence > 0
                ? names.name(of: ThreadID(sent.sequence)) : names.name(of: sent.counterpart)
        }
        recipientOf = recipients
        processes = used.sorted {
            (ProcessNames.side(of: table.role(of: $0)), $0) < (ProcessNames.side(of: table.role(of: $1)), $1)
        }
        columnOf = Dictionary(uniqueKeysWithValues: processes.enumerated().map { ($0.element, $0.offset) })
        eventText = EventText(names: names, processTable: table)
        entryText = EntryText(names: names, processTable: table)
        observationText = ObservationText(names: names)
    }

    func pageProcess(_ process: UInt32) -> TracePage.Process {
        let role = recording.processTable.role(of: process)
        guard case .device(let device) = role else {
            return TracePage.Process(name: ProcessNames.name(of: role, names: names))
        }
        return TracePage.Process(name: names.name(of: device), user: names.name(of: device.user))
    }

    mutating func event(at place: Int) -> TracePage.Event {
        let recorded = recording.events[place]
        let event = recorded.event
        var subjects: [MessageID] = []
        var isLoud = false
        var kind = TracePage.Event.Kind.other
        switch event.meaning {
        case .message(let message):
            kind = .message
            isLoud = MessageText(names: names).text(of: message) != nil
            if let subject = message.subject { subjects.append(subject) }
        case .timer: kind = .timer
        case .other: break
        }
        var notes: [TracePage.Note] = []
        let role = recording.processTable.role(of: event.target)
        for observation in recorded.observations {
            guard let text = observationText.words(of: observation, by: role) else { continue }
            if observation.kind.isAboutMessage { subjects.append(observation.message) }
            isLoud = isLoud || observation.kind.isAboutMessage || observationText.ofDevice(observation) != nil
            let shown = observation.kind == .displayed ? index(of: observation.message) : nil
            notes.append(TracePage.Note(Self.kind(of: observation), text, message: shown))
        }
        for entry in recorded.entries {
            guard let text = entryText.words(of: entry) else { continue }
            if let lost = entry.lostMessage?.subject { subjects.append(lost) }
            isLoud = isLoud || isLoudEntry(entry)
            notes.append(
                TracePage.Note(
                    entry.kind == .restart ? .normal : .fault, text, towards: entry.lostTarget.flatMap { columnOf[$0] })
            )
        }
        var flags: TracePage.Event.Flags = recorded.entries.contains { $0.kind == .dropped } ? [.dropped] : []
        if !isLoud { flags.insert(.quiet) }
        if past.contains(place) { flags.insert(.past) }
        let cause = recording.graph.cause(of: place)
        return TracePage.Event(
            number: recording.forgottenCount + UInt64(place), timeNanoseconds: event.timeNanoseconds,
            process: columnOf[event.target] ?? 0, kind: kind, text: eventText.words(of: event),
            source: kind == .message ? columnOf[event.source] : nil,
            sentNanoseconds: kind == .message
                ? cause.map { min(event.timeNanoseconds, recording.departureNanoseconds(of: $0)) }
                    ?? event.timeNanoseconds : nil,
            startNanoseconds: recorded.turn?.startNanoseconds, finishNanoseconds: recorded.turn?.finishNanoseconds,
            cause: cause.flatMap { indexOf[$0] }, messages: unique(subjects).map { index(of: $0) }, notes: notes,
            flags: flags)
    }

    private mutating func index(of message: MessageID) -> Int {
        if let index = messageIndex[message] { return index }
        messageIndex[message] = messages.count
        messages.append(
            TracePage.Message(
                name: names.name(of: message), sender: names.name(of: message.sender),
                recipient: recipientOf[message] ?? ""))
        return messages.count - 1
    }

    private func isLoudEntry(_ entry: TraceEntry) -> Bool {
        switch entry.kind {
        case .lost(let message, _, _): MessageText(names: names).text(of: message) != nil
        case .dropped, .message: false
        default: true
        }
    }

    private func unique(_ messages: [MessageID]) -> [MessageID] {
        messages.enumerated().filter { !messages[..<$0.offset].contains($0.element) }.map(\.element)
    }

    private static func kind(of observation: Observation) -> TracePage.Note.Kind {
        switch observation.kind {
        case .displayed, .recentRead, .statusShown, .mediaFetched: .shown
        case .failed, .expired: .fault
        default: .normal
        }
    }
}

extension [RecordedEvent] {
    /// What was observed in all of them, in order.
    var joinedObservations: some Sequence<Observation> { lazy.flatMap(\.observations) }
}

extension TraceEntry {
    /// The process that a message did not reach, if one was lost.
    var lostTarget: UInt32? {
        if case .lost(_, let target, _) = kind { target } else { nil }
    }
}
