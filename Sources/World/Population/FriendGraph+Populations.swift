public import Chat
import Simulation

extension FriendGraph {
    /// Who is whose friend in a world: a function of the seed and of how many there are.
    ///
    /// - Parameters:
    ///   - listed: The friends of each listed user, by number; see ``FriendGraph/init(listed:populations:)``.
    ///   - populations: The populations, whose users are numbered on from there.
    ///   - seed: The seed of all random draws.
    public init(listed: [[UserID]], populations: [Population], seed: UInt64) {
        var firstUser = UInt32(listed.count)
        var computed: [PopulationFriends] = []
        for population in populations {
            if let friendCount = population.friendCount {
                computed.append(
                    PopulationFriends(
                        firstUser: firstUser, userCount: population.userCount,
                        key: RandomStream.word(
                            seed: seed, component: firstUser, purpose: RandomPurpose.friends.rawValue, index: 0),
                        quantile: friendCount.quantile))
            }
            firstUser += population.userCount
        }
        self.init(listed: listed, populations: computed)
    }
}
