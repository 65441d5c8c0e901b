import Chat
import Simulation
import Testing
import World

@Suite("World")
struct WorldTests {
    @Test("traffic is counted by area and link, the same on any number of partitions")
    func traffic() throws {
        func metrics(partitions: UInt32) throws -> Metrics {
            let world = try World(configuration, partitionCount: partitions)
            world.run(before: 5_000_000_000) { _ in }
            return world.metrics
        }
        let alone = try metrics(partitions: 1)
        #expect(try metrics(partitions: 5).entries == alone.entries)
        let messages = try #require(alone["traffic.chat.last_mile.messages"])
        let bytes = try #require(alone["traffic.chat.last_mile.bytes"])
        #expect(messages > 100)
        #expect(bytes >= messages * UInt64(WireMessage.overheadBytes))
        #expect(try #require(alone["traffic.chat.data_center.messages"]) > 0)
    }

    static var configuration: WorldConfiguration {
        func retry(_ first: UInt64) -> RetryPolicy {
            RetryPolicy(
                firstNanoseconds: first * 1_000_000, factorThousandths: 2000, maxNanoseconds: 4_000_000_000,
                jitterPartsPerBillion: 200_000_000, attemptsMax: 0)
        }
        func host(_ cost: UInt64) -> HostConfiguration {
            HostConfiguration(
                cores: 2, messageNanoseconds: cost, connectionNanoseconds: cost * 10,
                logSyncNanoseconds: .lognormal(median: 400_000, p99: 4_000_000))
        }
        func link(_ median: UInt64, loss: UInt64) -> Link {
            Link(
                latencyNanoseconds: .lognormal(median: median, p99: median * 4, floor: median / 10),
                loss: Probability(partsPerBillion: loss), bytesPerSecond: 1_000_000)
        }
        return WorldConfiguration(
            seed: 5, loadBalancerCount: 2, chatServerCount: 3, storageServerCount: 2, loadBalancerHost: host(20_000),
            chatServerHost: host(64_000), storageHost: host(50_000),
            chatServer: ChatServerConfiguration(
                acknowledge: .afterLog, offline: .storeAndRedeliver, connectionsMax: 100,
                heartbeatTimeoutNanoseconds: 3_000_000_000, sweepPeriodNanoseconds: 1_000_000_000,
                poolConnectionsPerStorageServer: 4, storeDelayNanoseconds: 0, requestTimeoutNanoseconds: 500_000_000,
                requestRetry: RetryPolicy(
                    firstNanoseconds: 100_000_000, factorThousandths: 2000, maxNanoseconds: 1_000_000_000,
                    jitterPartsPerBillion: 0, attemptsMax: 0)),
            client: ClientConfiguration(
                sequencing: .perUserSequence, inFlightMax: 1, retry: retry(500), reconnect: retry(200),
                connectTimeoutNanoseconds: 1_000_000_000, heartbeatPeriodNanoseconds: 1_000_000_000,
                heartbeatTimeoutNanoseconds: 3_000_000_000), lastMile: link(30_000_000, loss: 20_000_000),
            dataCenter: link(250_000, loss: 10_000_000),
            clocks: [1: LocalClock(offsetNanoseconds: -50_000_000, driftPartsPerBillion: 40_000)],
            listedUsers: [
                ListedUser(deviceCount: 2, startsOnline: true), ListedUser(deviceCount: 1, startsOnline: false),
            ],
            populations: [
                Population(
                    userCount: 30, deviceCount: 2, sending: .memoryless(meanGapNanoseconds: 2_000_000_000),
                    contentBytes: .exponential(mean: 200))
            ],
            script: [
                ScriptedAction(
                    timeNanoseconds: 1_000_000_000, device: DeviceID(user: UserID(0), index: 1),
                    action: .send(to: UserID(1), contentBytes: 10)),
                ScriptedAction(
                    timeNanoseconds: 5_000_000_000, device: DeviceID(user: UserID(1), index: 0), action: .connect),
            ],
            crashes: [
                Crash(
                    server: .chatServer(1), timeNanoseconds: 4_000_000_000, restartNanoseconds: 6_000_000_000),
                Crash(server: .storageServer(0), timeNanoseconds: 8_000_000_000, restartNanoseconds: 9_000_000_000),
            ],
            linkFaults: [
                LinkFault(
                    sources: [.chatServers], targets: [.population(0), .user(UserID(0))],
                    startNanoseconds: 10_000_000_000, endNanoseconds: 11_000_000_000,
                    effect: .loss(Probability(partsPerBillion: 300_000_000)))
            ], populationsStopNanoseconds: 12_000_000_000)
    }

    private var configuration: WorldConfiguration { Self.configuration }

    private func run(
        _ configuration: WorldConfiguration, partitions: UInt32 = 1, slices: Int = 1
    ) throws -> (digest: String, observations: [Observation]) {
        let world = try World(configuration, partitionCount: partitions)
        var observations: [Observation] = []
        for slice in 1...UInt64(slices) {
            world.run(before: 20_000_000_000 / UInt64(slices) * slice) { observations.append($0) }
        }
        return (world.digest.hexadecimal, observations)
    }

    @Test(
        "digest and observations do not depend on partitions or stops",
        arguments: [(2, 1), (5, 1), (64, 1), (1, 40), (3, 40)] as [(UInt32, Int)])
    func sameEverywhere(partitions: UInt32, slices: Int) throws {
        let alone = try run(configuration)
        let other = try run(configuration, partitions: partitions, slices: slices)
        #expect(alone.digest == other.digest)
        #expect(alone.observations == other.observations)
        #expect(alone.observations.count { $0.kind == .displayed } > 200)
        let times = alone.observations.map(\.timeNanoseconds)
        #expect(times == times.sorted())
    }

    @Test("another seed is another run, and one server more is another digest")
    func sensitive() throws {
        var other = configuration
        other.seed = 6
        var larger = configuration
        larger.storageServerCount += 1
        let digests = try [configuration, other, larger].map { try run($0).digest }
        #expect(Set(digests).count == 3)
    }

    @Test("keeping a trace changes nothing, and the trace has every kind of thing in order")
    func trace() throws {
        let world = try World(configuration, partitionCount: 3, recordsTrace: true)
        world.run(before: 20_000_000_000) { _ in }
        #expect(try run(configuration).digest == world.digest.hexadecimal)
        let trace = world.trace
        let times = trace.map(\.timeNanoseconds)
        #expect(times == times.sorted())
        #expect(trace.count { $0.kind == .crash } == 2 && trace.count { $0.kind == .restart } == 2)
        #expect(trace.contains { if case .lost = $0.kind { true } else { false } })
        #expect(trace.contains { $0.kind == .dropped })
        #expect(trace.count { if case .message = $0.kind { true } else { false } } > 1000)
    }

    @Test("links that may take no time are named when the world is to be cut")
    func noLookahead() {
        var instant = configuration
        instant.dataCenter = Link(latencyNanoseconds: .exponential(mean: 5), loss: .never, bytesPerSecond: 0)
        #expect(throws: World.SetupError.noLookahead(link: "network.data_center")) {
            _ = try World(instant, partitionCount: 2)
        }
        #expect(throws: Never.self) { _ = try World(instant) }
    }

    @Test("every process has a role, and roles lead back to it")
    func processTable() throws {
        var full = configuration
        full.cache = CacheTier(
            serverCount: 4, host: configuration.storageHost,
            configuration: CacheConfiguration(
                entriesMax: 10, isLocking: true, confirmation: .afterDatabase, poolConnectionsPerStorageServer: 2,
                requestTimeoutNanoseconds: 1_000_000, requestRetry: configuration.chatServer.requestRetry))
        full.objectStores = ObjectStoreTier(
            serverCount: 5, host: configuration.storageHost, confirmation: .afterSync)
        let table = try World(full).processTable
        #expect(table.count == 2 + 3 + 2 + 4 + 5 + 3 + 1)
        #expect((0..<table.count).count { if case .objectStore = table.role(of: $0) { true } else { false } } == 5)
        #expect((0..<table.count).count { if case .cacheServer = table.role(of: $0) { true } else { false } } == 4)
        for process in 0..<table.count {
            switch table.role(of: process) {
            case .loadBalancer(let number): #expect(table.process(of: .loadBalancer(number)) == process)
            case .chatServer(let number): #expect(table.process(of: .chatServer(number)) == process)
            case .storageServer(let number): #expect(table.process(of: .storageServer(number)) == process)
            case .coordinator: #expect(table.process(of: .coordinator) == process)
            case .dataNode(let number): #expect(table.process(of: .dataNode(number)) == process)
            case .cacheServer(let number): #expect(table.process(of: .cacheServer(number)) == process)
            case .objectStore(let number): #expect(table.process(of: .objectStore(number)) == process)
            case .device(let device): #expect(table.process(ofListed: device) == process)
            case .block(let population, let number): #expect((population, number) == (0, 0))
            }
        }
        #expect(table.process(ofListed: DeviceID(user: UserID(2), index: 0)) == nil)
    }

    @Test("busy machines show in the usage, and a world at rest does nothing")
    func usage() throws {
        let world = try World(configuration)
        world.run(before: 20_000_000_000) { _ in }
        let usage = world.hostUsage
        #expect(usage.count == 7)
        #expect(usage.filter { $0.cores == 2 && $0.busyNanoseconds > 0 }.count == 7)
        #expect(usage.filter { $0.syncCount > 0 && $0.writtenBytes > 0 }.count == 5)
        #expect(world.connectionCount == 63)
    }
}
