/// A group chat. Threads are numbered densely from one; zero stands for no thread.
@frozen
public struct ThreadID: Hashable, Sendable, Comparable {
    /// The greatest number: 28 bits, since a row of a mailbox has no room for more.
    public static let numberMax: UInt32 = (1 << 28) - 1

    /// The thread's number.
    public let rawValue: UInt32

    /// Names the thread with this number.
    ///
    /// - Precondition: The number is 1 to ``numberMax``.
    @inlinable
    public init(_ rawValue: UInt32) {
        precondition(rawValue >= 1 && rawValue <= 0x0fff_ffff, "a thread has a number from 1 to 2^28 - 1")
        self.rawValue = rawValue
    }

    /// Orders threads by number.
    @inlinable
    public static func < (left: ThreadID, right: ThreadID) -> Bool {
        left.rawValue < right.rawValue
    }
}
