/// What must be remembered of a device that is online and has nothing to do: one word, where a ``Client`` takes hundreds of bytes. There may
/// be half a billion such devices.
///
/// What it showed lately is forgotten: such a device does not notice that a server which lost its memory hands it a message again at another
/// place of the mailbox.
@frozen
public struct RestingClient: Hashable, Sendable {
    /// How many messages a device may have sent and still rest.
    public static let ordinalMax: UInt32 = 1 << 24 - 1

    /// The place up to which the device has its user's mailbox, in the lower half; the number of messages sent, above.
    public let word: UInt64

    /// Restores it from ``word``.
    @inlinable
    public init(word: UInt64) {
        self.word = word
    }

    /// A device that has shown and sent nothing.
    public static let new = RestingClient(word: 0)
}

extension Client {
    /// A device that has rested, as it goes on.
    ///
    /// - Parameters:
    ///   - resting: What is remembered of it.
    ///   - device: Which device it is.
    ///   - port: Its endpoint in the process that runs it.
    ///   - placement: Where the servers are.
    ///   - chatServer: The chat server that has its connection.
    ///   - generation: Counts are taken up from here, so that timers that were asked for before it rested are stale. The counts that a device
    ///     goes through between two rests must not come again soon.
    ///   - jitterSeed: The seed of the random part of its waits.
    ///   - nowNanoseconds: The time of the device's clock.
    public init(
        _ resting: RestingClient, device: DeviceID, port: UInt32, placement: Placement, chatServer: UInt32,
        generation: UInt32, jitterSeed: UInt64, nowNanoseconds: UInt64
    ) {
        self.init(device: device, port: port, placement: placement, jitterSeed: jitterSeed)
        connection = .online(chatServer: chatServer)
        connectionGeneration = generation
        fetchGeneration = generation
        lastHeardNanoseconds = nowNanoseconds
        nextOrdinal = UInt32(truncatingIfNeeded: resting.word >> 32)
        cursor = UInt32(truncatingIfNeeded: resting.word)
        knownHead = cursor
        historyHead = cursor
    }

    /// What to remember of the device until something happens to it; nothing while it has anything to do, or is not connected to the given
    /// chat server.
    public func resting(at chatServer: UInt32) -> RestingClient? {
        guard connection == .online(chatServer: chatServer), unsettled.isEmpty, ahead.isEmpty, fetchingAfter == nil,
            knownHead <= cursor, !owesReceipt, presence == nil, media.isEmpty, reading == nil, pageWalks.isEmpty,
            nextOrdinal <= RestingClient.ordinalMax
        else { return nil }
        return RestingClient(word: UInt64(nextOrdinal) << 32 | UInt64(cursor))
    }
}
