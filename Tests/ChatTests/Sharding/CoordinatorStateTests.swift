import Testing

@testable import Chat

@Suite("Plan of the coordinator")
struct CoordinatorStateTests {
    /// Does all that there is to do, one after the other.
    private func settle(_ state: inout CoordinatorState, copyCount: UInt32, isLost: [Bool]) -> Int {
        var count = 0
        while let task = state.nextTask(copyCount: copyCount, isLost: isLost), count < 10_000 {
            state.apply(.begin(task))
            state.apply(.assign(shard: task.shard, task.result(from: state.map[task.shard])))
            count += 1
        }
        return count
    }

    private func copies(_ state: CoordinatorState) -> [Int] {
        (0..<state.serverCount).map { server in state.map.assignments.count { $0.members.contains(server) } }
    }

    @Test(
        "after growth all servers have as many shards, and no more move than must",
        arguments: [(2, 2, 500), (2, 1, 333), (3, 1, 250), (1, 9, 900), (7, 3, 300)] as [(UInt32, UInt32, Int)])
    func growth(servers: UInt32, added: UInt32, moves: Int) {
        var state = CoordinatorState(ShardingConfiguration(initialServerCount: servers))
        state.apply(.grow(serverCount: added))
        let isLost = Array(repeating: false, count: Int(servers + added))
        let count = settle(&state, copyCount: 1, isLost: isLost)
        let most = copies(state).max() ?? 0
        let fewest = copies(state).min() ?? 0
        #expect(most - fewest <= 1 && copies(state).reduce(0, +) == 1000)
        #expect(abs(count - moves) <= Int(added))
    }

    @Test("with copies, primaries are evened out as well, and no server has a shard twice")
    func growthWithCopies() {
        var state = CoordinatorState(
            ShardingConfiguration(
                initialServerCount: 3,
                replication: .init(copyCount: 3, waitsForCopies: true, repairs: true, detectNanoseconds: 1)))
        state.apply(.grow(serverCount: 3))
        _ = settle(&state, copyCount: 3, isLost: Array(repeating: false, count: 6))
        #expect(copies(state).allSatisfy { $0 == 500 })
        let primaries = (0..<6).map { server in state.map.assignments.count { $0.members.primary == server } }
        #expect(primaries.allSatisfy { (150...185).contains($0) }, "\(primaries)")
        #expect(state.map.assignments.allSatisfy { Set($0.members.servers).count == 3 })
    }

    @Test("copies that a lost server had are made anew, before anything is moved")
    func lostServer() {
        var state = CoordinatorState(
            ShardingConfiguration(
                initialServerCount: 4,
                replication: .init(copyCount: 2, waitsForCopies: true, repairs: true, detectNanoseconds: 1)))
        for shard in 0..<Placement.logicalShards where state.map[shard].members.contains(3) {
            let assignment = state.map[shard]
            state.apply(
                .assign(
                    shard: shard,
                    ShardAssignment(version: assignment.version + 1, members: assignment.members.removing(3))))
        }
        let isLost = [false, false, false, true]
        #expect(state.nextTask(copyCount: 2, isLost: isLost)?.replaces == nil)
        #expect(settle(&state, copyCount: 2, isLost: isLost) == 500)
        #expect(copies(state).sorted() == [0, 666, 667, 667])
    }

    @Test("a shard that is under way is left alone, and its load counts as if it were done")
    func busyShards() {
        var state = CoordinatorState(ShardingConfiguration(initialServerCount: 2))
        state.apply(.grow(serverCount: 2))
        var shards: Set<UInt32> = []
        for _ in 0..<500 {
            guard let task = state.nextTask(copyCount: 1, isLost: [false, false, false, false]) else { break }
            #expect(shards.insert(task.shard).inserted)
            state.apply(.begin(task))
        }
        #expect(shards.count == 500 && state.nextTask(copyCount: 1, isLost: [false, false, false, false]) == nil)
    }
}
