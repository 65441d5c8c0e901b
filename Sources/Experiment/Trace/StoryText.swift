internal import Chat
internal import Invariants
internal import Reporting
internal import Simulation
internal import World

/// The story of a message as lines for people to read.
struct StoryText {
    private let recording: RunRecording
    private let names: ScenarioNames
    private let words: EventText

    /// How many events of a message that nobody shows are listed.
    private static let listedMax = 60

    init(_ recording: RunRecording, names: ScenarioNames) {
        self.recording = recording
        self.names = names
        words = EventText(names: names, processTable: recording.processTable)
    }

    /// How a message came to the place where a device showed it.
    func way(of story: MessageStory, to showing: (place: Int, device: DeviceID)) -> String {
        let steps = story.way(to: showing.place)
        let shown = recording.departureNanoseconds(of: showing.place)
        var title =
            "\(names.name(of: story.message)) on \(names.name(of: showing.device)): shown at \(TimeText.seconds(shown))"
        if let first = steps.first, recording.events[first.place].sends(story.message) {
            let sent = recording.departureNanoseconds(of: first.place)
            title += ", \(Self.span(shown - sent)) after \(names.name(of: story.message.device)) sent it"
        } else if recording.forgottenCount > 0 {
            title += "; how it began is no longer known"
        }
        var rows: [[String]] = []
        for (index, step) in steps.enumerated() {
            rows.append(row(step, of: story.message, after: index > 0 ? steps[index - 1].place : nil))
        }
        return title + "\n\n" + Self.table(rows)
    }

    /// What became of a message that is not shown where it was asked for.
    ///
    /// - Parameters:
    ///   - places: The devices that were asked for; all if there are none.
    ///   - others: The devices that do show it.
    func progress(of story: MessageStory, on places: [String], shownBy others: [String]) -> String {
        var rows = story.places.prefix(Self.listedMax).map {
            row(MessageStory.Step(place: $0, isCaused: true), of: story.message, after: nil)
        }
        if story.places.count > Self.listedMax {
            rows.append(["", "", "", "and \(story.places.count - Self.listedMax) events more"])
        }
        let name = names.name(of: story.message)
        let subject =
            places.isEmpty
            ? "no device shows \(name) but that of its sender"
            : "\(places.joined(separator: ", ")) \(places.count == 1 ? "does" : "do") not show \(name)"
                + (others.isEmpty ? "" : ", but \(others.joined(separator: ", ")) \(others.count == 1 ? "does" : "do")")
        return "\(subject); this is how far it got:\n\n" + Self.table(rows)
    }

    private func row(_ step: MessageStory.Step, of message: MessageID, after earlier: Int?) -> [String] {
        let recorded = recording.events[step.place]
        let event = recorded.event
        var text = words.words(of: event)
        if case .message = event.meaning { text += " arrives from \(words.name(event.source, event.sourcePort))" }
        let details = notes(recorded, of: message)
        // What the user sees tells more than the bare act behind it.
        if case .other = event.meaning, !details.isEmpty { text = "" }
        text = ([text] + details).filter { !$0.isEmpty }.joined(separator: "; ")
        guard let earlier else {
            return [TimeText.microseconds(event.timeNanoseconds), "", words.name(event.target, event.targetPort), text]
        }
        let passed = event.timeNanoseconds - min(event.timeNanoseconds, recording.events[earlier].event.timeNanoseconds)
        return [
            TimeText.microseconds(event.timeNanoseconds), "+ \(Self.span(passed))",
            words.name(event.target, event.targetPort), text + wait(step, after: earlier),
        ]
    }

    /// Where the time between two events went, if it is not all in one place.
    private func wait(_ step: MessageStory.Step, after earlier: Int) -> String {
        let event = recording.events[step.place].event
        guard step.isCaused else {
            return
                " (known there for \(Self.span(event.timeNanoseconds - recording.events[earlier].event.timeNanoseconds)))"
        }
        guard case .message = event.meaning else { return "" }
        let departure = recording.departureNanoseconds(of: earlier)
        let held = departure - recording.events[earlier].event.timeNanoseconds
        guard held > 0, departure <= event.timeNanoseconds else { return "" }
        return " (\(Self.span(held)) handled there, \(Self.span(event.timeNanoseconds - departure)) under way)"
    }

    /// What an event led to at its process that may have to do with a message, in words.
    private func notes(_ recorded: RecordedEvent, of message: MessageID) -> [String] {
        let observed = recorded.observations.filter { $0.kind.isAboutMessage && $0.message == message }
        let entries = recorded.entries.filter { $0.lostMessage.map { $0.subject ?? message } ?? message == message }
        let text = EntryText(names: names, processTable: recording.processTable)
        let process = recording.processTable.role(of: recorded.event.target)
        return observed.compactMap { ObservationText(names: names).words(of: $0, by: process) }
            + entries.compactMap(text.words(of:))
    }

    /// A span of virtual time: milliseconds, or seconds if it is long, with three decimals.
    static func span(_ nanoseconds: UInt64) -> String {
        nanoseconds < 10_000_000_000
            ? "\(NumberText.decimal(Double(nanoseconds) / 1e6, decimals: 3)) ms"
            : "\(NumberText.decimal(Double(nanoseconds) / 1e9, decimals: 3)) s"
    }

    /// Rows of four columns under one another: the second one is aligned on the right, the last one ends where it ends.
    private static func table(_ rows: [[String]]) -> String {
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        func blanks(_ text: String, _ column: Int) -> String {
            String(repeating: " ", count: widths[column] - text.count)
        }
        return rows.map { row in
            let line =
                "  \(blanks(row[0], 0))\(row[0])  \(blanks(row[1], 1))\(row[1])  \(row[2])\(blanks(row[2], 2))  \(row[3])"
            return TerminalStyle.sanitised(line) + "\n"
        }.joined()
    }
}

extension RecordedEvent {
    /// Whether the user sent a message in it.
    func sends(_ message: MessageID) -> Bool {
        observations.contains { $0.kind == .sent && $0.message == message }
    }
}
