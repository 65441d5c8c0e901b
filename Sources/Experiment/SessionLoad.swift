internal import Chat
internal import Scenario
internal import Simulation
internal import World

/// What users of populations who come and go, and the statuses that friends are told, come to while the populations are not stopped: means, from which the
/// figures of a run differ by chance.
struct SessionLoad {
    /// How many devices connect in a second.
    private(set) var loginsPerSecond = 0.0
    /// How many statuses reach devices in a second because a friend comes or goes.
    private(set) var statusesPerSecond = 0.0
    /// How many users have come at the start of whom friends are told later.
    private(set) var delayedCount = 0.0
    /// How many events all that is in a second.
    private(set) var eventsPerSecond = 0.0
    /// How many bytes of the users' groups it takes to know who is online.
    private(set) var onlineBytes = 0.0

    /// Of a device that connects, with the loading of the mailbox, and of one that goes.
    private static let eventsPerLogin = 12.0
    private static let eventsPerLogout = 2.0

    init(of scenario: Scenario) {
        let presence = Assembly.presence(scenario.system.presence, friends: FriendGraph(listed: []))
        for population in Assembly.populations(of: scenario) {
            add(population, presence, serverCount: Double(scenario.system.chatServers.count))
        }
    }

    /// The mean number of friends, cut as `PopulationFriends` cuts it.
    private static func meanFriendCount(_ law: Distribution, userCount: UInt32) -> Double {
        let most = UInt64(min(PopulationFriends.friendCountMax, userCount - 1))
        let stepCount = 1000
        let sum = (0..<stepCount).reduce(0.0) {
            $0 + Double(min(most, law.quantile((Double($1) + 0.5) / Double(stepCount))))
        }
        return sum / Double(stepCount)
    }

    private mutating func add(_ population: Population, _ presence: PresenceConfiguration?, serverCount: Double) {
        let users = Double(population.userCount)
        let devices = Double(population.deviceCount)
        var share = 1.0
        var comes = 0.0
        if let sessions = population.sessions {
            let (online, offline) = (sessions.onlineNanoseconds.mean, sessions.offlineNanoseconds.mean)
            share = online / (online + offline)
            comes = users / (online + offline) * 1e9
            loginsPerSecond += comes * devices
            eventsPerSecond += comes * devices * (Self.eventsPerLogin + Self.eventsPerLogout)
            onlineBytes += users / 8
        }
        guard let presence, let friendCount = population.friendCount else { return }
        let friends = Self.meanFriendCount(friendCount, userCount: population.userCount)
        // Friends of the same server are told by one message, and asked about by one.
        let servers = min(friends, serverCount)
        let told = comes * (presence.broadcastsOffline ? 2 : 1)
        statusesPerSecond += told * friends * share * devices
        eventsPerSecond += told * (servers + friends * share * devices)
        delayedCount += comes * Double(presence.broadcastDelayNanoseconds) / 1e9
        func questions(about count: Double) -> Double { 2 + 2 * min(count, servers) }
        if presence.pullsOnStart { eventsPerSecond += comes * devices * questions(about: friends) }
        if presence.pullsOnNewChat {
            eventsPerSecond += users * share / population.meanGapNanoseconds * 1e9 * questions(about: 1)
        }
        if let period = presence.viewportPeriodNanoseconds {
            let looks = users * devices * share / Double(period) * 1e9
            eventsPerSecond += looks * questions(about: min(friends, Double(presence.viewportSize)))
        }
    }
}
