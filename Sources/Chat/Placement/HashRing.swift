/// A ring of hashes with points of every server that there may be (Karger and others 1997). A key belongs to the server of the next point
/// clockwise whose server is a member, so that a server that leaves or joins moves only keys that it had or gets.
///
/// The ring itself never changes: members come and go beside it. Copies share its memory.
struct HashRing: Hashable, Sendable {
    /// How many points a server has. The share of a server varies by about one part in the square root of that: 9 %.
    static let pointsPerServer = 128

    /// The hashes of the points, ascending.
    private let hashes: [UInt64]
    /// The server of each.
    private let servers: [UInt32]

    /// A ring of servers that are numbered from zero.
    ///
    /// - Complexity: O(n log n) in the number of points.
    init(serverCount: UInt32) {
        var points: [(hash: UInt64, server: UInt32)] = []
        points.reserveCapacity(Int(serverCount) * Self.pointsPerServer)
        for server in 0..<serverCount {
            for point in 0..<Self.pointsPerServer {
                points.append((StableHash.hash(UInt64(server) << 32 | UInt64(point), salt: 1), server))
            }
        }
        points.sort { ($0.hash, $0.server) < ($1.hash, $1.server) }
        hashes = points.map(\.hash)
        servers = points.map(\.server)
    }

    /// The member that comes as number `rank` (from zero) of those that differ, clockwise from the hash of a key.
    ///
    /// - Precondition: There are more than `rank` members.
    /// - Complexity: O(log points), and O(1) for each point that is passed: about one over the share of members.
    func server(of key: UInt64, rank: UInt32, members: ServerSet) -> UInt32 {
        precondition(rank < members.count, "a ring of \(members.count) members has no number \(rank)")
        let start = firstPoint(from: StableHash.hash(key, salt: 2))
        var passed: [UInt32] = []
        for step in 0..<servers.count {
            let server = servers[(start + step) % servers.count]
            guard members.contains(server), !passed.contains(server) else { continue }
            if passed.count == rank { return server }
            passed.append(server)
        }
        preconditionFailure("every member has points on the ring")
    }

    /// The first point at or after a hash; the ring goes on at its beginning.
    private func firstPoint(from hash: UInt64) -> Int {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low == hashes.count ? 0 : low
    }
}
