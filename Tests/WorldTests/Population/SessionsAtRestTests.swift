import Chat
import Simulation
import Testing

@testable import World

@Suite("Users who come and go, whose devices rest")
struct SessionsAtRestTests {
    private static let second: UInt64 = 1_000_000_000
    private static let userCount: UInt32 = 5000
    private static let firstUser: UInt32 = 2

    /// Two listed users who stay offline, then five thousand in two blocks, online for 40 s on average and offline for 10, who stop after eight seconds, on
    /// three chat servers.
    private func configuration(
        presence: PresenceConfiguration? = nil, law: ServerMapping.Law = .modulo, deviceCount: Int = 1
    ) -> WorldConfiguration {
        var configuration = WorldConfiguration.small(chatServerCount: 3)
        let host = HostConfiguration(
            cores: 64, messageNanoseconds: 1000, connectionNanoseconds: 1000, logSyncNanoseconds: .constant(0))
        configuration.loadBalancerHost = host
        configuration.chatServerHost = host
        configuration.storageHost = host
        configuration.listedUsers = Array(repeating: ListedUser(deviceCount: 1, startsOnline: false), count: 2)
        configuration.client.sendsHeartbeats = false
        configuration.chatServer.closesSilent = false
        configuration.chatServer.mailboxesMax = 64
        configuration.balancing = BalancingConfiguration(
            mapping: ServerMapping(law, serverCount: 3), isAdmissionControlled: false)
        var population = Population(
            userCount: Self.userCount, deviceCount: deviceCount,
            sending: .memoryless(meanGapNanoseconds: 100 * Self.second), contentBytes: .constant(100),
            friendCount: .constant(10),
            sessions: Population.Sessions(
                onlineNanoseconds: .weibull(scale: 20 * Self.second, shape: 0.5),
                offlineNanoseconds: .exponential(mean: 10 * Self.second)))
        population.startsConnected = true
        configuration.populations = [population]
        configuration.populationsStopNanoseconds = 8 * Self.second
        configuration.friends = FriendGraph(listed: [[], []], populations: [population], seed: configuration.seed)
        configuration.client.presence = presence
        configuration.chatServer.presence = presence
        return configuration
    }

    /// Presence of devices that count.
    private func counted(delaySeconds: UInt64? = nil) -> PresenceConfiguration {
        let friends = configuration().friends
        var presence = PresenceConfiguration.naive(friends: friends)
        if let delaySeconds {
            presence = PresenceConfiguration(
                friends: friends, broadcastsOffline: false, broadcastDelayNanoseconds: delaySeconds * Self.second,
                pullsOnStart: true, marksOfflineOnFailure: false, pullsOnNewChat: true,
                viewportPeriodNanoseconds: 4 * Self.second, viewportSize: 3)
        }
        presence.keepsStatuses = false
        return presence
    }

    private func starts(_ configuration: WorldConfiguration) throws -> StationarySessions {
        try #require(configuration.populations[0].sessionStarts(configuration))
    }

    @Test(
        "servers have the connections of those whom devices take for online, and of nobody else",
        arguments: [ServerMapping.Law.modulo, .hash], [1, 3])
    func agreement(law: ServerMapping.Law, deviceCount: Int) throws {
        let configuration = configuration(law: law, deviceCount: deviceCount)
        let starts = try starts(configuration)
        let users = Self.firstUser..<Self.firstUser + Self.userCount
        let online = users.filter(starts.isOnlineAtStart)
        let world = try World(configuration, partitionCount: 2)
        #expect(world.connectionCount == online.count * deviceCount)
        // Whoever was online can only go at first, and whoever was not can only come; both when that was to be.
        var first: [UserID: Observation] = [:]
        world.run(before: 20 * Self.second) { observation in
            guard [.connected, .disconnected].contains(observation.kind), first[observation.device.user] == nil else {
                return
            }
            first[observation.device.user] = observation
        }
        for user in users {
            let start = starts.start(of: user)
            let change = first[UserID(user)]
            #expect(change == nil || (change?.kind == .disconnected) == start.isOnline)
            if start.isOnline { #expect(change?.timeNanoseconds == start.changeNanoseconds) }
            // To connect takes a while, for which one may go again.
            if !start.isOnline, let change {
                let due = try #require(start.changeNanoseconds)
                #expect(change.timeNanoseconds > due)
            }
        }
        #expect(first.count > 1000)
        #expect(world.metrics["connection.resets"] == 0, "no server lacks a connection that a device has")
    }

    @Test("as many are online after a while as at the start, and the run is the same however the world is cut")
    func stationary() throws {
        let worlds = try [1, 3].map { try World(configuration(presence: counted(delaySeconds: 2)), partitionCount: $0) }
        for world in worlds { world.run(before: 7 * Self.second) }
        // Of 5000 users four fifths are online; four standard deviations are 113. Some are on their way.
        #expect(worlds.allSatisfy { (3860...4130).contains($0.connectionCount) })
        for world in worlds { world.run(before: 12 * Self.second) }
        #expect(worlds[0].digest == worlds[1].digest)
    }

    @Test("devices rest: what they take does not grow with those who have come and gone")
    func memory() throws {
        let world = try World(configuration())
        let before = world.connectionBytes.devices
        world.run(before: 20 * Self.second)
        let awake = (world.connectionBytes.devices - before) / MemoryLayout<Client>.stride
        #expect(before < 2 * 8 * Int(Self.userCount) && awake < 300)
        #expect((world.metrics["connection.opened"] ?? 0) > 600)
    }

    @Test("naive presence: each change is told to all friends who are online, and what is told reaches devices at rest")
    func naive() throws {
        let configuration = configuration(presence: counted())
        let world = try World(configuration)
        var online: Set<UInt32> = []
        let starts = try starts(configuration)
        for user in Self.firstUser..<Self.firstUser + Self.userCount where starts.isOnlineAtStart(user) {
            online.insert(user)
        }
        var (friendsOnline, changes) = (0, 0)
        world.run(before: 20 * Self.second) { observation in
            let user = observation.device.user
            guard [.cameOnline, .wentOffline].contains(observation.kind) else { return }
            if observation.kind == .cameOnline { online.insert(user.rawValue) } else { online.remove(user.rawValue) }
            changes += 1
            friendsOnline += configuration.friends.friends(of: user).count { online.contains($0.rawValue) }
        }
        func figure(_ name: String) throws -> Int { try Int(#require(world.metrics["presence.\(name)"])) }
        #expect(try figure("broadcasts") == changes && changes > 1200)
        // A friend may come or go while the word is on its way between servers.
        #expect(abs(try figure("statuses_pushed") - friendsOnline) < friendsOnline / 500)
        let received = try figure("received.online") + figure("received.offline")
        // What reaches a device that has gone meanwhile is lost.
        #expect(try received <= figure("statuses_pushed") && received > friendsOnline * 99 / 100)
        #expect(try figure("received.answers") == 0)
    }

    @Test("who came before the start is told of with the delay, so that as many are told of at first as later")
    func delayed() throws {
        let world = try World(configuration(presence: counted(delaySeconds: 4)))
        var told: [Int] = []
        for time in [0, 2, 4, 6, 8] as [UInt64] {
            world.run(before: time * Self.second)
            told.append(Int(world.metrics["presence.broadcasts"] ?? 0))
        }
        let each = zip(told.dropFirst(), told).map { $0 - $1 }
        // 100 users come in a second, of whom the share e^-sqrt(4/20) = 64 % stay for four seconds; four standard deviations of 128 are 45.
        #expect(each.allSatisfy { (83...173).contains($0) }, "\(each)")
    }

    @Test("devices at rest look at their screens, once in a period on average, and are answered")
    func looks() throws {
        let world = try World(configuration(presence: counted(delaySeconds: 2)))
        world.run(before: 12 * Self.second)
        let metrics = world.metrics
        let looks = try #require(metrics["presence.pulls.viewport"])
        // 4000 devices that are online look twice each in eight seconds.
        #expect((7500...8500).contains(looks))
        let questions = ["start", "viewport", "new_chat"].reduce(0) { $0 + (metrics["presence.pulls.\($1)"] ?? 0) }
        let answers = try #require(metrics["presence.received.answers"])
        #expect(answers <= questions && answers > questions * 98 / 100)
        #expect((metrics["presence.received.answered"] ?? 0) > 2 * answers)
    }
}
