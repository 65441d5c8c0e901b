/// When the next of many alike and independent users acts, if the time between two actions of one user follows any law: each
/// user's next deadline is kept, in eight bytes, and only the first of all need be an event.
///
/// The users have acted for ever: the time to a user's first deadline follows the stationary law
/// (``Distribution/sampleResidual(drawing:)``), not that of a gap. So they act at the same rate at all times, and users with a
/// constant gap are spread evenly over it.
public struct RenewalArrivals: Sendable {
    /// How many users there may be.
    public static let userCountMax = DeadlineHeap.userCountMax
    /// A deadline from this time on, 52 days, never comes.
    public static let deadlineMax = DeadlineHeap.deadlineMax

    private let gap: Distribution
    private var deadlines: DeadlineHeap

    /// Draws the first deadline of each user.
    ///
    /// - Parameters:
    ///   - userCount: How many users, up to ``userCountMax``.
    ///   - gapNanoseconds: The law of the time between two actions of one user. A gap of zero is raised to one nanosecond.
    /// - Precondition: There is a user, and no more than there may be; and see ``Distribution/sampleResidual(drawing:)``.
    /// - Complexity: O(`userCount`).
    public init(userCount: UInt32, gapNanoseconds: Distribution, drawing stream: inout RandomStream) {
        gap = gapNanoseconds
        deadlines = DeadlineHeap(userCount: userCount) { _ in gapNanoseconds.sampleResidual(drawing: &stream) }
    }

    /// When the first user acts, in nanoseconds; nothing if none ever does.
    public var nextNanoseconds: UInt64? { deadlines.nextNanoseconds }

    /// Lets the first user act, and draws when that user acts again.
    ///
    /// - Returns: Who acts, by number from zero.
    /// - Complexity: O(log users).
    public mutating func act(drawing stream: inout RandomStream) -> UInt32 {
        let user = deadlines.nextUser
        deadlines.postpone(byNanoseconds: max(1, gap.sample(drawing: &stream)))
        return user
    }
}
