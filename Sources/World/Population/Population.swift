public import Simulation

/// Users who are alike and not listed by name. They send to one another, evenly, memoryless and independently.
public struct Population: Hashable, Sendable {
    /// How many users.
    public let userCount: UInt32
    /// How many devices each has, 1 to 16.
    public let deviceCount: Int
    /// The mean time between two messages of one user, in nanoseconds.
    public let meanGapNanoseconds: UInt64
    /// The size of a message, in bytes.
    public let contentBytes: Distribution

    /// How many users one process holds. It is fixed, so that a world is cut into processes in the same way however they
    /// are put on partitions.
    public static let usersPerBlock: UInt32 = 4096

    /// The time over which the devices of a population connect at the start, evenly, in nanoseconds.
    public static let connectSpreadNanoseconds: UInt64 = 1_000_000_000

    /// Describes a population.
    ///
    /// - Precondition: There are at least two users, since they send to one another.
    public init(userCount: UInt32, deviceCount: Int, meanGapNanoseconds: UInt64, contentBytes: Distribution) {
        precondition(userCount >= 2, "a population of one has nobody to send to")
        self.userCount = userCount
        self.deviceCount = deviceCount
        self.meanGapNanoseconds = meanGapNanoseconds
        self.contentBytes = contentBytes
    }

    /// How many processes the population takes.
    var blockCount: UInt32 { (userCount + Self.usersPerBlock - 1) / Self.usersPerBlock }
}
