/// The storage servers that hold a logical shard, the primary first: at most ``countMax``, in one word.
@frozen
public struct ShardMembers: Hashable, Sendable {
    /// The most servers that may hold a shard: 16 bits of the word for each.
    public static let countMax = 4

    /// Each server's number plus one in 16 bits, the first in the lowest; zero where there is none.
    public private(set) var word: UInt64

    /// Restores members from ``word``.
    public init(word: UInt64) {
        self.word = word
    }

    /// The given servers, in order.
    ///
    /// - Precondition: There are at most ``countMax`` of them, with numbers below 65,535.
    public init(_ servers: some Sequence<UInt32>) {
        word = 0
        for server in servers { append(server) }
    }

    /// The numbers of the servers, the primary first.
    public var servers: [UInt32] {
        (0..<Self.countMax).compactMap { self[$0] }
    }

    /// The number of the server at a place, the primary's being zero; nothing if there are not so many.
    public subscript(place: Int) -> UInt32? {
        let part = word >> UInt64(place * 16) & 0xffff
        return part == 0 ? nil : UInt32(part) - 1
    }

    /// How many servers there are.
    public var count: Int { (64 - word.leadingZeroBitCount + 15) / 16 }

    /// The server that takes writes and answers reads; nothing if there are no members.
    public var primary: UInt32? { self[0] }

    /// Whether a server is one of them.
    public func contains(_ server: UInt32) -> Bool {
        var rest = word
        while rest != 0 {
            if rest & 0xffff == UInt64(server) + 1 { return true }
            rest >>= 16
        }
        return false
    }

    /// Adds a server after the others.
    public mutating func append(_ server: UInt32) {
        let place = count
        precondition(place < Self.countMax && server < 0xffff, "a shard has at most four members")
        word |= (UInt64(server) + 1) << UInt64(place * 16)
    }

    /// The members without one; those after it move up.
    public func removing(_ server: UInt32) -> ShardMembers {
        ShardMembers(servers.filter { $0 != server })
    }

    /// The members with one in the place of another.
    public func replacing(_ server: UInt32, with other: UInt32) -> ShardMembers {
        ShardMembers(servers.map { $0 == server ? other : $0 })
    }
}
