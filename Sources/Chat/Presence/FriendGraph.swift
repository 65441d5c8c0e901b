/// Who is whose friend. Friendship is mutual. The friends of listed users are stored, those of users in populations computed.
public struct FriendGraph: Hashable, Sendable {
    /// The friends of each listed user, in the order in which devices show them.
    private let listed: [[UserID]]
    /// The populations whose users have friends, by the number of their first user.
    private let populations: [PopulationFriends]

    /// Describes friendships.
    ///
    /// - Parameters:
    ///   - listed: The friends of each listed user, by the user's number.
    ///   - populations: Those of users in populations, by the number of the first user.
    /// - Precondition: Listed friendships are mutual, and nobody is a friend of oneself or twice a friend of another.
    public init(listed: [[UserID]], populations: [PopulationFriends] = []) {
        var pairs: Set<UInt64> = []
        for (user, friends) in listed.enumerated() {
            for friend in friends {
                let isNew = pairs.insert(UInt64(user) << 32 | UInt64(friend.rawValue)).inserted
                precondition(isNew && friend.rawValue != UInt32(user), "friendship is between two, and once")
            }
        }
        let isMutual = pairs.allSatisfy { pairs.contains($0 << 32 | $0 >> 32) }
        precondition(isMutual, "friendship is mutual")
        self.listed = listed
        self.populations = populations
    }

    /// The friends of a user, in the order in which devices show them.
    ///
    /// - Complexity: O(f log f) for f friends.
    public func friends(of user: UserID) -> [UserID] {
        if Int(user.rawValue) < listed.count { return listed[Int(user.rawValue)] }
        guard let population = population(of: user) else { return [] }
        // User and place in one word, to find those who come twice.
        var met: [UInt64] = []
        population.forEachMet(by: user) { other in
            if other != user { met.append(UInt64(other.rawValue) << 32 | UInt64(met.count)) }
        }
        met.sort()
        var places: [UInt64] = []
        places.reserveCapacity(met.count)
        for (index, word) in met.enumerated() where index == 0 || met[index - 1] >> 32 != word >> 32 {
            places.append(word << 32 | word >> 32)
        }
        places.sort()
        return places.map { UserID(UInt32(truncatingIfNeeded: $0)) }
    }

    /// Some friend of a user of a population, by an even draw; nothing if the user has none or is of no population with friends.
    ///
    /// - Parameter below: Draws evenly from zero to a bound less one.
    /// - Complexity: O(1), nearly always.
    public func someFriend(of user: UserID, drawing below: (UInt64) -> UInt64) -> UserID? {
        population(of: user)?.someFriend(of: user, drawing: below)
    }

    private func population(of user: UserID) -> PopulationFriends? {
        populations.first { $0.firstUser <= user.rawValue && user.rawValue - $0.firstUser < $0.userCount }
    }
}
