/// When the next of many alike and independent users comes or goes, each of whom is online for a time of one law and offline for a time
/// of another, in turn. It takes eight bytes and a bit for each user, or a bit only for those of whom it is known that they do neither
/// before the run ends, and only the first change of all need be an event.
///
/// The users have come and gone for ever: at the start each is online with the share of time that the means of the laws give, and the time
/// to the first change is the rest of such a time (``Distribution/sampleResidual(drawing:)``). So as many are online at all times.
public struct AlternatingSessions: Sendable {
    private let online: Distribution
    private let offline: Distribution
    private var changes: DeadlineHeap
    private var onlineBits: [UInt64]

    /// Draws who is online at the start, and until when.
    ///
    /// - Parameters:
    ///   - userCount: How many users, up to ``RenewalArrivals/userCountMax``.
    ///   - onlineNanoseconds: The law of the time for which a user is online. Zero is raised to one nanosecond.
    ///   - offlineNanoseconds: The law of the time between.
    /// - Precondition: There is a user, and no more than there may be; and see ``Distribution/sampleResidual(drawing:)``.
    /// - Complexity: O(`userCount`).
    public init(
        userCount: UInt32, onlineNanoseconds: Distribution, offlineNanoseconds: Distribution,
        drawing stream: inout RandomStream
    ) {
        let share = onlineNanoseconds.mean / (onlineNanoseconds.mean + offlineNanoseconds.mean)
        var bits = Array(repeating: UInt64(0), count: (Int(userCount) + 63) / 64)
        online = onlineNanoseconds
        offline = offlineNanoseconds
        changes = DeadlineHeap(userCount: userCount) { user in
            let isOnline = stream.unit() < share
            if isOnline { bits[Int(user) / 64] |= 1 << UInt64(user % 64) }
            return (isOnline ? onlineNanoseconds : offlineNanoseconds).sampleResidual(drawing: &stream)
        }
        onlineBits = bits
    }

    /// Takes up users where they are at the start. Those who neither come nor go before the horizon are taken not to do so at all.
    ///
    /// - Parameters:
    ///   - users: The numbers by which `starts` knows the users, in order; here they are numbered from zero. Up to
    ///     ``RenewalArrivals/userCountMax``.
    ///   - starts: Where they are.
    /// - Complexity: O(users).
    public init(users: Range<UInt32>, starts: StationarySessions) {
        var bits = Array(repeating: UInt64(0), count: (users.count + 63) / 64)
        var deadlines: [(user: UInt32, deadline: UInt64)] = []
        for number in users {
            let start = starts.start(of: number)
            let user = number - users.lowerBound
            if start.isOnline { bits[Int(user) / 64] |= 1 << UInt64(user % 64) }
            if let change = start.changeNanoseconds { deadlines.append((user, change)) }
        }
        online = starts.online
        offline = starts.offline
        changes = DeadlineHeap(deadlines)
        onlineBits = bits
    }

    /// Whether a user is online.
    public func isOnline(_ user: UInt32) -> Bool { onlineBits[Int(user) / 64] & (1 << UInt64(user % 64)) != 0 }

    /// When the next user comes or goes, in nanoseconds; nothing if none ever does.
    public var nextNanoseconds: UInt64? { changes.nextNanoseconds }

    /// Lets the next user come or go, and draws when that user goes or comes again.
    ///
    /// - Returns: Who, by number from zero; ``isOnline(_:)`` tells whether the user has come.
    /// - Complexity: O(log users).
    public mutating func change(drawing stream: inout RandomStream) -> UInt32 {
        let user = changes.nextUser
        onlineBits[Int(user) / 64] ^= 1 << UInt64(user % 64)
        changes.postpone(byNanoseconds: max(1, (isOnline(user) ? online : offline).sample(drawing: &stream)))
        return user
    }
}
