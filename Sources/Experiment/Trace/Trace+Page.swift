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

/// Puts the events of a page into words.
struct PageBuilder {
    /// The places of the events in the recording, to their places on the page.
    let indexOf: [Int: Int]
    /// The processes of the page, from left to right.
    let processes: [UInt32]
    /// The messages that were come upon so far.
    private(set) var messages: [TracePage.Message] = []

    private let recording: RunRecording
    private let names: ScenarioNames
    private let past: Set<Int>
    private let columnOf: [UInt32: Int]
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

    /// The times in which something is wrong with the processes of the page.
    func bands(_ configuration: WorldConfiguration, end: UInt64) -> [TracePage.Band] {
        let table = recording.processTable
        var bands: [TracePage.Band] = []
        func add(_ processes: [UInt32], _ time: Range<UInt64>, _ kind: TracePage.Band.Kind, _ text: String) {
            let columns = processes.compactMap { columnOf[$0] }
            guard !columns.isEmpty, time.lowerBound < end else { return }
            bands.append(
                TracePage.Band(
                    processes: columns, startNanoseconds: time.lowerBound,
                    endNanoseconds: min(max(time.lowerBound, time.upperBound), end), kind: kind, text: text))
        }
        for crash in configuration.crashes {
            add(
                [table.process(of: crash.server)], crash.timeNanoseconds..<(crash.restartNanoseconds ?? end), .crash,
                "down")
        }
        for fault in configuration.hostFaults {
            guard let (until, text) = fault.kind.span else { continue }
            let time = fault.timeNanoseconds..<max(until, fault.timeNanoseconds)
            add([table.process(of: fault.server)], time, .machine, text)
        }
        for fault in configuration.linkFaults {
            let ranges = (fault.sources + fault.targets).map(table.processes(at:))
            let struck = processes.filter { process in ranges.contains { $0.contains(process) } }
            add(struck, fault.startNanoseconds..<fault.endNanoseconds, .network, fault.effect.name)
        }
        return bands
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

extension HostFault.Kind {
    /// Until when it lasts, in nanoseconds, and what it is; nothing of what is over at once.
    var span: (untilNanoseconds: UInt64, name: String)? {
        switch self {
        case .pause(let end): (end, "stands still")
        case .slow(let end, _): (end, "slow")
        case .slowDisk(let end, _): (end, "slow disk")
        case .fullDisk(let end): (end, "full disk")
        case .clockSet, .cachedWrites, .corruption: nil
        }
    }
}

extension LinkFault.Effect {
    /// What it is, in a word.
    var name: String {
        switch self {
        case .loss(let probability):
            probability == Probability(partsPerBillion: 1_000_000_000) ? "partition" : "loss"
        case .delay: "delay"
        case .hold: "clog"
        case .duplicate: "duplicates"
        case .detour: "reordering"
        }
    }
}
