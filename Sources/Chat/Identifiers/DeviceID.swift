/// One device of one user: the phone, the laptop. A user has at most ``perUserMax`` of them.
@frozen
public struct DeviceID: Hashable, Sendable, Comparable {
    /// The most devices that a user may have; four bits of a ``ClientMessageID`` hold the device.
    public static let perUserMax = 16

    /// The user who owns the device.
    public let user: UserID
    /// Which of the user's devices it is, from zero to ``perUserMax`` less one.
    public let index: UInt8

    /// Names a device of a user.
    ///
    /// - Precondition: `index` is below ``perUserMax``.
    @inlinable
    public init(user: UserID, index: UInt8) {
        precondition(index < 16, "a user has at most 16 devices")
        self.user = user
        self.index = index
    }

    /// Orders devices by user, then by index.
    @inlinable
    public static func < (left: DeviceID, right: DeviceID) -> Bool {
        (left.user, left.index) < (right.user, right.index)
    }
}
