public import Simulation

/// A run of ``Phold`` on as many partitions as threads, past the time in which the kernel finds its widths: what is measured.
public struct PholdRun {
    private let kernel: Kernel<Phold>
    private let pendingCount: Double
    /// The mean time from an event to the one that it causes, in nanoseconds.
    private let meanNanoseconds: Double
    private var reachedNanoseconds: UInt64

    /// Sets a run up, and lets events happen to warm up.
    ///
    /// - Parameter warmUpEventCount: About how many; at least those of two units of time.
    /// - Throws: What ``Kernel`` throws if the configuration has no lookahead and there are several threads.
    public init(_ configuration: Phold.Configuration, threadCount: Int, warmUpEventCount: Int) throws {
        kernel = try Kernel<Phold>(
            partitioning: Partitioning(processCount: configuration.processCount, partitionCount: UInt32(threadCount)),
            lookaheadNanoseconds: configuration.lookaheadNanoseconds, threadCount: threadCount
        ) { processes, scheduler in
            Phold(configuration, processes: processes, scheduler: &scheduler)
        }
        pendingCount = Double(configuration.processCount) * Double(configuration.eventsPerProcess)
        meanNanoseconds = Double(configuration.lookaheadNanoseconds + configuration.meanNanoseconds)
        reachedNanoseconds = max(2_000_000_000, UInt64(Double(warmUpEventCount) / pendingCount * meanNanoseconds))
        kernel.run(before: reachedNanoseconds)
    }

    /// Lets about a number of events happen: as many as come on average in the time that is run.
    public mutating func run(aboutEventCount eventCount: Int) {
        reachedNanoseconds += UInt64(Double(eventCount) / pendingCount * meanNanoseconds)
        kernel.run(before: reachedNanoseconds)
    }

    /// How many events have happened.
    public var eventCount: UInt64 { kernel.eventCount }

    /// How many bytes the pending events take, over their number.
    public var bytesPerEvent: Double { Double(kernel.pendingByteCount) / pendingCount }

    /// The digest of all that happened.
    public var digest: TraceDigest { kernel.digest }
}
