import Chat

/// The kinds of events of a world. The kinds below ``timerBase``, and those from `Payload.areaKindBase` on, are those of wire messages.
enum EventKind {
    /// Whether a kind is that of a wire message.
    static func isMessage(_ kind: UInt16) -> Bool { kind < timerBase || kind >= Payload.areaKindBase }

    /// A timer of a component; the kind that the component gave it is added.
    static let timerBase: UInt16 = 64
    /// A sync of a log is done.
    static let synced: UInt16 = 128
    /// A server crashes.
    static let crash: UInt16 = 129
    /// A server is back.
    static let restart: UInt16 = 130
    /// The user of a device wants to be online.
    static let connect: UInt16 = 131
    /// The user of a device no longer wants to be online.
    static let disconnect: UInt16 = 132
    /// The user of a device sends a message.
    static let send: UInt16 = 133
    /// Some user of a block sends a message.
    static let populationSends: UInt16 = 134
    /// The machine of a server begins to limp, or its clock is set; the payload holds the number of the fault.
    static let hostFault: UInt16 = 135
    /// A server begins its first life.
    static let begin: UInt16 = 136
    /// Some user of a block comes or goes.
    static let populationChanges: UInt16 = 137
    /// The user of a device opens a chat with another user.
    static let openChat: UInt16 = 138
    /// The user of a device reads of the past.
    static let read: UInt16 = 139
    /// The user of a device wants to see what is recent.
    static let readRecent: UInt16 = 144
    /// Files were read or written as a component asked.
    static let written: UInt16 = 140
    /// Connections of the process break; the payload holds the number of the fault.
    static let connectionFault: UInt16 = 141
    /// A sync of a log has failed for want of room.
    static let syncFailed: UInt16 = 142
    /// Chat servers are gone, and with them connections of the process; the payload holds the number of the loss.
    static let connectionLoss: UInt16 = 145
    /// A device notices that its connection is gone; the payload holds the number of the connection.
    static let connectionNoticed: UInt16 = 146
    /// Some device of a block at rest is told that its connection is gone, or that it has waited long enough to connect again.
    static let populationWaits: UInt16 = 147
    /// Some device of a block at rest asks about those on its screen.
    static let populationLooks: UInt16 = 148

    /// Whether an event belongs to the life of a process that asked for it.
    static func isOfOneLife(_ kind: UInt16) -> Bool {
        kind >= timerBase && kind <= synced || kind == written || kind == syncFailed
    }
}
