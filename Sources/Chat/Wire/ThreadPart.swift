/// What makes a message one of a thread: which thread, and what the message does there. 32 bits; all of them are zero for a message to
/// a user.
@frozen
public struct ThreadPart: Hashable, Sendable {
    /// What a message does in its thread.
    @frozen
    public enum Action: UInt32, Hashable, Sendable, CaseIterable {
        /// It says something.
        case say = 0
        /// It makes a user a member.
        case add
        /// It ends a user's membership; someone who leaves removes himself.
        case remove
    }

    /// The thread in the lower 28 bits, the action above.
    public let rawValue: UInt32

    /// Restores a part from its bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The part of a message of a thread.
    @inlinable
    public init(_ thread: ThreadID, _ action: Action = .say) {
        rawValue = action.rawValue << 28 | thread.rawValue
    }

    /// The part of a message to a user.
    @inlinable
    public static var none: ThreadPart { ThreadPart(rawValue: 0) }

    /// The thread; nothing for a message to a user.
    @inlinable
    public var thread: ThreadID? { rawValue & 0x0fff_ffff == 0 ? nil : ThreadID(rawValue & 0x0fff_ffff) }

    /// What the message does in its thread.
    @inlinable
    public var action: Action {
        guard let action = Action(rawValue: rawValue >> 28) else { preconditionFailure("no action has these bits") }
        return action
    }
}
