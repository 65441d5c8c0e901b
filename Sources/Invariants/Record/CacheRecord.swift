import Chat

/// What was observed of caches: the writes that they confirmed, and what devices read from them.
///
/// - Complexity: O(1) on average for each observation.
struct CacheRecord: Sendable {
    /// A row of an index as a device read it.
    struct Row: Sendable {
        let message: MessageID
        let sequence: UInt32
        let counterpart: UserID
    }

    /// What a device read.
    struct Reading: Sendable {
        let device: DeviceID
        /// When it asked, in nanoseconds.
        let askedNanoseconds: UInt64
        /// When the answer was complete, in nanoseconds.
        var timeNanoseconds: UInt64 = 0
        var messages: [Row] = []
        var conversations: [Row] = []
    }

    /// A write that was confirmed.
    struct Confirmation: Sendable {
        let place: StorePathRecord.Place
        let message: MessageID
        let timeNanoseconds: UInt64
    }

    /// The readings that were answered, in the order of time.
    private(set) var readings: [Reading] = []
    /// The writes that were confirmed, in the order of time.
    private(set) var confirmations: [Confirmation] = []
    private var underway: [DeviceID: Reading] = [:]

    mutating func observe(_ observation: Observation) {
        let device = observation.device
        let row = Row(
            message: observation.message, sequence: observation.sequence, counterpart: observation.counterpart)
        switch observation.kind {
        case .cacheConfirmed:
            confirmations.append(
                Confirmation(
                    place: StorePathRecord.Place(owner: device.user, sequence: observation.sequence),
                    message: observation.message, timeNanoseconds: observation.timeNanoseconds))
        case .recentAsked:
            underway[device] = Reading(device: device, askedNanoseconds: observation.timeNanoseconds)
        case .recentMessage: underway[device]?.messages.append(row)
        case .recentConversation: underway[device]?.conversations.append(row)
        case .recentRead:
            guard var reading = underway.removeValue(forKey: device) else { return }
            reading.timeNanoseconds = observation.timeNanoseconds
            readings.append(reading)
        default: preconditionFailure("\(observation.kind) is not about caches")
        }
    }
}
