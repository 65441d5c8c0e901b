/// A user of the chat system. Users are numbered densely from zero, so that tables over all users are plain arrays.
@frozen
public struct UserID: Hashable, Sendable, Comparable {
    /// The user's number.
    public let rawValue: UInt32

    /// Names the user with this number.
    @inlinable
    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Orders users by number.
    @inlinable
    public static func < (left: UserID, right: UserID) -> Bool {
        left.rawValue < right.rawValue
    }
}
