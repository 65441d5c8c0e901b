import Testing

@testable import Simulation

/// A process that hands a word around a ring, and writes down every event.
private struct Ring: Model {
    let processCount: UInt32
    /// The process that does something else at its second turn; none if there is no such process.
    let spoiler: UInt32
    var log: [HandledEvent] = []

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        let causedBefore = scheduler.causedCount(of: event.target)
        let isSpoilt = event.target == spoiler && causedBefore == 1
        let next = (event.target + 1) % processCount
        scheduler.schedule(
            at: event.timeNanoseconds + 10, target: next, source: event.target, kind: 1,
            payload: (event.payload.0 + (isSpoilt ? 100 : 1), 0, 0, 0))
        log.append(HandledEvent(event, causedBefore: causedBefore, scheduler: scheduler))
    }

    static func history(spoiler: UInt32, partitions: UInt32 = 1) throws -> EventHistory {
        let kernel = try Kernel<Ring>(
            partitioning: Partitioning(processCount: 5, partitionCount: partitions), lookaheadNanoseconds: 10
        ) { processes, scheduler in
            if processes.contains(0) { scheduler.schedule(at: 0, target: 0, source: 0, kind: 1) }
            return Ring(processCount: 5, spoiler: spoiler)
        }
        kernel.run(before: 200)
        var all: [HandledEvent] = []
        kernel.forEachModel { all += $0.log }
        var history = EventHistory(countMax: 100)
        history.append(all)
        return history
    }
}

@Suite("Event history")
struct EventHistoryTests {
    @Test("runs that do the same do not differ, however they are cut")
    func same() throws {
        let difference = try EventHistory.firstDifference(
            Ring.history(spoiler: 9), Ring.history(spoiler: 9, partitions: 3))
        #expect(difference == nil)
    }

    @Test("the first event that differs is the one after the odd answer")
    func different() throws {
        let right = try Ring.history(spoiler: 9)
        let spoilt = try Ring.history(spoiler: 2)
        // Process 2 has its second turn at 70 ns: what it answers arrives at process 3 at 80 ns.
        let place = try #require(EventHistory.firstDifference(right, spoilt))
        #expect(spoilt.events[place].event.timeNanoseconds == 80)
        #expect(spoilt.events[place].event.target == 3)
        let causes = spoilt.causes(of: place, countMax: 4).map { spoilt.events[$0].event.timeNanoseconds }
        #expect(causes == [80, 70, 60, 50])
    }

    @Test("the chain of causes ends where the model began")
    func beginning() throws {
        let history = try Ring.history(spoiler: 9)
        #expect(
            history.causes(of: 3, countMax: 100).map { history.events[$0].event.timeNanoseconds } == [30, 20, 10, 0])
    }

    @Test("a run that ends earlier differs where it ends")
    func shorter() throws {
        let long = try Ring.history(spoiler: 9)
        var short = EventHistory(countMax: 100)
        short.append(Array(long.events[..<7]))
        #expect(EventHistory.firstDifference(long, short) == 7)
    }

    @Test("old events are forgotten")
    func forgotten() throws {
        let events = try Ring.history(spoiler: 9).events
        var history = EventHistory(countMax: 4)
        for event in events { history.append([event]) }
        #expect(history.events.count <= 8 && history.events.last == events.last)
    }
}
