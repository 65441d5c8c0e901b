/// Which server of a tier a key belongs to: a user's chat server, a user's cache server, a thread's group server.
///
/// A mapping is a function of its law, of the number of servers that there may be, and of which of them are members at present. All who have
/// the same members agree. Copies share memory until their members change.
public struct ServerMapping: Hashable, Sendable {
    /// How keys are mapped.
    public enum Law: Hashable, Sendable, CaseIterable {
        /// The key modulo the number of members. One member more or less moves nearly every key: of n + 1 servers, n of n + 1 keys.
        case modulo
        /// A hash of the key modulo the number of members: servers get what chance gives them, a number of keys around the mean that varies by its
        /// square root. One member more or less moves nearly every key, as with ``modulo``.
        case hash
        /// The key modulo the number of servers that there may be, members or not. The keys of a server that is no member are spread over the
        /// members by hashes, and no other key moves. While all are members each has as many keys as any other.
        case fixedModulo
        /// A ring of hashes with many points for each server. A server that joins n others moves one of n + 1 keys.
        case consistent
        /// Two members by two hashes of the key; whoever places the key takes the one with less load (Azar, Broder, Karlin and Upfal 1994). What
        /// a server that joins or leaves moves is as little as with ``consistent``.
        case leastLoadedOfTwo

        /// Whether a key's server is the key modulo the number of servers as long as all are members.
        public var dealsOutEvenly: Bool { self == .modulo || self == .fixedModulo }
    }

    /// How keys are mapped.
    public let law: Law
    /// Which servers are members.
    public private(set) var members: ServerSet
    private let ring: HashRing?
    /// The members in order, where the law needs them so.
    private var ordered: [UInt32]

    /// A mapping to all servers of a tier.
    public init(_ law: Law, serverCount: UInt32) {
        self.init(law, members: ServerSet(allOf: serverCount))
    }

    /// A mapping to some servers of a tier.
    ///
    /// - Complexity: O(n log n) in the number of servers that there may be.
    public init(_ law: Law, members: ServerSet) {
        self.law = law
        self.members = members
        ring = law == .consistent ? HashRing(serverCount: members.capacity) : nil
        ordered = law.isByCount ? members.servers : []
    }

    /// Maps to other members from now on.
    public mutating func setMembers(_ members: ServerSet) {
        precondition(members.capacity == self.members.capacity, "the members are of another tier")
        self.members = members
        if law.isByCount { ordered = members.servers }
    }

    /// How many servers a key may be placed on: one after the other, if those before are full.
    public var choiceCount: UInt32 {
        switch law {
        case .modulo, .hash: min(1, members.count)
        case .consistent, .fixedModulo: members.count
        case .leastLoadedOfTwo: min(2, members.count)
        }
    }

    /// The server of a key; the first of the two with ``Law/leastLoadedOfTwo``.
    ///
    /// - Precondition: There is a member.
    public func server(of key: UInt64) -> UInt32 { server(of: key, rank: 0) }

    /// The server that comes as number `rank` (from zero) of those that a key may be placed on. Beyond the last comes the first again.
    ///
    /// - Precondition: There is a member.
    public func server(of key: UInt64, rank: UInt32) -> UInt32 {
        precondition(members.count > 0, "no server is left to map to")
        let rank = rank % choiceCount
        switch law {
        case .modulo: return ordered[Int(key % UInt64(ordered.count))]
        case .hash: return ordered[Int(StableHash.hash(key, salt: Self.hashSalt) % UInt64(ordered.count))]
        case .fixedModulo: return fixedServer(of: key, rank: rank)
        case .consistent:
            guard let ring else { preconditionFailure("consistent mapping has a ring") }
            return ring.server(of: key, rank: rank, members: members)
        case .leastLoadedOfTwo:
            let first = probe(key, passing: nil)
            return rank == 0 ? first : probe(key, passing: first)
        }
    }

    /// The server of a key when there is a choice: the one with less load, the first if they are equal.
    ///
    /// - Parameter load: The load of a server.
    public func server(of key: UInt64, byLoad load: (UInt32) -> UInt64) -> UInt32 {
        let first = server(of: key)
        guard law == .leastLoadedOfTwo, members.count > 1 else { return first }
        let second = server(of: key, rank: 1)
        return load(second) < load(first) ? second : first
    }

    /// Whether a key that is not placed anywhere may be placed on a server without another having refused it.
    public func isFirstChoice(_ server: UInt32, of key: UInt64) -> Bool {
        guard members.contains(server) else { return false }
        return self.server(of: key) == server || (law == .leastLoadedOfTwo && self.server(of: key, rank: 1) == server)
    }

    /// The member that comes as number `rank` of those that differ: the key's own server if that is a member, then those that hashes of the key
    /// name.
    private func fixedServer(of key: UInt64, rank: UInt32) -> UInt32 {
        let own = UInt32(key % UInt64(members.capacity))
        if rank == 0, members.contains(own) { return own }
        var passed: [UInt32] = members.contains(own) ? [own] : []
        while passed.count < rank { passed.append(probe(key) { passed.contains($0) }) }
        return probe(key) { passed.contains($0) }
    }

    /// The first member among the servers that one hash of the key after another names. A server that is no member is passed over, so that
    /// only its own keys move. A few probes suffice unless most servers are out.
    private func probe(_ key: UInt64, passing passed: UInt32?) -> UInt32 {
        probe(key) { $0 == passed }
    }

    private func probe(_ key: UInt64, passing isPassed: (UInt32) -> Bool) -> UInt32 {
        for salt in 3..<3 + Self.probesMax {
            let server = StableHash.reduce(StableHash.hash(key, salt: salt), below: members.capacity)
            if members.contains(server), !isPassed(server) { return server }
        }
        // So few are members that hashes hardly meet one: go on from where the key's first hash points.
        let start = StableHash.reduce(StableHash.hash(key, salt: 3), below: members.capacity)
        for step in 0..<members.capacity {
            let server = UInt32((UInt64(start) + UInt64(step)) % UInt64(members.capacity))
            if members.contains(server), !isPassed(server) { return server }
        }
        preconditionFailure("there is a member other than the one that is passed over")
    }

    /// Tells the hash of ``Law/hash`` from others of the same key; those of two choices have salts from 3 on.
    private static let hashSalt: UInt64 = 1

    /// How many hashes are tried before the servers are walked through.
    private static let probesMax: UInt64 = 256
}

extension ServerMapping.Law {
    /// Whether the server of a key depends on how many members there are: it is the only one, and most keys move with a member.
    var isByCount: Bool { self == .modulo || self == .hash }
}
