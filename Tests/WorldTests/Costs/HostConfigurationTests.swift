import Chat
import Simulation
import Testing

@testable import World

@Suite("What handling costs")
struct HostConfigurationTests {
    private func host(_ costs: [String: UInt64]) throws -> HostConfiguration {
        HostConfiguration(
            cores: 1, messageNanoseconds: 1_000_000, connectionNanoseconds: 3_000_000, logSyncNanoseconds: .constant(0),
            kindNanoseconds: Dictionary(
                uniqueKeysWithValues: try costs.map { (try #require(HandledKind(name: $0)), $1) }))
    }

    private let device = DeviceID(user: UserID(0), index: 0)

    @Test(
        "without costs of their own, opening costs what a connection costs, other messages what a message costs, and timers nothing"
    )
    func usual() throws {
        let host = try host([:])
        #expect(host.costNanoseconds(ofKind: Payload(.open(device)).kind) == 3_000_000)
        #expect(host.costNanoseconds(ofKind: Payload(.close(device)).kind) == 1_000_000)
        #expect(host.costNanoseconds(ofKind: EventKind.timerBase + 1) == 0)
        #expect(host.costNanoseconds(ofKind: EventKind.synced) == 0)
    }

    @Test("a kind with a cost of its own costs that, and the others what they cost without it")
    func own() throws {
        let host = try host(["close": 7, "timer": 11, "log_synced": 13, "tables_write": 17])
        #expect(host.costNanoseconds(ofKind: Payload(.close(device)).kind) == 7)
        #expect(host.costNanoseconds(ofKind: EventKind.timerBase + 1) == 11)
        #expect(host.costNanoseconds(ofKind: EventKind.timerBase + 33) == 11)
        #expect(host.costNanoseconds(ofKind: EventKind.synced) == 13)
        let write = WireMessage.tables(.write(request: 1, partition: 1, epoch: 0, contentBytes: 1))
        #expect(host.costNanoseconds(ofKind: Payload(write).kind) == 17)
        #expect(host.costNanoseconds(ofKind: Payload(.open(device)).kind) == 3_000_000)
        #expect(host.costNanoseconds(ofKind: Payload(.received(device, sequence: 1)).kind) == 1_000_000)
        #expect(host.costNanoseconds(ofKind: EventKind.readRecent) == 0)
    }

    @Test("a server is busy as long as what it handles costs")
    func busy() throws {
        func busy(_ costs: [String: UInt64]) throws -> UInt64 {
            let sends = (0..<10).map { number in
                ScriptedAction(
                    timeNanoseconds: 2_000_000_000 + number * 100_000_000, device: device,
                    action: .send(to: UserID(1), contentBytes: 10))
            }
            var configuration = WorldConfiguration.small(chatServerCount: 1, script: sends)
            configuration.chatServerHost = try host(costs)
            let world = try World(configuration)
            world.run(before: 10_000_000_000)
            return try #require(world.hostUsage.first { $0.process == world.processTable.placement.firstChatServer })
                .busyNanoseconds
        }
        let usual = try busy([:])
        #expect(try busy(["submit": 5_000_000]) == usual + 10 * 4_000_000)
        #expect(try busy(["submit": 0, "open": 1_000_000]) == usual - 10 * 1_000_000 - 2 * 2_000_000)
        #expect(try busy(["pages_request": 9_000_000]) == usual)
    }
}
