import Simulation
import Testing
import World

/// Who looks at a run.
private enum Observer: CaseIterable {
    case nobody, judge, viewer, comparer, recorder

    func world() throws -> World {
        try World(
            WorldTests.configuration, partitionCount: 3, recordsTrace: self == .viewer,
            recordsEvents: self == .recorder, logsEvents: self == .comparer, keepsObservations: self == .judge)
    }
}

@Suite("Observers")
struct ObserverTests {
    @Test("a world does the same whoever looks, and keeps only what they look at")
    func same() throws {
        for observer in Observer.allCases {
            let world = try observer.world()
            var count = 0
            world.run(before: 20_000_000_000) { _ in count += 1 }
            world.reportHeld { _ in count += 1 }
            #expect(world.digest == (try digestAlone()))
            #expect((count > 0) == (observer == .judge))
            #expect(world.takeRecording().isEmpty == (observer != .recorder))
            #expect(world.trace.isEmpty == (observer != .viewer))
            #expect(world.takeEventLog().isEmpty == (observer != .comparer))
        }
    }

    private func digestAlone() throws -> TraceDigest {
        let world = try World(WorldTests.configuration)
        world.run(before: 20_000_000_000)
        return world.digest
    }
}
