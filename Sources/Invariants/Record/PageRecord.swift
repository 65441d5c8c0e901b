import Chat

/// What was observed of devices that read of the past.
struct PageRecord: Sendable {
    /// A device's way through pages.
    struct Walk: Sendable {
        let device: DeviceID
        /// When its first page arrived.
        let beganNanoseconds: UInt64
        /// Only the conversation with this user, if there is one.
        let counterpart: UserID?
        /// Only messages received after this time; zero for all.
        let sinceNanoseconds: UInt64
        /// The last place of the mailbox when the first page was made.
        let head: UInt32
        var rows: [Observation] = []
        /// When it ended; nothing if it has not.
        var endedNanoseconds: UInt64?
        /// How many rows were asked for at most.
        var rowsMax: UInt32 = .max
    }

    private(set) var walks: [Walk] = []
    /// The walk that each device is on. A device is on one at a time.
    private var current: [DeviceID: Int] = [:]

    mutating func observe(_ observation: Observation) {
        let walk = current[observation.device]
        switch observation.kind {
        case .messageWalkBegan, .conversationWalkBegan:
            current[observation.device] = walks.count
            walks.append(
                Walk(
                    device: observation.device, beganNanoseconds: observation.timeNanoseconds,
                    counterpart: observation.kind == .conversationWalkBegan ? observation.counterpart : nil,
                    sinceNanoseconds: observation.message.rawValue, head: observation.sequence))
        case .pageRow:
            if let walk { walks[walk].rows.append(observation) }
        case .pageWalkEnded:
            guard let walk else { return }
            walks[walk].endedNanoseconds = observation.timeNanoseconds
            walks[walk].rowsMax = observation.sequence
        default: preconditionFailure("\(observation.kind) is not about pages")
        }
    }
}
