import Chat
import Simulation
import Testing
import World

@Suite("Faults of connections")
struct ConnectionFaultTests {
    /// When Bob's device goes online and offline, in milliseconds, after two seconds.
    private func changes(_ fault: ConnectionFault, cutUntil: UInt64? = nil) throws -> [(online: Bool, at: UInt64)] {
        var configuration = WorldConfiguration.small(chatServerCount: 2)
        configuration.connectionFaults = [fault]
        if let cutUntil {
            let sides: [Endpoint] = [.user(UserID(1)), .server(.chatServer(1))]
            configuration.linkFaults = [(0, 1), (1, 0)].map {
                LinkFault(
                    sources: [sides[$0.0]], targets: [sides[$0.1]], startNanoseconds: 2_000_000_000,
                    endNanoseconds: cutUntil, effect: .loss(Probability(partsPerBillion: 1_000_000_000)))
            }
        }
        let world = try World(configuration)
        var changes: [(online: Bool, at: UInt64)] = []
        world.run(before: 20_000_000_000) { observation in
            guard observation.device.user == UserID(1), observation.timeNanoseconds >= 2_000_000_000 else { return }
            switch observation.kind {
            case .connected: changes.append((true, observation.timeNanoseconds / 1_000_000))
            case .disconnected: changes.append((false, observation.timeNanoseconds / 1_000_000))
            default: break
            }
        }
        return changes
    }

    @Test("a chat server that loses its connections tells the devices, which come back after their wait")
    func storm() throws {
        let changes = try changes(
            ConnectionFault(
                struck: [.server(.chatServer(1))], peers: [.everyone], timeNanoseconds: 2_000_000_000, tells: true))
        #expect(changes.map(\.online) == [false, true])
        // 10 ms to the device, then its first wait of half a second, and two requests.
        #expect(changes[0].at == 2010 && (2510...2600).contains(changes[1].at))
    }

    @Test("a device that alone notices comes back as soon as it can")
    func deviceNotices() throws {
        let changes = try changes(
            ConnectionFault(
                struck: [.user(UserID(1))], peers: [.chatServers], timeNanoseconds: 2_000_000_000, tells: false),
            cutUntil: 4_000_000_000)
        #expect(changes.map(\.online) == [false, true])
        #expect(changes[0].at == 2000 && changes[1].at > 4000)
    }

    @Test("a device whose server alone noticed believes that it is online until it hears otherwise")
    func serverNotices() throws {
        let fault = ConnectionFault(
            struck: [.server(.chatServer(1))], peers: [.user(UserID(1))], timeNanoseconds: 2_000_000_000, tells: false)
        // Heartbeats go out every second, and three seconds of silence are too many.
        let healed = try changes(fault, cutUntil: 3_500_000_000)
        #expect(healed.map(\.online) == [false, true] && (3500...4600).contains(healed[0].at))
        let silent = try changes(fault, cutUntil: 9_000_000_000)
        #expect(silent.first.map { !$0.online && (4000...6100).contains($0.at) } == true)
    }

    @Test("connections with others live on")
    func others() throws {
        let changes = try changes(
            ConnectionFault(
                struck: [.server(.chatServer(1))], peers: [.user(UserID(0))], timeNanoseconds: 2_000_000_000,
                tells: true))
        #expect(changes.isEmpty)
    }
}
