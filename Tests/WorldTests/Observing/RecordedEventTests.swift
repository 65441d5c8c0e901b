import Chat
import Simulation
import Testing
import World

@Suite("Recorded events")
struct RecordedEventTests {
    private func recording(partitions: UInt32) throws -> (events: [RecordedEvent], world: World) {
        let world = try World(
            WorldTests.configuration, partitionCount: partitions, recordsEvents: true, keepsObservations: false)
        var events: [RecordedEvent] = []
        for limit in [3, 20] as [UInt64] {
            world.run(before: limit * 1_000_000_000)
            events += world.takeRecording()
        }
        return (events, world)
    }

    @Test("every event is recorded once, in the total order, for any number of partitions, and none is changed by it")
    func complete() throws {
        let (events, world) = try recording(partitions: 1)
        let plain = try World(WorldTests.configuration)
        plain.run(before: 20_000_000_000)
        #expect(world.digest == plain.digest && events.count == Int(plain.eventCount))
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.event.precedes($1.event) })
        let cut = try recording(partitions: 3).events
        #expect(cut.map(\.event.timeNanoseconds) == events.map(\.event.timeNanoseconds))
        #expect(cut.map(\.observations) == events.map(\.observations) && cut.map(\.entries) == events.map(\.entries))
    }

    @Test("what was observed is what judges are told")
    func observations() throws {
        let world = try World(WorldTests.configuration)
        var told: [Observation] = []
        world.run(before: 20_000_000_000) { told.append($0) }
        let recorded = try recording(partitions: 1).events.flatMap(\.observations)
            .filter { $0.timeNanoseconds < 20_000_000_000 }
        #expect(!told.isEmpty && Set(recorded) == Set(told) && recorded.count == told.count)
    }

    @Test("a message was sent by its cause, and leaves it when that is handled")
    func causes() throws {
        let events = try recording(partitions: 1).events
        let graph = CausalGraph(events.map(\.link))
        var messageCount = 0
        for (place, recorded) in events.enumerated() {
            guard case .message = recorded.event.meaning else { continue }
            messageCount += 1
            // Load balancers begin to ask chat servers for their health before anything has happened.
            let cause = try #require(graph.cause(of: place))
            #expect(events[cause].event.target == recorded.event.source)
            let left = try #require(events[cause].turn?.finishNanoseconds)
            #expect(left <= recorded.event.timeNanoseconds && events[cause].event.timeNanoseconds <= left)
        }
        #expect(messageCount > 1000)
    }

    @Test("what is lost on the way and what finds a server down is told of the event in which it happened")
    func losses() throws {
        let events = try recording(partitions: 1).events
        let lost = events.filter { recorded in
            recorded.entries.contains { if case .lost = $0.kind { true } else { false } }
        }
        #expect(!lost.isEmpty && lost.allSatisfy { $0.turn != nil })
        #expect(
            lost.allSatisfy { recorded in recorded.entries.allSatisfy { $0.process == recorded.event.target } })
        let dropped = events.filter { $0.entries.contains { $0.kind == .dropped } }
        #expect(!dropped.isEmpty && dropped.allSatisfy { $0.turn == nil && $0.observations.isEmpty })
        #expect(!events.contains { $0.entries.contains { if case .message = $0.kind { true } else { false } } })
    }
}
