import CAllocationCount
import Simulation
import Testing
import Workloads

#if DEBUG
private let isReleaseBuild = false
#else
private let isReleaseBuild = true
#endif

/// In its steady state a run allocates nothing for an event. A debug build does, which says nothing: `make allocations` runs these tests, on
/// a release build.
@Suite("Allocations", .enabled(if: confab_counts_allocations() && isReleaseBuild))
struct AllocationTests {
    /// How many allocations `body` makes on this thread.
    private func allocations(_ body: () throws -> Void) rethrows -> UInt64 {
        let before = confab_allocation_count()
        try body()
        return confab_allocation_count() - before
    }

    @Test("allocations are seen at all")
    func seen() {
        let count = allocations { withExtendedLifetime([UInt8](repeating: 1, count: 5000)) {} }
        #expect(count >= 1)
    }

    @Test("PHOLD: some per run, none per event", arguments: [1, 4] as [UInt32])
    func phold(partitions: UInt32) throws {
        let configuration = Phold.Configuration(processCount: 2000, eventsPerProcess: 2)
        let kernel = try Kernel<Phold>(
            partitioning: Partitioning(processCount: 2000, partitionCount: partitions),
            lookaheadNanoseconds: configuration.lookaheadNanoseconds
        ) { processes, scheduler in
            Phold(configuration, processes: processes, scheduler: &scheduler)
        }
        kernel.run(before: 20_000_000_000)
        let before = kernel.eventCount
        let count = allocations { kernel.run(before: 60_000_000_000) }
        let events = kernel.eventCount - before
        #expect(events > 100_000)
        #expect(count < events / 1000, "\(count) allocations for \(events) events")
    }

    @Test("a queue: the longer the run, the more events, and no more allocations")
    func queue() throws {
        func run(_ durationNanoseconds: UInt64) throws -> (allocations: UInt64, events: UInt64) {
            var events: UInt64 = 0
            let count = try allocations {
                let station = QueueNetwork.Station(serviceNanoseconds: .exponential(mean: 500_000))
                let configuration = QueueNetwork.Configuration(
                    seed: 1, stations: [station], gapNanoseconds: .exponential(mean: 1_000_000), batchLength: 0)
                events = try QueueNetwork.run(configuration, durationNanoseconds: durationNanoseconds).eventCount
            }
            return (count, events)
        }
        let short = try run(10_000_000_000)
        let long = try run(60_000_000_000)
        let more = long.allocations - min(long.allocations, short.allocations)
        #expect(long.events > short.events + 50_000)
        #expect(more < 200, "\(more) more allocations for \(long.events - short.events) more events")
    }
}
