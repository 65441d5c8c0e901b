/// The next deadline of each of many users, in eight bytes each, of which only the first need be an event.
///
/// The deadlines are a ``WordHeap``. A word is a deadline in the upper 52 bits and the user's number
/// in the lower 12, so that words are ordered as deadlines are, and deadlines of the same time in the order of the users' numbers.
struct DeadlineHeap: Sendable {
    /// How many users there may be.
    static let userCountMax: UInt32 = 1 << userBits
    /// A deadline from this time on, 52 days, never comes.
    static let deadlineMax: UInt64 = (1 << (64 - UInt64(userBits))) - 1

    private static let userBits: UInt32 = 12

    private var heap: WordHeap

    /// Takes the first deadline of each user, in the order of their numbers.
    ///
    /// - Precondition: There is a user, and no more than there may be.
    /// - Complexity: O(users).
    init(userCount: UInt32, firstDeadline: (UInt32) -> UInt64) {
        precondition(userCount > 0 && userCount <= Self.userCountMax, "1 to \(Self.userCountMax) users")
        var words: [UInt64] = []
        words.reserveCapacity(Int(userCount))
        for user in 0..<userCount {
            words.append(Self.word(deadline: firstDeadline(user), user: user))
        }
        heap = WordHeap(words)
    }

    /// Takes the first deadlines of those users who have one.
    ///
    /// - Precondition: Users are numbered below ``userCountMax``.
    /// - Complexity: O(deadlines).
    init(_ deadlines: [(user: UInt32, deadline: UInt64)]) {
        heap = WordHeap(
            deadlines.map { user, deadline in
                precondition(user < Self.userCountMax, "1 to \(Self.userCountMax) users")
                return Self.word(deadline: deadline, user: user)
            })
    }

    /// The first deadline, in nanoseconds; nothing if none ever comes.
    var nextNanoseconds: UInt64? {
        let deadline = first >> UInt64(Self.userBits)
        return deadline < Self.deadlineMax ? deadline : nil
    }

    /// Whose deadline the first is.
    var nextUser: UInt32 { UInt32(truncatingIfNeeded: first) & (Self.userCountMax - 1) }

    /// Replaces the first deadline by that user's next one, which comes so much later.
    ///
    /// - Complexity: O(log users).
    mutating func postpone(byNanoseconds gap: UInt64) {
        // Neither is above 2^62.
        heap.replaceFirst(by: Self.word(deadline: first >> UInt64(Self.userBits) + gap, user: nextUser))
    }

    /// A user whose deadline never comes may have one as well.
    private var first: UInt64 { heap.first ?? .max }

    private static func word(deadline: UInt64, user: UInt32) -> UInt64 {
        min(deadline, deadlineMax) << UInt64(userBits) | UInt64(user)
    }
}
