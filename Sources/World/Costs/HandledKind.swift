internal import Chat

/// A kind of what a server handles: a kind of message, a timer, or the word that its disk is done.
public struct HandledKind: Hashable, Sendable {
    /// The number among the kinds of events of a world; that of the first for timers, which have several.
    public let number: UInt16
    /// The name for people: that of `MessageKind`, or `timer`, `log_synced` or `file_written`.
    public let name: String

    /// All kinds: those of messages by their numbers on the wire, then the others.
    public static let all: [HandledKind] =
        MessageKind.all.map { HandledKind(number: $0.rawValue, name: $0.name) } + [timer, logSynced, fileWritten]

    /// A timer of a component, whichever it is.
    static let timer = HandledKind(number: EventKind.timerBase, name: "timer")
    /// A sync of the log is done.
    static let logSynced = HandledKind(number: EventKind.synced, name: "log_synced")
    /// Files were read or written.
    static let fileWritten = HandledKind(number: EventKind.written, name: "file_written")

    private init(number: UInt16, name: String) {
        self.number = number
        self.name = name
    }

    /// The kind of that name.
    public init?(name: String) {
        guard let kind = Self.byName[name] else { return nil }
        self = kind
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The number of the kind that an event of a number is of; nothing for what no component handles, or what only begins or ends its life.
    static func number(ofEventKind kind: UInt16) -> UInt16? {
        if EventKind.isMessage(kind) { return kind }
        if kind < EventKind.synced { return EventKind.timerBase }
        return kind == EventKind.synced || kind == EventKind.written ? kind : nil
    }

    /// The greatest number that an event of a world has.
    static let eventKindMax: UInt16 = max(EventKind.readRecent, all.map(\.number).max() ?? 0)
}
