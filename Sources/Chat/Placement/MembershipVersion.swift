/// Which of two views of the membership of a tier is newer: a count, and the load balancer that issued it, so that two that issue at the same
/// time never issue the same version.
@frozen
public struct MembershipVersion: Hashable, Sendable, Comparable {
    /// The count in the upper 48 bits, the number of the load balancer in the lower 16.
    public let rawValue: UInt64

    /// Restores a version from its bits.
    @inlinable
    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// What a server has that knows no membership: older than any view.
    public static let unknown = MembershipVersion(rawValue: 0)
    /// The view that all have at the start.
    public static let initial = MembershipVersion(rawValue: 1 << 16)

    /// The version that a load balancer issues after this one.
    ///
    /// - Precondition: The number of the load balancer is below 65,536.
    func next(issuedBy loadBalancer: UInt32) -> MembershipVersion {
        MembershipVersion(rawValue: (rawValue >> 16 + 1) << 16 | UInt64(UInt16(loadBalancer)))
    }

    /// How many views there were before, about: the count.
    private var count: UInt64 { rawValue >> 16 }

    /// Whether there may be a view between an older one and this: if one was left out by the count, or if another load balancer issued the older
    /// one, beside which this one's may have issued some, with the same count, while they did not hear of each other.
    func mayLeaveOut(after older: MembershipVersion) -> Bool {
        count > older.count + 1 || (rawValue ^ older.rawValue) & 0xffff != 0
    }

    /// Orders by age.
    @inlinable
    public static func < (left: MembershipVersion, right: MembershipVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}
