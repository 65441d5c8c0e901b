import Chat
import Simulation
import Synchronization
import Testing

@testable import World

@Suite("The meter of handlers")
struct HandlerMeterTests {
    /// A clock that is later by so many nanoseconds each time that it is read.
    private final class SteppingClock: Sendable {
        private let step: UInt64
        private let reading = Atomic<UInt64>(0)

        init(step: UInt64) {
            self.step = step
        }

        func read() -> UInt64 { reading.add(step, ordering: .relaxed).newValue }
    }

    private func world(metered: Bool, partitions: UInt32 = 1, step: UInt64 = 5) throws -> World {
        let clock = SteppingClock(step: step)
        let read: @Sendable () -> UInt64 = { clock.read() }
        let world = try World(
            WorldTests.configuration, partitionCount: partitions, meterClock: metered ? read : nil)
        world.run(before: 12_000_000_000)
        return world
    }

    @Test("it changes nothing of a run", arguments: [1, 3])
    func changesNothing(partitions: UInt32) throws {
        let plain = try world(metered: false, partitions: partitions)
        let metered = try world(metered: true, partitions: partitions, step: 1_000_003)
        #expect(metered.digest == plain.digest)
        #expect(metered.eventCount == plain.eventCount)
        #expect(metered.hostUsage == plain.hostUsage)
        #expect(plain.takeHandlerSamples().isEmpty)
    }

    @Test("there is a sample of whatever a server handled, with the time between two readings of the clock")
    func samples() throws {
        let world = try world(metered: true, step: 5)
        let samples = world.takeHandlerSamples()
        #expect(world.takeHandlerSamples().isEmpty)
        #expect(samples.allSatisfy { $0.nanoseconds == 5 })
        #expect(UInt64(samples.count) == world.hostUsage.reduce(0) { $0 + $1.admittedCount })
        func count(_ tier: ServerTier, _ name: String) -> Int {
            samples.count { $0.tier == tier && $0.kindNumber == HandledKind(name: name)?.number }
        }
        #expect(count(.loadBalancer, "resolve") > 60)
        #expect(count(.chatServer, "submit") > 100)
        #expect(count(.chatServer, "timer") > 0)
        #expect(count(.storage, "put") > 200)
        #expect(count(.storage, "log_synced") > 0)
        #expect(count(.storage, "submit") == 0)
    }

    @Test(
        "the same run has the same samples in the same order but for their times, on any number of partitions the same counts"
    )
    func order() throws {
        let first = try world(metered: true, step: 3).takeHandlerSamples()
        let second = try world(metered: true, step: 9).takeHandlerSamples()
        #expect(first.map(\.tier) == second.map(\.tier))
        #expect(first.map(\.kindNumber) == second.map(\.kindNumber))
        #expect(second.allSatisfy { $0.nanoseconds == 9 })
        let cut = try world(metered: true, partitions: 3).takeHandlerSamples()
        #expect(cut.count == first.count)
        #expect(cut.map(\.kindNumber).sorted() == first.map(\.kindNumber).sorted())
    }

    @Test("a time that has no room is the longest that has")
    func longest() throws {
        let samples = try world(metered: true, step: 10_000_000_000).takeHandlerSamples()
        #expect(samples.allSatisfy { $0.nanoseconds == .max })
    }
}
