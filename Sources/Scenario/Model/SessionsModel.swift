internal import Language

/// For how long users of a population are online, and for how long not, in turn.
public struct SessionsModel: Hashable, Sendable {
    /// For how long online, in nanoseconds.
    public let onlineNanoseconds: DistributionModel
    /// For how long offline, in nanoseconds.
    public let offlineNanoseconds: DistributionModel
}

extension ValueKind where Value == SessionsModel {
    /// The section `sessions` of a population.
    static var sessions: ValueKind {
        .section { reader in
            SessionsModel(
                onlineNanoseconds: reader.required(
                    "online", .gapDistribution, "For how long a user is online; the devices connect and close together."
                ),
                offlineNanoseconds: reader.required(
                    "offline", .gapDistribution, "For how long a user is offline then."))
        }
    }
}

extension ValueKind where Value == DistributionModel {
    /// A distribution of numbers of friends.
    static var friendCountDistribution: ValueKind {
        .distribution(of: .integer(0...5000), positive: .integer(1...5000))
    }
}
