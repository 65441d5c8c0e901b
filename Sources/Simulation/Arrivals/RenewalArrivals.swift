/// When the next of many alike and independent users acts, if the time between two actions of one user follows any law: each
/// user's next deadline is kept, in eight bytes, and only the first of all need be an event.
///
/// The deadlines are a heap with four children a node, in one array. A word is a deadline in the upper 52 bits and the user's number
/// in the lower 12, so that words are ordered as deadlines are, and users who act at the same time act in the order of their numbers.
///
/// The users have acted for ever: the time to a user's first deadline follows the stationary law
/// (``Distribution/sampleResidual(drawing:)``), not that of a gap. So they act at the same rate at all times, and users with a
/// constant gap are spread evenly over it.
public struct RenewalArrivals: Sendable {
    /// How many users there may be.
    public static let userCountMax: UInt32 = 1 << userBits
    /// A deadline from this time on, 52 days, never comes.
    public static let deadlineMax: UInt64 = (1 << (64 - UInt64(userBits))) - 1

    private static let userBits: UInt32 = 12
    private static let childCount = 4

    private let gap: Distribution
    private var words: [UInt64]

    /// Draws the first deadline of each user.
    ///
    /// - Parameters:
    ///   - userCount: How many users, up to ``userCountMax``.
    ///   - gapNanoseconds: The law of the time between two actions of one user. A gap of zero is raised to one nanosecond.
    /// - Precondition: There is a user, and no more than there may be; and see ``Distribution/sampleResidual(drawing:)``.
    /// - Complexity: O(`userCount`).
    public init(userCount: UInt32, gapNanoseconds: Distribution, drawing stream: inout RandomStream) {
        precondition(userCount > 0 && userCount <= Self.userCountMax, "1 to \(Self.userCountMax) users")
        gap = gapNanoseconds
        words = []
        words.reserveCapacity(Int(userCount))
        for user in 0..<userCount {
            words.append(Self.word(deadline: gapNanoseconds.sampleResidual(drawing: &stream), user: user))
        }
        for place in (0...(words.count - 1) / Self.childCount).reversed() { sink(from: place) }
    }

    /// When the first user acts, in nanoseconds; nothing if none ever does.
    public var nextNanoseconds: UInt64? {
        let deadline = words[0] >> UInt64(Self.userBits)
        return deadline < Self.deadlineMax ? deadline : nil
    }

    /// Lets the first user act, and draws when that user acts again.
    ///
    /// - Returns: Who acts, by number from zero.
    /// - Complexity: O(log users).
    public mutating func act(drawing stream: inout RandomStream) -> UInt32 {
        let first = words[0]
        let user = UInt32(truncatingIfNeeded: first) & (Self.userCountMax - 1)
        // Neither is above 2^62.
        let next = first >> UInt64(Self.userBits) + max(1, gap.sample(drawing: &stream))
        words[0] = Self.word(deadline: next, user: user)
        sink(from: 0)
        return user
    }

    private static func word(deadline: UInt64, user: UInt32) -> UInt64 {
        min(deadline, deadlineMax) << UInt64(userBits) | UInt64(user)
    }

    /// Moves a word that may be too high up down to where it belongs.
    private mutating func sink(from start: Int) {
        let word = words[start]
        var place = start
        while true {
            let firstChild = place * Self.childCount + 1
            guard firstChild < words.count else { break }
            var least = firstChild
            for child in firstChild + 1..<max(firstChild + 1, min(firstChild + Self.childCount, words.count))
            where words[child] < words[least] {
                least = child
            }
            guard words[least] < word else { break }
            words[place] = words[least]
            place = least
        }
        words[place] = word
    }
}
