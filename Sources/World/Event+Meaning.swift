public import Chat
public import Simulation

/// What an event of a world means.
public enum EventMeaning: Hashable, Sendable {
    /// A message arrives.
    case message(WireMessage)
    /// A timer of a component fires.
    case timer(TimerToken)
    /// Something that the machine or the scenario does, in words.
    case other(String)
}

extension Event {
    /// The message that the event brings.
    var message: WireMessage {
        // The last word of an event that carries more tells where that is.
        Payload(kind: kind, words: (payload.0, payload.1, payload.2, hasAttachment ? 0 : payload.3)).message
    }

    /// The token that the event hands back, if it is a timer.
    var timerToken: TimerToken? {
        guard kind >= EventKind.timerBase, kind < EventKind.synced else { return nil }
        return TimerToken(kind: kind - EventKind.timerBase, value: payload.0)
    }

    /// What the event means in a world.
    public var meaning: EventMeaning {
        if let timerToken { return .timer(timerToken) }
        return switch kind {
        case EventKind.synced: .other("the sync of the log is done")
        case EventKind.crash: .other("crash")
        case EventKind.restart: .other("restart")
        case EventKind.connect: .other("the user goes online")
        case EventKind.disconnect: .other("the user goes offline")
        case EventKind.send: .other("the user sends")
        case EventKind.openChat: .other("the user opens a chat")
        case EventKind.read: .other("the user reads")
        case EventKind.readRecent: .other("the user reads what is recent")
        case EventKind.populationSends: .other("some user sends")
        case EventKind.populationChanges: .other("some user comes or goes")
        case EventKind.written: .other("a part of a file is on the disk")
        case EventKind.hostFault: .other("a fault of the machine")
        case EventKind.connectionFault: .other("connections break")
        case EventKind.connectionLoss: .other("connections are gone")
        case EventKind.connectionNoticed: .other("a device notices that its connection is gone")
        case EventKind.populationLooks: .other("some user looks who is online")
        case EventKind.populationWaits: .other("some device has waited long enough")
        case EventKind.syncFailed: .other("there is no room for the log on the disk")
        case EventKind.begin: .other("the server begins")
        default: .message(message)
        }
    }
}
