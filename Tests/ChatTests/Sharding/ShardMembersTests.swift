import Testing

@testable import Chat

@Suite("Members of a shard")
struct ShardMembersTests {
    @Test("members keep their order; the first is the primary")
    func order() {
        let members = ShardMembers([7, 0, 65_534])
        #expect(members.servers == [7, 0, 65_534] && members.primary == 7 && members.count == 3)
        #expect(members.contains(0) && !members.contains(1) && members[3] == nil)
        #expect(ShardMembers(word: members.word) == members)
        #expect(ShardMembers([]).primary == nil && ShardMembers([]).count == 0)
    }

    @Test("when one goes, those after it move up; one can take another's place")
    func changes() {
        let members = ShardMembers([1, 2, 3])
        #expect(members.removing(1).servers == [2, 3])
        #expect(members.removing(9) == members)
        #expect(members.replacing(2, with: 9).servers == [1, 9, 3])
    }

    @Test("at the start shards are dealt in turn, and copies to the servers after the primary")
    func startMap() {
        let map = ShardMap(
            ShardingConfiguration(
                initialServerCount: 3,
                replication: .init(copyCount: 2, waitsForCopies: true, repairs: true, detectNanoseconds: 1)))
        #expect(
            map[0].members.servers == [0, 1] && map[1].members.servers == [1, 2] && map[2].members.servers == [2, 0])
        #expect(map[999].members.servers == [0, 1] && map.assignments.allSatisfy { $0.version == 1 })
    }

    @Test("only a newer assignment is adopted")
    func adoption() {
        var map = ShardMap(ShardingConfiguration(initialServerCount: 2))
        let newer = ShardAssignment(version: 3, members: ShardMembers([1]))
        let isNewer = [3, 2, 3].map { version in
            map.adopt(ShardAssignment(version: version, members: ShardMembers([version == 3 ? 1 : 0])), of: 4)
        }
        #expect(isNewer == [true, false, false] && map[4] == newer && map.primary(of: 4) == 1)
    }
}
