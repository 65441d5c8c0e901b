internal import Foundation

/// A run, or a part of it, as a page that shows it in a browser: one file, which asks the network for nothing.
///
/// Whatever text comes from a scenario goes in as data and is shown as text: it never becomes part of the page's markup or script.
public struct TracePage: Encodable, Sendable {
    /// A vertical line of the picture.
    public struct Process: Encodable, Sendable {
        /// What it is called.
        public let name: String
        let user: String?

        /// A process, and whose device it is, if it is one.
        public init(name: String, user: String? = nil) {
            self.name = name
            self.user = user
        }

        enum CodingKeys: String, CodingKey {
            case name = "n"
            case user = "u"
        }
    }

    /// A chat message.
    public struct Message: Encodable, Sendable {
        let name: String
        let sender: String
        let recipient: String

        /// A message, its sender and whom it is for, by name.
        public init(name: String, sender: String, recipient: String) {
            self.name = name
            self.sender = sender
            self.recipient = recipient
        }

        enum CodingKeys: String, CodingKey {
            case name = "n"
            case sender = "f"
            case recipient = "o"
        }
    }

    /// Something that a process did while it handled an event.
    public struct Note: Encodable, Sendable {
        /// How a note is set off.
        public enum Kind: String, Encodable, Sendable {
            /// Not at all.
            case normal = "o"
            /// What users see.
            case shown = "s"
            /// What goes wrong.
            case fault = "f"
        }

        let kind: Kind
        /// What it did.
        public let text: String
        let message: Int?
        let towards: Int?

        /// A note, the message that a device shows by it, and the process that a message was lost on the way to, as far as there are any.
        public init(_ kind: Kind, _ text: String, message: Int? = nil, towards: Int? = nil) {
            self.kind = kind
            self.text = text
            self.message = message
            self.towards = towards
        }

        enum CodingKeys: String, CodingKey {
            case kind = "k"
            case text = "x"
            case message = "m"
            case towards = "p"
        }
    }

    /// Something that happened to a process.
    public struct Event: Encodable, Sendable {
        /// What it is.
        public enum Kind: String, Encodable, Sendable {
            /// A message arrives.
            case message = "m"
            /// A timer fires.
            case timer = "t"
            /// Something that a user or the machine does.
            case other = "o"
        }

        /// What is said of an event by one bit each.
        public struct Flags: OptionSet, Sendable {
            /// The bits.
            public let rawValue: UInt8

            /// Flags with these bits.
            public init(rawValue: UInt8) { self.rawValue = rawValue }

            /// It is about connections or a timer, and users see nothing of it.
            public static let quiet = Flags(rawValue: 1)
            /// It is part of the past of what the page is about.
            public static let past = Flags(rawValue: 2)
            /// It found its process down, or died with it.
            public static let dropped = Flags(rawValue: 4)
        }

        /// Its number in the whole run, from zero.
        public var number: UInt64
        /// When it happened, in nanoseconds.
        public var timeNanoseconds: UInt64
        /// To which process, by its place in ``TracePage/processes``.
        public var process: Int
        /// What it is.
        public var kind: Kind
        /// What it says.
        public var text: String
        /// The process that sent the message.
        public var source: Int?
        /// When that sent it, in nanoseconds.
        public var sentNanoseconds: UInt64?
        /// When its handler started, in nanoseconds.
        public var startNanoseconds: UInt64?
        /// When what it caused left, in nanoseconds.
        public var finishNanoseconds: UInt64?
        /// The event that caused it, by its place in ``TracePage/events``.
        public var cause: Int?
        /// The messages that it is about, by their places in ``TracePage/messages``.
        public var messages: [Int]
        /// What the process did.
        public var notes: [Note]
        /// What else is to be said of it.
        public var flags: Flags

        /// Puts an event together.
        public init(
            number: UInt64, timeNanoseconds: UInt64, process: Int, kind: Kind, text: String, source: Int? = nil,
            sentNanoseconds: UInt64? = nil, startNanoseconds: UInt64? = nil, finishNanoseconds: UInt64? = nil,
            cause: Int? = nil, messages: [Int] = [], notes: [Note] = [], flags: Flags = []
        ) {
            self.number = number
            self.timeNanoseconds = timeNanoseconds
            self.process = process
            self.kind = kind
            self.text = text
            self.source = source
            self.sentNanoseconds = sentNanoseconds
            self.startNanoseconds = startNanoseconds
            self.finishNanoseconds = finishNanoseconds
            self.cause = cause
            self.messages = messages
            self.notes = notes
            self.flags = flags
        }

        enum CodingKeys: String, CodingKey {
            case number = "i"
            case timeNanoseconds = "t"
            case process = "p"
            case kind = "k"
            case text = "x"
            case source = "s"
            case sentNanoseconds = "d"
            case startNanoseconds = "b"
            case finishNanoseconds = "e"
            case cause = "c"
            case messages = "m"
            case notes = "n"
            case flags = "f"
        }
    }

    /// A time in which something is wrong.
    public struct Band: Encodable, Sendable {
        /// What is wrong.
        public enum Kind: String, Encodable, Sendable {
            /// A server is down.
            case crash
            /// A machine limps.
            case machine
            /// Messages fare badly.
            case network
        }

        /// With which processes, by their places in ``TracePage/processes``.
        public let processes: [Int]
        /// When it begins, in nanoseconds.
        public let startNanoseconds: UInt64
        /// When it is over, in nanoseconds.
        public let endNanoseconds: UInt64
        /// What is wrong.
        public let kind: Kind
        /// What is wrong, in words.
        public let text: String

        /// A time in which something is wrong with processes.
        public init(processes: [Int], startNanoseconds: UInt64, endNanoseconds: UInt64, kind: Kind, text: String) {
            self.processes = processes
            self.startNanoseconds = startNanoseconds
            self.endNanoseconds = endNanoseconds
            self.kind = kind
            self.text = text
        }

        enum CodingKeys: String, CodingKey {
            case processes = "p"
            case startNanoseconds = "a"
            case endNanoseconds = "b"
            case kind = "k"
            case text = "x"
        }
    }

    /// The name of the scenario.
    public var name: String
    /// Which run it is: file, seed, digest.
    public var about: String
    /// Why the page opens where it does.
    public var reason: String
    /// Whether an invariant is violated.
    public var isViolated: Bool
    /// How much of the run the page has, and how the rest is to be seen.
    public var extent: String
    /// Whether only the past of what the page is about is shown at first.
    public var opensPast: Bool
    /// The event that the page is about, by its place in ``events``.
    public var focus: Int?
    /// How many events happened in the whole run.
    public var total: UInt64
    /// The lines of the picture, from left to right.
    public var processes: [Process]
    /// The messages that events are about.
    public var messages: [Message]
    /// The events, in their order.
    public var events: [Event]
    /// The times in which something is wrong.
    public var bands: [Band]

    /// Puts a page together.
    public init(
        name: String, about: String, reason: String, isViolated: Bool, extent: String, opensPast: Bool, focus: Int?,
        total: UInt64, processes: [Process], messages: [Message], events: [Event], bands: [Band]
    ) {
        self.name = name
        self.about = about
        self.reason = reason
        self.isViolated = isViolated
        self.extent = extent
        self.opensPast = opensPast
        self.focus = focus
        self.total = total
        self.processes = processes
        self.messages = messages
        self.events = events
        self.bands = bands
    }
}

extension TracePage.Event.Flags: Encodable {
    /// Writes the bits as a number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
