internal import DequeModule

/// What must be remembered of a device that has nothing to do: it is online, or waits to connect again, or its user does not want it to be online.
/// That is one word, where a ``Client`` takes hundreds of bytes. There may be half a billion such devices.
///
/// What it showed lately is forgotten: such a device does not notice that a server which lost its memory hands it a message again at another
/// place of the mailbox.
@frozen
public struct RestingClient: Hashable, Sendable {
    /// How many messages a device may have sent and still rest.
    public static let ordinalMax: UInt32 = 1 << 18 - 1
    /// Bits of ``word`` that are always zero, for whoever keeps it.
    public static let freeBits: UInt64 = 3 << 62

    /// From the lowest bit on: the place up to which the device has its user's mailbox, 32 bits; the number of messages sent, 18 bits; of a device
    /// that is online, which of the user's servers it is on; of one that is not, how often it has failed and was refused since it was
    /// online, 5 bits each, and whether it ever was; whether it is not. One that waits has failed at least once, one whose user does not
    /// want it to be online has not.
    public let word: UInt64

    /// Restores it from ``word``.
    @inlinable
    public init(word: UInt64) {
        self.word = word
    }

    /// A device that is online at the first of its user's servers, and has shown and sent nothing.
    public static let new = RestingClient(word: 0)

    /// A device that is offline, since its user does not want it to be online, and has shown and sent nothing.
    public static let offline = RestingClient(offlineWithCursor: 0, ordinal: 0)

    /// Whether the device has an open connection.
    public var isOnline: Bool { word & Self.isDisconnected == 0 }

    /// Whether the device waits to connect again.
    public var isWaiting: Bool { !isOnline && attempts > 0 }

    /// Which of the user's servers has the connection of a device that is online.
    public var choice: UInt32 { UInt32(truncatingIfNeeded: word >> 50) & Self.choiceMax }

    static let choiceMax: UInt32 = 1 << 10 - 1
    static let attemptsMax: UInt32 = 31
    static let refusalsMax: UInt32 = 31
    private static let isDisconnected: UInt64 = 1 << 61

    var cursor: UInt32 { UInt32(truncatingIfNeeded: word) }
    var ordinal: UInt32 { UInt32(truncatingIfNeeded: word >> 32) & Self.ordinalMax }
    var attempts: UInt32 { UInt32(truncatingIfNeeded: word >> 50) & Self.attemptsMax }
    var refusals: UInt32 { UInt32(truncatingIfNeeded: word >> 55) & Self.refusalsMax }
    var isAway: Bool { word >> 60 & 1 != 0 }

    init(onlineAt choice: UInt32, cursor: UInt32, ordinal: UInt32) {
        word = UInt64(choice) << 50 | UInt64(ordinal) << 32 | UInt64(cursor)
    }

    init(waitingAfter attempts: UInt32, refusals: UInt32, isAway: Bool, cursor: UInt32, ordinal: UInt32) {
        word =
            Self.isDisconnected | (isAway ? 1 << 60 : 0) | UInt64(refusals) << 55 | UInt64(attempts) << 50
            | UInt64(ordinal) << 32 | UInt64(cursor)
    }

    init(offlineWithCursor cursor: UInt32, ordinal: UInt32) {
        word = Self.isDisconnected | UInt64(ordinal) << 32 | UInt64(cursor)
    }
}

extension RestingClient {
    /// Handles a message about who is online that comes from the chat server of a device at rest, which does not keep statuses: they are counted,
    /// as by ``Client/receive(_:from:attachment:nowNanoseconds:configuration:outbox:)``, and it rests on.
    public static func receive(
        _ message: PresenceMessage, attachment: UnsafeBufferPointer<UInt64>, outbox: inout Outbox
    ) {
        outbox.clientTally.statuses.count(message, attachment)
    }
}

extension Client {
    /// A device that has rested, as it goes on.
    ///
    /// - Parameters:
    ///   - resting: What is remembered of it.
    ///   - device: Which device it is.
    ///   - port: Its endpoint in the process that runs it.
    ///   - placement: Where the servers are.
    ///   - chatServer: The chat server that has its connection, if it is online.
    ///   - generation: Counts are taken up from here, so that timers that were asked for before it rested are stale. The counts that a device
    ///     goes through between two rests must not come again soon.
    ///   - jitterSeed: The seed of the random part of its waits.
    ///   - nowNanoseconds: The time of the device's clock.
    public init(
        _ resting: RestingClient, device: DeviceID, port: UInt32, placement: Placement, chatServer: UInt32,
        generation: UInt32, jitterSeed: UInt64, nowNanoseconds: UInt64
    ) {
        self.init(device: device, port: port, placement: placement, jitterSeed: jitterSeed)
        if resting.isWaiting {
            connection = .waiting
            connectAttempts = resting.attempts
            refusedCount = resting.refusals
            isAway = resting.isAway
        } else if resting.isOnline {
            connection = .online(chatServer: chatServer)
        }
        connectionGeneration = generation
        fetchGeneration = generation
        lastHeardNanoseconds = nowNanoseconds
        nextOrdinal = resting.ordinal
        cursor = resting.cursor
        knownHead = cursor
        historyHead = cursor
    }

    /// Becomes a device that has rested, in the place of one that rests by now. The memory of that one's lists is kept, so that devices which
    /// wake and rest allocate nothing.
    ///
    /// The parameters are those of ``init(_:device:port:placement:chatServer:generation:jitterSeed:nowNanoseconds:)``.
    public mutating func wake(
        _ resting: RestingClient, device: DeviceID, port: UInt32, placement: Placement, chatServer: UInt32,
        generation: UInt32, jitterSeed: UInt64, nowNanoseconds: UInt64
    ) {
        var (oldUnsettled, oldAhead, oldShown): (Deque<Outgoing>, [Arrival], [MessageID]) = ([], [], [])
        swap(&oldUnsettled, &unsettled)
        swap(&oldAhead, &ahead)
        swap(&oldShown, &recentlyShown)
        self = Client(
            resting, device: device, port: port, placement: placement, chatServer: chatServer, generation: generation,
            jitterSeed: jitterSeed, nowNanoseconds: nowNanoseconds)
        oldUnsettled.removeAll(keepingCapacity: true)
        oldAhead.removeAll(keepingCapacity: true)
        oldShown.removeAll(keepingCapacity: true)
        swap(&oldUnsettled, &unsettled)
        swap(&oldAhead, &ahead)
        swap(&oldShown, &recentlyShown)
    }

    /// What to remember of the device until something happens to it, or its wait is over; nothing while it has anything else to do. It changes
    /// nothing; a method that might is not given a copy.
    ///
    /// - Parameter choice: Which of the user's servers ``connectedServer`` is, if it is one of the first.
    public mutating func resting(choice: UInt32?) -> RestingClient? {
        guard unsettled.isEmpty, ahead.isEmpty, fetchingAfter == nil, knownHead <= cursor, !owesReceipt,
            presence == nil, media.isEmpty, reading == nil, pageWalks.isEmpty, nextOrdinal <= RestingClient.ordinalMax
        else { return nil }
        switch connection {
        case .online:
            guard let choice, choice <= RestingClient.choiceMax else { return nil }
            return RestingClient(onlineAt: choice, cursor: cursor, ordinal: nextOrdinal)
        case .waiting:
            guard (1...RestingClient.attemptsMax).contains(connectAttempts), refusedCount <= RestingClient.refusalsMax
            else { return nil }
            return RestingClient(
                waitingAfter: connectAttempts, refusals: refusedCount, isAway: isAway, cursor: cursor,
                ordinal: nextOrdinal)
        // One that has given up has still not come back.
        case .offline where !isAway: return RestingClient(offlineWithCursor: cursor, ordinal: nextOrdinal)
        case .offline, .resolving, .opening: return nil
        }
    }

    /// The timer after which a device that waits connects again; see ``waitIsOver(configuration:outbox:)``.
    public static let connectTimerKind = TimerKind.connect.rawValue

    /// The time is over for which the device waited before it connects again. Whoever keeps devices at rest keeps that time for them, since
    /// they do not remember what they wrote on the timer. Does nothing if the device does not wait.
    public mutating func waitIsOver(configuration: ClientConfiguration, outbox: inout Outbox) {
        guard connection == .waiting else { return }
        resolve(configuration: configuration, outbox: &outbox)
    }
}
