import Chat

/// What all blocks of a population have in common, which is kept once: there are a hundred thousand blocks.
final class PopulationContext: Sendable {
    let population: Population
    /// The number of the population's first user.
    let firstUser: UInt32
    let friends: FriendGraph
    /// When the users stop, in nanoseconds.
    let stopNanoseconds: UInt64
    let placement: Placement
    /// The chat servers of users.
    let mapping: ServerMapping
    /// Whether every device that is online is with the server that the mapping gives now.
    let usersStay: Bool
    let seed: UInt64

    init(_ population: Population, firstUser: UInt32, configuration: WorldConfiguration, placement: Placement) {
        self.population = population
        self.firstUser = firstUser
        self.placement = placement
        friends = configuration.friends
        stopNanoseconds = configuration.populationsStopNanoseconds
        mapping = configuration.balancing.mapping
        usersStay = !configuration.balancing.movesUsers
        seed = configuration.seed
    }
}
