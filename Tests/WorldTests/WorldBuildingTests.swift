import Chat
import Simulation
import Synchronization
import Testing
import World

@Suite("Building a world")
struct WorldBuildingTests {
    private var configuration: WorldConfiguration {
        var configuration = WorldConfiguration.small(chatServerCount: 20)
        var population = Population(
            userCount: 30_000, deviceCount: 2, sending: .memoryless(meanGapNanoseconds: 1_000_000_000_000),
            contentBytes: .constant(100))
        population.startsConnected = true
        configuration.populations = [population]
        configuration.populationsStopNanoseconds = 1_000_000_000
        return configuration
    }

    @Test("whoever watches is told of more and more, up to the whole", arguments: [1, 2])
    func told(threads: Int) throws {
        let reports = Mutex<[World.BuildingProgress]>([])
        let world = try World(
            configuration, partitionCount: UInt32(threads * 3), threadCount: threads,
            whileBuilding: { progress in
                reports.withLock { $0.append(progress) }
                return true
            })
        let told = reports.withLock { $0 }
        // Twenty servers and eight blocks take a few steps of a thousandth each.
        #expect(told.count >= 20)
        #expect(zip(told, told.dropFirst()).allSatisfy { $0.share <= $1.share })
        #expect(told.allSatisfy { $0.processTotal == 32 && $0.connectionTotal == 60_000 })
        let last = try #require(told.last)
        #expect(last.share == 1 && last.processCount == 32 && last.connectionCount == 60_000)
        #expect(world.connectionCount == 60_000)
    }

    @Test("users who are mapped by a hash are counted as well, and watching changes nothing")
    func mapped() throws {
        var hashed = configuration
        hashed.balancing = BalancingConfiguration(mapping: ServerMapping(.hash, serverCount: 20))
        let last = Mutex<World.BuildingProgress?>(nil)
        let watched = try World(
            hashed, partitionCount: 3,
            whileBuilding: { progress in
                last.withLock { $0 = progress }
                return true
            })
        #expect(last.withLock { $0 }?.connectionCount == 60_000 && last.withLock { $0 }?.share == 1)
        let alone = try World(hashed)
        for world in [watched, alone] { world.run(before: 2_000_000_000) }
        #expect(watched.eventCount > 100 && watched.digest == alone.digest)
    }

    @Test("it stops when it is told to, and says how far it had got", arguments: [1, 2])
    func stopped(threads: Int) throws {
        let error = #expect(throws: World.SetupError.self) {
            _ = try World(
                configuration, partitionCount: UInt32(threads), threadCount: threads,
                whileBuilding: { $0.share < 0.5 })
        }
        guard case .stopped(let progress) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(progress.share >= 0.5 && progress.share < 1 && progress.connectionCount < 60_000)
    }
}
