/// The idempotency key that a client gives to a message, the same on every attempt to send it. It is unique among the
/// messages of its sender, never among all messages: with 20 billion messages a day, random 64-bit identifiers without
/// that scope would collide about eleven times a day (birthday bound).
@frozen
public struct ClientMessageID: Hashable, Sendable, Comparable {
    /// The device in the upper 4 bits, the device's own count of messages in the lower 28.
    public let rawValue: UInt32

    /// The most messages that one device can send, since 28 bits count them.
    public static let ordinalMax: UInt32 = (1 << 28) - 1

    /// Restores an identifier from its bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The identifier of the `ordinal`-th message (from zero) that a device sends.
    ///
    /// - Precondition: `ordinal` is at most ``ordinalMax``, `deviceIndex` below ``DeviceID/perUserMax``.
    @inlinable
    public init(deviceIndex: UInt8, ordinal: UInt32) {
        precondition(deviceIndex < 16 && ordinal <= 0x0fff_ffff, "a client message identifier has 4 + 28 bits")
        rawValue = UInt32(deviceIndex) << 28 | ordinal
    }

    /// The index of the device that sent the message.
    @inlinable
    public var deviceIndex: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 28) }

    /// How many messages the device had sent before this one.
    @inlinable
    public var ordinal: UInt32 { rawValue & 0x0fff_ffff }

    /// Orders by device, then by the order in which the device sent.
    @inlinable
    public static func < (left: ClientMessageID, right: ClientMessageID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A message of the whole system: who sent it, and the sender's own identifier for it.
@frozen
public struct MessageID: Hashable, Sendable, Comparable {
    /// The user who sent the message.
    public let sender: UserID
    /// The sender's idempotency key.
    public let clientMessageID: ClientMessageID

    /// Names a message.
    @inlinable
    public init(sender: UserID, clientMessageID: ClientMessageID) {
        self.sender = sender
        self.clientMessageID = clientMessageID
    }

    /// The device that sent the message.
    @inlinable
    public var device: DeviceID { DeviceID(user: sender, index: clientMessageID.deviceIndex) }

    /// The identifier in one word: the sender in the upper half.
    @inlinable
    public var rawValue: UInt64 { UInt64(sender.rawValue) << 32 | UInt64(clientMessageID.rawValue) }

    /// Restores an identifier from ``rawValue``.
    @inlinable
    public init(rawValue: UInt64) {
        sender = UserID(UInt32(truncatingIfNeeded: rawValue >> 32))
        clientMessageID = ClientMessageID(rawValue: UInt32(truncatingIfNeeded: rawValue))
    }

    /// Orders by sender, device and the order in which the device sent.
    @inlinable
    public static func < (left: MessageID, right: MessageID) -> Bool {
        left.rawValue < right.rawValue
    }
}
