internal import Chat
internal import Invariants
internal import Language
internal import Reporting
public import Scenario
internal import Simulation
internal import World

/// A run of a scenario that is looked at event by event: what happened, and what led to it.
///
/// The scenario is run twice, which a deterministic run allows: once to judge it, at full speed and without keeping events, and once to
/// record what led to the moment that matters. Of a run that is too large to be kept whole, the record ends at that moment and has the
/// last of the events before it.
public struct Trace {
    /// Why a question about a run has no answer.
    public struct Failure: Error, CustomStringConvertible {
        /// What to do about it.
        public let description: String
    }

    /// A message that is asked about, and where.
    struct Question {
        let message: MessageID
        let name: String
        /// The devices that are asked about; all if there are none.
        let devices: [DeviceID]
    }

    let scenario: Scenario
    let labels: Experiment.Labels
    private(set) var judged: Experiment
    private(set) var recording: RunRecording
    private let options: Experiment.Options
    private let window: Range<UInt64>
    private var question: Question?

    /// Prepares to run a scenario.
    ///
    /// - Parameters:
    ///   - scenario: The scenario.
    ///   - labels: What the run is called.
    ///   - options: How to run it. What is recorded is run in one piece.
    ///   - window: From when to when the run is looked at, in nanoseconds; to its end if it goes on beyond that.
    /// - Throws: ``Experiment/SetupError``, as an experiment does, and if the run is not remembered.
    public init(
        _ scenario: Scenario, labels: Experiment.Labels, options: Experiment.Options = Experiment.Options(),
        window: Range<UInt64>? = nil
    ) throws {
        self.scenario = scenario
        self.labels = labels
        self.window = window ?? 0..<scenario.durationNanoseconds
        try Experiment.requireMemory(of: scenario)
        judged = try Experiment(scenario, options: options)
        self.options = options
        recording = RunRecording(
            [], processTable: judged.processTable, forgottenCount: 0, endNanoseconds: 0)
    }

    /// Runs the scenario, judges it and records it.
    ///
    /// - Parameters:
    ///   - message: The message that will be asked about, by name, if one will.
    ///   - place: The device or the user that will be asked about, by name; all devices if left out.
    ///   - shouldGoOn: Is told how far the runs have got, now and then, and says whether to go on. A run that is stopped is recorded
    ///     as far as it got.
    /// - Throws: ``Failure`` if there is no such message or no such device.
    public mutating func run(
        askingAbout message: String? = nil, on place: String? = nil,
        shouldGoOn: (Experiment.Progress) -> Bool = { _ in true }
    ) throws {
        let devices = try place.map(devices(named:)) ?? []
        judged.run(shouldGoOn: shouldGoOn)
        if let message { question = try ask(message, devices) }
        var whole = options
        (whole.partitionCount, whole.threadCount, whole.recordsTrace) = (1, 1, false)
        var recorder = RunRecorder(
            try Assembly.world(of: scenario, options: whole, recordsEvents: true),
            durationNanoseconds: scenario.durationNanoseconds)
        recorder.run(before: recordedEndNanoseconds, shouldGoOn: shouldGoOn)
        recording = recorder.recording
    }

    /// How the message that was asked about came to the devices that show it, or how far it got.
    public func why() -> String {
        guard let question else { return "" }
        let story = MessageStory(question.message, in: recording)
        let text = StoryText(recording, names: judged.names)
        // Its own device shows a message when it is sent; that needs no explanation unless it is asked for.
        let showings = story.showings.filter { showing in
            question.devices.isEmpty
                ? showing.device != question.message.device : question.devices.contains(showing.device)
        }
        guard showings.isEmpty else {
            return showings.map { text.way(of: story, to: $0) }.joined(separator: "\n")
        }
        let others = story.showings.map { judged.names.name(of: $0.device) }
        let places = question.devices.map { judged.names.name(of: $0) }
        return text.progress(of: story, on: places, shownBy: others)
    }

    /// Whether the message that was asked about was shown where it was asked about.
    public var isShown: Bool {
        guard let question else { return false }
        return judged.record.showings.contains { device, shown in
            shown.message == question.message
                && (question.devices.isEmpty ? device != question.message.device : question.devices.contains(device))
        }
    }

    // MARK: What is recorded

    /// The part of the run that is looked at, as far as it went.
    var viewedNanoseconds: Range<UInt64> {
        let end = max(window.lowerBound, min(window.upperBound, recording.endNanoseconds))
        return min(window.lowerBound, end)..<end
    }

    /// What the question is about, if one was asked.
    var asked: (message: MessageID, name: String)? { question.map { ($0.message, $0.name) } }

    /// Up to when the run is recorded: all of it if it can be kept, else up to the moment that matters.
    private var recordedEndNanoseconds: UInt64 {
        let end = min(window.upperBound, judged.reachedNanoseconds)
        guard judged.eventCount > UInt64(RunRecorder.keptCountDefault) else { return end }
        return min(end, (focusNanoseconds ?? end - 1) + 1)
    }

    /// The moment that matters: when what is asked about was last shown, else the first violation, else when anything was last shown.
    private var focusNanoseconds: UInt64? {
        let showings = judged.record.showings
        if let question {
            return showings.filter { $0.shown.message == question.message }.map(\.shown.timeNanoseconds).max()
        }
        return judged.firstViolation()?.violation.timeNanoseconds ?? showings.map(\.shown.timeNanoseconds).max()
    }

    // MARK: Names

    private func ask(_ name: String, _ devices: [DeviceID]) throws -> Question {
        let names = judged.names
        let seen = judged.record.messageIDs
        if let message = seen.first(where: { names.name(of: $0) == name }) {
            return Question(message: message, name: name, devices: devices)
        }
        if names.message(named: name) != nil {
            throw Failure(
                description: "the run ends at \(TimeText.seconds(judged.reachedNanoseconds)), before `\(name)` is sent")
        }
        let known = names.scriptedMessages + seen.prefix(Self.hintedMax).map { names.name(of: $0) }
        throw Failure(
            description: "no message is called `\(name)`\(NearestName.hint(for: name, among: Self.unique(known)))")
    }

    private func devices(named name: String) throws -> [DeviceID] {
        var known: [String] = []
        var devices: [DeviceID] = []
        for (number, user) in scenario.users.enumerated() {
            known.append(user.name)
            for index in user.devices.indices {
                let device = DeviceID(user: UserID(UInt32(number)), index: UInt8(index))
                known.append(judged.names.name(of: device))
                if name == user.name || name == known.last { devices.append(device) }
            }
        }
        guard devices.isEmpty else { return devices }
        throw Failure(
            description: "no device and no listed user is called `\(name)`\(NearestName.hint(for: name, among: known))")
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// How many messages of populations an error looks through for the one that was meant.
    private static let hintedMax = 10_000
}
