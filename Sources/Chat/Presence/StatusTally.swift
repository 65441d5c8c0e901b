/// The statuses that reach devices which do not keep them. These are figures for people; nothing depends on them.
struct StatusTally: Sendable {
    private var online: UInt64 = 0
    private var offline: UInt64 = 0
    private var answers: UInt64 = 0
    private var answered: UInt64 = 0

    /// Counts a message to a device, with the words that came with it.
    mutating func count(_ message: PresenceMessage, _ attachment: UnsafeBufferPointer<UInt64>) {
        switch message {
        case .status(_, isOnline: true): online += 1
        case .status(_, isOnline: false): offline += 1
        case .statuses:
            answers += 1
            answered += UInt64(StatusWords.knownCount(in: attachment))
        case .pull, .query, .answer, .changed: preconditionFailure("a device is never sent \(message)")
        }
    }

    /// Reports the figures.
    func report(into metrics: inout Metrics) {
        func record(_ name: String, _ unit: String, _ meaning: String, _ value: UInt64) {
            metrics.record(MetricDefinition("presence.received.\(name)", unit: unit, meaning), value)
        }
        record("online", "statuses", "Friends who devices were told had come online.", online)
        record("offline", "statuses", "Friends who devices were told had gone offline.", offline)
        record("answers", "messages", "Answers to questions of devices who is online.", answers)
        record("answered", "statuses", "Statuses in those answers.", answered)
    }
}
