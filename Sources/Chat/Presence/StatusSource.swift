/// From what a device took the status of a user that it shows.
@frozen
public enum StatusSource: UInt32, Hashable, Sendable, CaseIterable {
    /// From nothing: it knows no better yet.
    case assumed
    /// It asked after it had connected.
    case start
    /// It asked about those whom it shows.
    case viewport
    /// It asked when a chat was opened.
    case newChat
    /// A chat server told it of a change.
    case broadcast
    /// The user could not be reached by a message.
    case failure

    init(_ reason: PullReason) {
        switch reason {
        case .start: self = .start
        case .viewport: self = .viewport
        case .newChat: self = .newChat
        }
    }
}

extension Observation {
    /// A device shows a status of a user.
    static func statusShown(
        of user: UserID, isOnline: Bool, from source: StatusSource, on device: DeviceID
    ) -> Observation {
        Observation(
            .statusShown, device: device, counterpart: user, sequence: source.rawValue << 1 | (isOnline ? 1 : 0))
    }

    /// Which status a device shows, and from where it has it; nothing if the observation is of another kind.
    public var shownStatus: (isOnline: Bool, source: StatusSource)? {
        guard kind == .statusShown, let source = StatusSource(rawValue: sequence >> 1) else { return nil }
        return (sequence & 1 != 0, source)
    }
}
