internal import Chat
public import Simulation

/// Users who are alike and not listed by name. They send to one another, evenly or to
/// their friends, and independently.
public struct Population: Hashable, Sendable {
    /// When a user sends.
    public enum Sending: Hashable, Sendable {
        /// At any moment equally likely, with a mean time between two messages of one user, in nanoseconds.
        case memoryless(meanGapNanoseconds: UInt64)
        /// Times that follow a law apart, in nanoseconds. The users have sent for ever: see `RenewalArrivals`.
        case gaps(Distribution)
    }

    /// For how long a user is online, and for how long not, in turn; see `AlternatingSessions`.
    public struct Sessions: Hashable, Sendable {
        /// For how long online, in nanoseconds.
        public let onlineNanoseconds: Distribution
        /// For how long offline, in nanoseconds.
        public let offlineNanoseconds: Distribution

        /// Puts the two together.
        public init(onlineNanoseconds: Distribution, offlineNanoseconds: Distribution) {
            self.onlineNanoseconds = onlineNanoseconds
            self.offlineNanoseconds = offlineNanoseconds
        }
    }

    /// Messages of a population that carry media: what share of all, and how large they are in bytes.
    public struct Media: Hashable, Sendable {
        /// How likely a message is one.
        public let share: Probability
        /// The size of its content, in bytes.
        public let contentBytes: Distribution

        /// Puts the two together.
        public init(share: Probability, contentBytes: Distribution) {
            self.share = share
            self.contentBytes = contentBytes
        }
    }

    /// How many users.
    public let userCount: UInt32
    /// How many devices each has, 1 to 16.
    public let deviceCount: Int
    /// When a user sends.
    public let sending: Sending
    /// The size of a message without media, in bytes.
    public let contentBytes: Distribution
    /// Which messages carry media; nothing if none do.
    public let media: Media?
    /// How many friends a user has, to whom the user writes; nothing if users write to anyone. See `PopulationFriends`.
    public let friendCount: Distribution?
    /// When users are online; nothing if they always are.
    public let sessions: Sessions?

    /// Whether the connections of all devices whose users are online are open when the run begins; else they connect then.
    public var startsConnected = false

    /// How many users one process holds. It is fixed, so that a world is cut into processes in the same way however they
    /// are put on partitions.
    public static let usersPerBlock = RenewalArrivals.userCountMax

    /// The time over which the devices of a population connect at the start, evenly, in nanoseconds.
    public static let connectSpreadNanoseconds: UInt64 = 1_000_000_000

    /// Describes a population.
    ///
    /// - Precondition: There are at least two users, since they send to one another.
    public init(
        userCount: UInt32, deviceCount: Int, sending: Sending, contentBytes: Distribution,
        media: Media? = nil, friendCount: Distribution? = nil, sessions: Sessions? = nil
    ) {
        precondition(userCount >= 2, "a population of one has nobody to send to")
        self.userCount = userCount
        self.deviceCount = deviceCount
        self.sending = sending
        self.contentBytes = contentBytes
        self.media = media
        self.friendCount = friendCount
        self.sessions = sessions
    }

    /// The mean time between two messages of a user, in nanoseconds; at least one.
    public var meanGapNanoseconds: Double {
        switch sending {
        case .memoryless(let mean): max(1, Double(mean))
        case .gaps(let law): max(1, law.mean)
        }
    }

    /// Where the users are at the start who come and go, if their connections are open then: whoever asks is told the same. Nothing if none
    /// ever goes.
    ///
    /// - Parameters:
    ///   - seed: The seed of all random draws.
    ///   - stopNanoseconds: When the population stops: later changes never come.
    ///   - broadcastDelayNanoseconds: How late friends are told of a user who comes online; zero if at once.
    public func sessionStarts(
        seed: UInt64, stopNanoseconds: UInt64, broadcastDelayNanoseconds: UInt64
    ) -> StationarySessions? {
        guard startsConnected, let sessions else { return nil }
        return StationarySessions(
            onlineNanoseconds: sessions.onlineNanoseconds, offlineNanoseconds: sessions.offlineNanoseconds, seed: seed,
            purpose: RandomPurpose.sessionStart.rawValue, horizonNanoseconds: stopNanoseconds,
            agesBelowNanoseconds: broadcastDelayNanoseconds)
    }

    func sessionStarts(_ configuration: WorldConfiguration) -> StationarySessions? {
        sessionStarts(
            seed: configuration.seed, stopNanoseconds: configuration.populationsStopNanoseconds,
            broadcastDelayNanoseconds: configuration.client.presence?.broadcastDelayNanoseconds ?? 0)
    }

    /// How many processes the population takes.
    var blockCount: UInt32 { (userCount + Self.usersPerBlock - 1) / Self.usersPerBlock }
}
