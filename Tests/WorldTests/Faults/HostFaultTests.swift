import Chat
import Simulation
import Testing
import World

@Suite("Faults of machines")
struct HostFaultTests {
    /// When Bob shows the message that Alice sends at two seconds, in milliseconds after that.
    private func milliseconds(_ faults: HostFault...) throws -> UInt64 {
        let send = ScriptedAction(
            timeNanoseconds: 2_000_000_000, device: DeviceID(user: UserID(0), index: 0),
            action: .send(to: UserID(1), contentBytes: 10))
        let world = try World(.small(chatServerCount: 2, script: [send], hostFaults: faults))
        var shown: UInt64?
        world.run(before: 20_000_000_000) { observation in
            if observation.kind == .displayed, observation.device.user == UserID(1) {
                shown = observation.timeNanoseconds
            }
        }
        return (try #require(shown) - 2_000_000_000) / 1_000_000
    }

    @Test("without a fault a message takes its links and its handlers")
    func none() throws {
        // 10 ms to the server, 1 ms there, 1 ms to the other, 1 ms there, 10 ms to the device.
        #expect(try milliseconds() == 23)
    }

    @Test("a server that stands still goes on with what came meanwhile")
    func pause() throws {
        let pause = HostFault(
            server: .chatServer(1), timeNanoseconds: 2_000_000_000, kind: .pause(untilNanoseconds: 2_200_000_000))
        #expect(try milliseconds(pause) == 211)
    }

    @Test("on a server that limps everything costs more for a time")
    func slow() throws {
        func slow(until end: UInt64) -> HostFault {
            HostFault(
                server: .chatServer(1), timeNanoseconds: 1_900_000_000,
                kind: .slow(untilNanoseconds: end, costThousandths: 50_500))
        }
        #expect(try milliseconds(slow(until: 3_000_000_000)) == 72)
        #expect(try milliseconds(slow(until: 1_950_000_000)) == 23)
    }

    @Test("a slow disk delays what waits for it, and a full one until there is room")
    func disks() throws {
        func stored(_ kind: HostFault.Kind?) throws -> UInt64 {
            let send = ScriptedAction(
                timeNanoseconds: 2_000_000_000, device: DeviceID(user: UserID(0), index: 0),
                action: .send(to: UserID(1), contentBytes: 10))
            var configuration = WorldConfiguration.small(
                chatServerCount: 2, script: [send],
                hostFaults: kind.map {
                    [HostFault(server: .storageServer(0), timeNanoseconds: 1_900_000_000, kind: $0)]
                } ?? [])
            configuration.storageHost = HostConfiguration(
                cores: 1, messageNanoseconds: 1_000_000, connectionNanoseconds: 1_000_000,
                logSyncNanoseconds: .constant(4_000_000))
            let world = try World(configuration)
            var stored: UInt64?
            world.run(before: 20_000_000_000) {
                if $0.kind == .stored, stored == nil { stored = $0.timeNanoseconds }
            }
            return (try #require(stored) - 2_000_000_000) / 1_000_000
        }
        // 10 ms to the server, 1 ms there, 1 ms to the storage, 1 ms there, 4 ms for the disk.
        #expect(try stored(nil) == 17)
        #expect(try stored(.slowDisk(untilNanoseconds: 3_000_000_000, timeThousandths: 10_000)) == 53)
        let full = try stored(.fullDisk(untilNanoseconds: 3_000_000_000))
        #expect((1000...1200).contains(full))
    }

    @Test(
        "a clock that is set back or forward harms nobody where places give the order", arguments: [-1, 1] as [Int64])
    func clock(direction: Int64) throws {
        let fault = HostFault(
            server: .chatServer(0), timeNanoseconds: 1_000_000_000,
            kind: .clockSet(forwardNanoseconds: direction * 900_000_000))
        #expect(try milliseconds(fault) == 23)
    }
}
