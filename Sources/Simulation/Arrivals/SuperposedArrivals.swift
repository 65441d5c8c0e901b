/// When the next of many alike and independent users acts, if each acts memoryless: all of them together act as one memoryless
/// process whose rate is the sum of theirs (superposition of Poisson processes), each time any user equally likely. An idle user
/// costs nothing, neither memory nor a timer.
public struct SuperposedArrivals: Sendable {
    private let userCount: UInt64
    private let gap: Distribution

    /// Describes users.
    ///
    /// - Parameters:
    ///   - userCount: How many.
    ///   - meanGapNanoseconds: The mean time between two actions of one user. The mean between two of any, this over their number,
    ///     is rounded down to whole nanoseconds, and no two come at the same time.
    /// - Precondition: There is a user.
    public init(userCount: UInt32, meanGapNanoseconds: UInt64) {
        precondition(userCount > 0, "without users nobody acts")
        self.userCount = UInt64(userCount)
        gap = .exponential(mean: max(1, meanGapNanoseconds / self.userCount), floor: 1)
    }

    /// Draws when any user acts next after a time, in nanoseconds.
    public func drawNextNanoseconds(after now: UInt64, drawing stream: inout RandomStream) -> UInt64 {
        now + gap.sample(drawing: &stream)
    }

    /// Draws who acts then, by number from zero.
    public func drawUser(drawing stream: inout RandomStream) -> UInt32 {
        UInt32(stream.below(userCount))
    }
}
