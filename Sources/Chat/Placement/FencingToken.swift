/// What the owner of a mailbox shows the storage with each write, where ownership moves between chat servers: how often the mailbox was taken
/// over, and who owns it. As a plain number it is the epoch of the writes: a later owner's is greater.
@frozen
public struct FencingToken: Hashable, Sendable, Comparable {
    /// The term in the upper 15 bits, the number of the owner in the lower 17.
    public let rawValue: UInt32

    /// The most chat servers that a token can name.
    public static let ownersMax: UInt32 = 1 << 17
    /// The last term.
    public static let termMax: UInt32 = 1 << 15 - 1

    /// Restores a token from its bits.
    @inlinable
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A token of an owner.
    ///
    /// - Precondition: The term is at most ``termMax``, the owner below ``ownersMax``.
    init(term: UInt32, owner: UInt32) {
        precondition(term <= Self.termMax && owner < Self.ownersMax, "term \(term) of owner \(owner) is no token")
        rawValue = term << 17 | owner
    }

    /// How often the mailbox was taken over; zero if it never had an owner.
    public var term: UInt32 { rawValue >> 17 }
    /// The number of the owner; nothing if there never was one.
    public var owner: UInt32? { term == 0 ? nil : rawValue & (Self.ownersMax - 1) }

    /// The token of the next owner.
    func next(owner: UInt32) -> FencingToken { FencingToken(term: term + 1, owner: owner) }

    /// Orders by term.
    @inlinable
    public static func < (left: FencingToken, right: FencingToken) -> Bool { left.rawValue < right.rawValue }
}
