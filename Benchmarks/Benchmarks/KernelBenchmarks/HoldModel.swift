import Simulation

/// The hold model, the usual benchmark of pending event sets (Jones 1986): each event that happens puts one more in, a random time
/// later, so that their number stays the same. There is one process, so that nothing but the pending events takes memory.
struct HoldModel: Model {
    private let gap = Distribution.exponential(mean: 1_000_000_000)
    private var draws = RandomStream(seed: 1, component: 0, purpose: 0)

    /// A model with a number of pending events.
    init(pendingCount: Int, scheduler: inout Scheduler) {
        for _ in 0..<pendingCount {
            scheduler.schedule(at: gap.sample(drawing: &draws), target: 0, source: 0, kind: 1)
        }
    }

    mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        scheduler.schedule(
            at: event.timeNanoseconds + gap.sample(drawing: &draws), target: 0, source: 0, kind: 1)
    }
}

/// A run of the hold model, past the time in which the pending events find the widths of their buckets.
struct HoldRun {
    private let kernel: Kernel<HoldModel>
    private let pendingCount: Int
    private var reachedNanoseconds: UInt64 = 2_000_000_000

    init(pendingCount: Int) throws {
        self.pendingCount = pendingCount
        kernel = try Kernel<HoldModel>(
            partitioning: Partitioning(processCount: 1, partitionCount: 1), lookaheadNanoseconds: 0
        ) { _, scheduler in
            HoldModel(pendingCount: pendingCount, scheduler: &scheduler)
        }
        kernel.run(before: reachedNanoseconds)
    }

    /// Lets about a number of events happen: each pending one makes one a second, on average.
    mutating func run(aboutEventCount eventCount: Int) {
        reachedNanoseconds += UInt64(eventCount) * 1_000_000_000 / UInt64(pendingCount)
        kernel.run(before: reachedNanoseconds)
    }
}
