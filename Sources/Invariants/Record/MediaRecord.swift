import Chat

/// What was observed of media: which messages refer to some, and which are in an object store in the end.
///
/// - Complexity: O(1) on average for each observation.
struct MediaRecord: Sendable {
    private var referring: Set<MessageID> = []
    private var held: Set<MessageID> = []

    mutating func observe(_ observation: Observation) {
        switch observation.kind {
        case .sent: if observation.detail > 0 { referring.insert(observation.message) }
        case .mediaHeld: held.insert(observation.message)
        case .mediaFetched: break
        default: preconditionFailure("\(observation.kind) is not about media")
        }
    }

    /// Whether a message refers to media.
    func isReferring(_ message: MessageID) -> Bool { referring.contains(message) }

    /// Whether the media of a message are durable.
    func isHeld(_ message: MessageID) -> Bool { held.contains(message) }
}
