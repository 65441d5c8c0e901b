import Chat
import Simulation
import Testing

@testable import World

@Suite("Connections that are gone with a chat server")
struct ConnectionLossTests {
    /// Two listed users, then two hundred of a population, on four chat servers of which the second is gone after two seconds, for one.
    private func world(
        rests: Bool, noticed: Distribution, law: ServerMapping.Law = .modulo, partitions: UInt32 = 1,
        logsEvents: Bool = false, change: (inout WorldConfiguration) -> Void = { _ in }
    ) throws -> World {
        var configuration = WorldConfiguration.small(chatServerCount: 4)
        configuration.client.sendsHeartbeats = false
        configuration.chatServer.closesSilent = false
        configuration.balancing = BalancingConfiguration(
            mapping: ServerMapping(law, serverCount: 4),
            healthChecks: law == .modulo
                ? nil
                : BalancingConfiguration.HealthChecks(periodNanoseconds: 200_000_000, timeoutNanoseconds: 500_000_000))
        var population = Population(
            userCount: 200, deviceCount: 1, sending: .memoryless(meanGapNanoseconds: 10_000_000_000),
            contentBytes: .constant(100))
        population.startsConnected = rests
        configuration.populations = [population]
        configuration.populationsStopNanoseconds = 15_000_000_000
        var servers = ServerSet(noneOf: 4)
        servers.insert(1)
        configuration.crashes = [
            Crash(server: .chatServer(1), timeNanoseconds: 2_000_000_000, restartNanoseconds: 3_000_000_000)
        ]
        configuration.connectionLosses = [
            ConnectionLoss(servers: servers, timeNanoseconds: 2_000_000_000, noticeNanoseconds: noticed)
        ]
        change(&configuration)
        return try World(configuration, partitionCount: partitions, logsEvents: logsEvents)
    }

    private let soon = Distribution.uniform(from: 10_000_000, to: 90_000_000)

    @Test(
        "each device of the server notices after a time of its own and comes back, whether it rests or not",
        arguments: [true, false])
    func comesBack(rests: Bool) throws {
        let world = try world(rests: rests, noticed: soon)
        var lost: [UserID: UInt64] = [:]
        var back: Set<UserID> = []
        world.run(before: 20_000_000_000) { observation in
            guard observation.timeNanoseconds >= 2_000_000_000 else { return }
            switch observation.kind {
            case .disconnected: lost[observation.device.user] = observation.timeNanoseconds
            case .connected: back.insert(observation.device.user)
            default: break
            }
        }
        #expect(lost.keys.sorted() == (0..<202).filter { $0 % 4 == 1 }.map(UserID.init))
        #expect(back == Set(lost.keys))
        #expect(lost.values.allSatisfy { (2_010_000_000...2_090_000_000).contains($0) })
        #expect(Set(lost.values).count > 40, "each notices at a time of its own")
        #expect(world.metrics["recovery.lost"] == 51 && world.metrics["recovery.away"] == 0)
    }

    @Test("the run is the same however the world is cut")
    func digest() throws {
        let runs = try [1, 7].map { try world(rests: true, noticed: soon, partitions: $0) }
        for run in runs { run.run(before: 20_000_000_000) }
        #expect(runs[0].digest == runs[1].digest)
    }

    @Test(
        "a device that is told by the server that it has no connection does not lose its next one to what it would have noticed later"
    )
    func noticesByItself() throws {
        let world = try world(rests: true, noticed: .constant(12_000_000_000)) {
            $0.populations[0] = Population(
                userCount: 200, deviceCount: 1, sending: .memoryless(meanGapNanoseconds: 1_000_000_000),
                contentBytes: .constant(100))
            $0.populations[0].startsConnected = true
        }
        world.run(before: 20_000_000_000)
        // All but a few write while the loss is not noticed, and are told; those who have not notice late, once.
        #expect(world.metrics["recovery.lost"] == 51 && world.metrics["recovery.away"] == 0)
        #expect((40...51).contains(world.metrics["connection.resets"] ?? 0))
    }

    /// How many time-outs of devices that connect were events since the last time.
    private func takeTimeoutCount(of world: World) -> Int {
        world.takeEventLog().filter { logged in
            guard case .timer(let token) = logged.event.meaning, !world.processTable.isServer(logged.event.target)
            else {
                return false
            }
            return token.name(of: .device) == "connect timeout"
        }.count
    }

    @Test(
        "of time-outs of connecting only those happen that are awaited, but for one of a group",
        arguments: [true, false])
    func timeouts(rests: Bool) throws {
        let world = try world(rests: rests, noticed: soon, logsEvents: true) {
            // The chat server is back before a device comes again; the load balancer is not.
            $0.crashes = [
                Crash(server: .chatServer(1), timeNanoseconds: 2_000_000_000, restartNanoseconds: 2_100_000_000),
                Crash(server: .loadBalancer(0), timeNanoseconds: 10_000_000_000, restartNanoseconds: 12_000_000_000),
            ]
            $0.connectionLosses.append($0.connectionLosses[0].at(11_000_000_000))
        }
        world.run(before: 2_000_000_000)
        _ = takeTimeoutCount(of: world)
        world.run(before: 10_000_000_000)
        #expect(world.metrics["recovery.lost"] == 51 && world.metrics["recovery.away"] == 0)
        #expect(takeTimeoutCount(of: world) < 10, "51 devices have asked for 102")
        world.run(before: 20_000_000_000)
        #expect(world.metrics["recovery.lost"] == 102 && world.metrics["recovery.away"] == 0)
        #expect(takeTimeoutCount(of: world) > 40, "the load balancer has not answered")
    }

    @Test("where users move they come back on the other servers, rest there, and go home when theirs is up again")
    func failover() throws {
        let world = try world(rests: true, noticed: soon, law: .fixedModulo) {
            $0.crashes = [
                Crash(server: .chatServer(1), timeNanoseconds: 2_000_000_000, restartNanoseconds: 8_000_000_000)
            ]
            $0.chatServer.mailboxesMax = 64
        }
        world.run(before: 7_900_000_000)
        #expect(world.metrics["recovery.lost"] == 51 && world.metrics["recovery.away"] == 0)
        #expect(world.connectionCount == 202)
        #expect(world.metrics["balancing.connections_least"] == 0)
        world.run(before: 20_000_000_000)
        #expect(world.metrics["recovery.lost"] == 102 && world.metrics["recovery.away"] == 0)
        #expect(world.connectionCount == 202 && world.metrics["balancing.connections_least"] == 50)
    }
}

extension ConnectionLoss {
    /// The same at another time.
    fileprivate func at(_ timeNanoseconds: UInt64) -> ConnectionLoss {
        ConnectionLoss(servers: servers, timeNanoseconds: timeNanoseconds, noticeNanoseconds: noticeNanoseconds)
    }
}
