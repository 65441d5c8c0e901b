import Testing

@testable import Chat

@Suite("Friends")
struct FriendGraphTests {
    @Test("listed friends are those of the list, in its order")
    func listed() {
        let graph = FriendGraph(listed: [[UserID(2), UserID(1)], [UserID(0)], [UserID(0)]])
        #expect(graph.friends(of: UserID(0)) == [UserID(2), UserID(1)])
        #expect(graph.friends(of: UserID(3)) == [])
        #expect(graph.someFriend(of: UserID(0)) { _ in 0 } == nil, "only populations write to friends at random")
    }

    /// A population of users from number 10 on, with 0, 1, 2, ... `most` friends, each number equally often.
    private func graph(users: UInt32, most: UInt64, key: UInt64 = 5) -> FriendGraph {
        FriendGraph(
            listed: [],
            populations: [
                PopulationFriends(firstUser: 10, userCount: users, key: key) { UInt64($0 * Double(most + 1)) }
            ])
    }

    @Test("friendship is mutual, never with oneself, never double")
    func mutual() {
        let graph = graph(users: 300, most: 40)
        var friends: [UserID: Set<UserID>] = [:]
        for number in 10..<310 as Range<UInt32> {
            let list = graph.friends(of: UserID(number))
            friends[UserID(number)] = Set(list)
            #expect(Set(list).count == list.count && !list.contains(UserID(number)))
            #expect(list.allSatisfy { (10..<310).contains($0.rawValue) })
        }
        for (user, others) in friends {
            for other in others { #expect(friends[other]?.contains(user) == true, "\(user) and \(other)") }
        }
        #expect(graph.friends(of: UserID(9)) == [] && graph.friends(of: UserID(310)) == [])
    }

    @Test("the numbers of friends follow the law, but for the few ends that meet twice or their own user")
    func law() {
        let graph = graph(users: 4000, most: 40)
        let counts = (10..<4010 as Range<UInt32>).map { graph.friends(of: UserID($0)).count }.sorted()
        let mean = Double(counts.reduce(0, +)) / 4000
        #expect(mean > 19.5 && mean <= 20)
        #expect(counts.first == 0 && counts.last ?? 0 >= 38)
        #expect(abs(counts[1000] - 10) <= 1 && abs(counts[3000] - 30) <= 1)
    }

    @Test("friends are spread over all users: no user's neighbours in number are favoured")
    func spread() {
        let graph = graph(users: 4000, most: 40)
        var distances: [Int] = []
        for number in stride(from: UInt32(10), to: 4010, by: 7) {
            for friend in graph.friends(of: UserID(number)) {
                distances.append(abs(Int(friend.rawValue) - Int(number)))
            }
        }
        let mean = Double(distances.reduce(0, +)) / Double(distances.count)
        // A third of 4000, as of random pairs; more than 11,000 of them.
        #expect(abs(mean - 1333) < 40)
    }

    @Test("the numbers are cut where there are not so many others, and at the limit")
    func cut() {
        let few = PopulationFriends(firstUser: 0, userCount: 3, key: 1) { _ in 100 }
        #expect(few.endCount == 6)
        let many = PopulationFriends(firstUser: 0, userCount: 10_000, key: 1) { _ in 1_000_000 }
        #expect(many.endCount == 10_000 * UInt64(PopulationFriends.friendCountMax))
    }

    @Test("an odd end meets none")
    func odd() {
        let friends = FriendGraph(
            listed: [], populations: [PopulationFriends(firstUser: 0, userCount: 3, key: 1) { _ in 1 }])
        let counts = (0..<3 as Range<UInt32>).map { friends.friends(of: UserID($0)).count }
        #expect(counts.reduce(0, +) % 2 == 0 && counts.reduce(0, +) <= 2)
    }

    @Test("some friend is any of the friends, and nobody where there is none")
    func someFriend() {
        let graph = graph(users: 300, most: 8)
        for number in 10..<310 as Range<UInt32> {
            let friends = Set(graph.friends(of: UserID(number)))
            var found: Set<UserID> = []
            for draw in 0..<16 as Range<UInt64> {
                guard let friend = graph.someFriend(of: UserID(number), drawing: { draw % $0 }) else { continue }
                found.insert(friend)
            }
            #expect(found == friends)
        }
    }

    @Test("five hundred million users cost a table of some thousand lines")
    func fullScale() {
        let friends = PopulationFriends(firstUser: 0, userCount: 500_000_000, key: 9) { UInt64($0 * 381) }
        let graph = FriendGraph(listed: [], populations: [friends])
        let user = UserID(123_456_789)
        for friend in graph.friends(of: user) { #expect(graph.friends(of: friend).contains(user)) }
        #expect(friends.endCount / 500_000_000 == 190)
    }
}
