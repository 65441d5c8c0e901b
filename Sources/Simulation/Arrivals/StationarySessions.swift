/// Where each of many alike and independent users is at the start, who have come and gone for ever: online or not, since when, and until when.
///
/// It is a function of the seed and of the user's number, so that whoever needs it computes it, and nobody stores it. Of half a billion users, few
/// come or go within a run of seconds; for the others it takes one block of ``Philox`` and two comparisons each.
///
/// At the start a user is online with the share of time that the means of the laws give. The age of the time in which the start falls and what
/// remains of it have the density f(age + rest) / mean, f being that of the law (Cox 1962, Renewal Theory). So a rest below a horizon h comes about by
/// thinning: an even draw over (0, h), which there is with the probability h / mean, is the rest if a time drawn from the law is longer. What
/// that time has beyond the rest is the age. An age below a limit comes about in the same way, where the rest is not below the horizon.
public struct StationarySessions: Sendable {
    /// A user at the start.
    public struct Start: Hashable, Sendable {
        /// Whether the user is online.
        public let isOnline: Bool
        /// For how long the user has been online, in nanoseconds; nothing if the user is not, or has been for as long as nobody asks about.
        public let ageNanoseconds: UInt64?
        /// When the user comes or goes first, in nanoseconds, at least 1; nothing if not before the horizon.
        public let changeNanoseconds: UInt64?
    }

    /// The law of the time for which a user is online, in nanoseconds.
    let online: Distribution
    /// The law of the time between, in nanoseconds.
    let offline: Distribution
    private let onlineMean: Double
    private let offlineMean: Double
    private let onlineShare: Double
    private let seed: UInt64
    private let purpose: UInt32
    private let horizonNanoseconds: Double
    private let agesNanoseconds: Double

    /// Describes users.
    ///
    /// - Parameters:
    ///   - onlineNanoseconds: The law of the time for which a user is online.
    ///   - offlineNanoseconds: The law of the time between.
    ///   - seed: The seed of the run.
    ///   - purpose: What the draws are for.
    ///   - horizonNanoseconds: Changes from this time on are of no interest.
    ///   - agesBelowNanoseconds: For how long a user may have been online at the start so that it is of interest how long.
    /// - Precondition: See ``Distribution/sampleResidual(drawing:)``.
    public init(
        onlineNanoseconds: Distribution, offlineNanoseconds: Distribution, seed: UInt64, purpose: UInt32,
        horizonNanoseconds: UInt64, agesBelowNanoseconds: UInt64 = 0
    ) {
        online = onlineNanoseconds
        offline = offlineNanoseconds
        onlineMean = onlineNanoseconds.mean
        offlineMean = offlineNanoseconds.mean
        onlineShare = onlineMean / (onlineMean + offlineMean)
        self.seed = seed
        self.purpose = purpose
        self.horizonNanoseconds = Double(horizonNanoseconds)
        agesNanoseconds = Double(agesBelowNanoseconds)
    }

    /// Whether a user is online at the start.
    public func isOnlineAtStart(_ user: UInt32) -> Bool {
        var draws = RandomStream(seed: seed, component: user, purpose: purpose)
        return draws.unit() < onlineShare
    }

    /// Where a user is at the start.
    ///
    /// - Complexity: O(1).
    public func start(of user: UInt32) -> Start {
        var draws = RandomStream(seed: seed, component: user, purpose: purpose)
        let isOnline = draws.unit() < onlineShare
        let law = isOnline ? online : offline
        let mean = isOnline ? onlineMean : offlineMean
        let agesNanoseconds = isOnline ? agesNanoseconds : 0
        let place = draws.unit() * mean
        guard horizonNanoseconds + agesNanoseconds <= mean else {
            let (age, rest) = law.sampleAgeAndRest(drawing: &draws)
            return start(isOnline, age: age, rest: rest)
        }
        if place < horizonNanoseconds {
            let length = Double(law.sample(drawing: &draws))
            if length > place { return start(isOnline, age: length - place, rest: place) }
        } else if mean - place < agesNanoseconds {
            let age = mean - place
            let length = Double(law.sample(drawing: &draws))
            if length - age >= horizonNanoseconds { return start(isOnline, age: age, rest: length - age) }
        }
        return Start(isOnline: isOnline, ageNanoseconds: nil, changeNanoseconds: nil)
    }

    private func start(_ isOnline: Bool, age: Double, rest: Double) -> Start {
        Start(
            isOnline: isOnline, ageNanoseconds: isOnline && age < agesNanoseconds ? UInt64(age) : nil,
            changeNanoseconds: rest < horizonNanoseconds ? max(1, UInt64(rest)) : nil)
    }
}
