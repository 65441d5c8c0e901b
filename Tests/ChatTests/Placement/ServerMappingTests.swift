import Chat
import Testing

@Suite("Mapping of keys to servers")
struct ServerMappingTests {
    private static let keys: Range<UInt64> = 0..<100_000

    private func members(_ servers: some Sequence<UInt32>, of capacity: UInt32) -> ServerSet {
        var set = ServerSet(words: Array(repeating: 0, count: Int(capacity + 63) / 64), capacity: capacity)
        for server in servers { set.insert(server) }
        return set
    }

    /// The share of keys whose server differs, and whether every one that differs went from or to a given server.
    private func moved(
        _ law: ServerMapping.Law, from old: ServerSet, to new: ServerSet, by server: UInt32
    ) -> (share: Double, onlyOfServer: Bool) {
        var mapping = ServerMapping(law, members: old)
        let before = Self.keys.map { mapping.server(of: $0) }
        mapping.setMembers(new)
        let after = Self.keys.map { mapping.server(of: $0) }
        let changes = zip(before, after).filter { $0 != $1 }
        return (
            Double(changes.count) / Double(Self.keys.count), changes.allSatisfy { $0 == server || $1 == server }
        )
    }

    @Test(
        "a server that joins n others moves n of n + 1 keys by modulo, one of n + 1 by a ring or by two choices",
        arguments: [4, 10, 40] as [UInt32])
    func joins(count: UInt32) {
        let old = members(0..<count, of: count + 1)
        let new = ServerSet(allOf: count + 1)
        let expected = 1 / Double(count + 1)
        let modulo = moved(.modulo, from: old, to: new, by: count)
        #expect(abs(modulo.share - (1 - expected)) < 0.001)
        #expect(!modulo.onlyOfServer)
        let hash = moved(.hash, from: old, to: new, by: count)
        // Each key draws anew, so that it stays where it was with one chance of n + 1; four standard deviations.
        #expect(abs(hash.share - (1 - expected)) < 4 * (expected / Double(Self.keys.count)).squareRoot())
        #expect(!hash.onlyOfServer)
        for law in [ServerMapping.Law.consistent, .leastLoadedOfTwo] {
            let (share, onlyOfServer) = moved(law, from: old, to: new, by: count)
            // A server's share of the ring varies by 9 % (one over the square root of its points): three times that.
            #expect(abs(share / expected - 1) < 0.27, "\(law): \(share)")
            #expect(onlyOfServer, "\(law)")
        }
    }

    @Test("a server in the middle that is lost moves only its own keys, and gets exactly those back when it returns")
    func leaves() {
        let all = ServerSet(allOf: 10)
        var rest = all
        rest.remove(4)
        for law in [ServerMapping.Law.consistent, .leastLoadedOfTwo] {
            let (share, onlyOfServer) = moved(law, from: all, to: rest, by: 4)
            #expect(abs(share * 10 - 1) < 0.27, "\(law): \(share)")
            #expect(onlyOfServer)
            var mapping = ServerMapping(law, members: all)
            let before = Self.keys.map { mapping.server(of: $0) }
            mapping.setMembers(rest)
            mapping.setMembers(all)
            #expect(Self.keys.map { mapping.server(of: $0) } == before)
        }
    }

    @Test("modulo with all servers is the key modulo their number")
    func modulo() {
        let mapping = ServerMapping(.modulo, serverCount: 3)
        #expect((0..<6).map { mapping.server(of: $0) } == [0, 1, 2, 0, 1, 2])
        #expect(mapping.server(of: 4, rank: 1) == 1)
    }

    @Test("by a hash the numbers of keys of servers vary as chance has it")
    func hashSpread() {
        let mapping = ServerMapping(.hash, serverCount: 100)
        var loads = Array(repeating: 0.0, count: 100)
        for key in Self.keys { loads[Int(mapping.server(of: key))] += 1 }
        let mean = Double(Self.keys.count) / 100
        // The sum of the squares follows a chi-squared law with 99 degrees of freedom: within four standard deviations.
        let chiSquared = loads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / mean }
        #expect(abs(chiSquared - 99) < 4 * (2 * 99.0).squareRoot())
        #expect(mapping.server(of: 4, rank: 1) == mapping.server(of: 4), "a key has one server")
    }

    @Test("fixed modulo moves only the keys of servers that are no members, evenly to the others, and back")
    func fixedModulo() {
        var mapping = ServerMapping(.fixedModulo, serverCount: 9)
        #expect((0..<20).allSatisfy { mapping.server(of: $0) == $0 % 9 })
        mapping.setMembers(members([0, 1, 3, 4, 6, 7], of: 9))
        var loads = Array(repeating: 0, count: 9)
        for key in Self.keys {
            let server = mapping.server(of: key)
            if [2, 5, 8].contains(key % 9) { loads[Int(server)] += 1 } else { #expect(server == UInt32(key % 9)) }
        }
        // 33,333 keys over six servers: the deviation of each is 68.
        #expect([0, 1, 3, 4, 6, 7].allSatisfy { abs(loads[$0] - 5556) < 300 } && loads[2] + loads[5] + loads[8] == 0)
        for key in Self.keys.prefix(200) {
            #expect(Set((0..<6).map { mapping.server(of: key, rank: $0) }) == [0, 1, 3, 4, 6, 7])
            #expect(!mapping.isFirstChoice(mapping.server(of: key, rank: 1), of: key))
        }
        mapping.setMembers(ServerSet(allOf: 9))
        #expect((0..<20).allSatisfy { mapping.server(of: $0) == $0 % 9 })
    }

    @Test("no server of a ring has far more than its share")
    func balance() {
        let mapping = ServerMapping(.consistent, serverCount: 50)
        var loads = Array(repeating: 0, count: 50)
        for key in Self.keys { loads[Int(mapping.server(of: key))] += 1 }
        let mean = Self.keys.count / 50
        // 50 draws of a share that varies by 9 %: the greatest is within 3.5 times that with all but certainty.
        #expect((loads.max() ?? 0) < mean * 131 / 100)
        #expect((loads.min() ?? 0) > mean * 69 / 100)
    }

    @Test("the fullest server has far less with two choices than with one")
    func twoChoices() {
        let count = 10_000
        let mapping = ServerMapping(.leastLoadedOfTwo, serverCount: UInt32(count))
        var one = Array(repeating: UInt64(0), count: count)
        var two = one
        for key in 0..<UInt64(count) {
            one[Int(mapping.server(of: key))] += 1
            two[Int(mapping.server(of: key) { two[Int($0)] })] += 1
        }
        // As many keys as servers: one choice about ln n / ln ln n = 4.1 and more (6 or 7 at this n), two choices ln ln n / ln 2 + O(1) = 3.2.
        #expect((one.max() ?? 0) >= 6)
        #expect((two.max() ?? 0) <= 4)
    }

    @Test("the ranks of a ring are all members, each once; two choices are two that differ")
    func ranks() {
        let some = members([1, 3, 4, 8], of: 9)
        let ring = ServerMapping(.consistent, members: some)
        let two = ServerMapping(.leastLoadedOfTwo, members: some)
        for key in Self.keys.prefix(200) {
            #expect(Set((0..<4).map { ring.server(of: key, rank: $0) }) == [1, 3, 4, 8])
            #expect(ring.server(of: key, rank: 4) == ring.server(of: key))
            #expect(two.server(of: key) != two.server(of: key, rank: 1))
            #expect(two.server(of: key, rank: 2) == two.server(of: key))
            #expect(two.isFirstChoice(two.server(of: key, rank: 1), of: key))
            #expect(!ring.isFirstChoice(ring.server(of: key, rank: 1), of: key))
        }
    }

    @Test("two choices find the last members of a large tier")
    func fewMembers() {
        let mapping = ServerMapping(.leastLoadedOfTwo, members: members([77, 4000], of: 5000))
        for key in Self.keys.prefix(50) {
            #expect(Set([mapping.server(of: key), mapping.server(of: key, rank: 1)]) == [77, 4000])
        }
        let alone = ServerMapping(.leastLoadedOfTwo, members: members([9], of: 10))
        #expect(alone.server(of: 5, rank: 1) == 9)
    }

    @Test("a set of servers keeps its count and its words")
    func sets() {
        var set = ServerSet(allOf: 70)
        #expect(set.count == 70 && set.words == [.max, 63])
        set.remove(69)
        set.remove(69)
        #expect(set.count == 69 && !set.contains(69))
        #expect(ServerSet(words: set.words, capacity: 70) == set)
        set.insert(69)
        #expect(set == ServerSet(allOf: 70))
    }
}
