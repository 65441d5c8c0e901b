import Chat
import Simulation
import Testing
import World

@Suite("Friends in populations")
struct PopulationFriendsTests {
    private func graph(seed: UInt64, users: UInt32 = 20_000) -> FriendGraph {
        FriendGraph(
            listed: [[UserID(1)], [UserID(0)]],
            populations: [
                Population(
                    userCount: 100, deviceCount: 1, sending: .memoryless(meanGapNanoseconds: 1),
                    contentBytes: .constant(1)),
                Population(
                    userCount: users, deviceCount: 1, sending: .memoryless(meanGapNanoseconds: 1),
                    contentBytes: .constant(1), friendCount: .lognormal(median: 99, p99: 1430)),
            ], seed: seed)
    }

    @Test("the numbers of friends have the median and the mean of the law: of Facebook's in 2011")
    func law() {
        let graph = graph(seed: 1)
        let counts = stride(from: UInt32(102), to: 20_102, by: 20).map { graph.friends(of: UserID($0)).count }.sorted()
        // Four standard deviations of the median and of the mean of a thousand.
        #expect(abs(counts[500] - 99) <= 18, "\(counts[500])")
        let mean = Double(counts.reduce(0, +)) / 1000
        // 191, less the fifteenth of all friendships that count for nothing among so few users.
        #expect(abs(mean - 178) < 40, "\(mean)")
        #expect(counts.last ?? 0 <= 5000)
    }

    @Test("they are a function of the seed, and stay inside the population")
    func seeds() {
        let user = UserID(5000)
        #expect(graph(seed: 1).friends(of: user) == graph(seed: 1).friends(of: user))
        #expect(graph(seed: 1).friends(of: user) != graph(seed: 2).friends(of: user))
        #expect(graph(seed: 1).friends(of: user).allSatisfy { (102..<20_102).contains($0.rawValue) })
        #expect(graph(seed: 1).friends(of: UserID(50)) == [], "a population without friends")
        #expect(graph(seed: 1).friends(of: UserID(0)) == [UserID(1)])
    }
}
