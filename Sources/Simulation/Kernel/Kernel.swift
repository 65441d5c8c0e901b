/// Runs a partitioned model through virtual time.
///
/// With one partition, events simply happen in their total order. With several, all partitions run the same window of
/// virtual time, which is no longer than the lookahead, and then exchange the events that they caused for one another
/// (conservative synchronisation). Either way each process sees the same events in the same order, so that the digest of a
/// run does not depend on the number of partitions or threads.
public final class Kernel<M: Model>: @unchecked Sendable {
    /// The partitions. A thread touches those of its share only, and another's only while that thread waits.
    nonisolated(unsafe) private let partitions: [Partition<M>]
    private let threadCount: Int
    private let lookaheadNanoseconds: UInt64
    private let exchange = InProcessExchange()
    /// Runs a partition. It is made where the model is known, so that the loop over events is compiled for that model.
    private let runPartition: @Sendable (Partition<M>, _ limitNanoseconds: UInt64) -> Void

    /// Why a kernel cannot run a partitioned model.
    public enum SetupError: Error, Hashable {
        /// There are several partitions, and events may pass from one to another in no time.
        case noLookahead
    }

    /// Puts models on partitions.
    ///
    /// - Parameters:
    ///   - partitioning: Which processes are in which partition.
    ///   - lookaheadNanoseconds: The least time that an event takes from one partition to another.
    ///   - threadCount: How many threads run the partitions; no more than there are partitions are used.
    ///   - model: Makes the model of a partition from the processes that it has, and schedules its first events.
    /// - Throws: ``SetupError/noLookahead`` if there are several partitions and the lookahead is zero.
    @inlinable
    public convenience init(
        partitioning: Partitioning, lookaheadNanoseconds: UInt64, threadCount: Int = 1,
        model: (_ processes: Range<UInt32>, _ scheduler: inout Scheduler) -> M
    ) throws {
        try self.init(
            partitioning: partitioning, lookaheadNanoseconds: lookaheadNanoseconds, threadCount: threadCount,
            model: model,
            run: { partition, limitNanoseconds in partition.run(before: limitNanoseconds) })
    }

    @usableFromInline
    init(
        partitioning: Partitioning, lookaheadNanoseconds: UInt64, threadCount: Int,
        model: (_ processes: Range<UInt32>, _ scheduler: inout Scheduler) -> M,
        run: @escaping @Sendable (Partition<M>, UInt64) -> Void
    ) throws {
        runPartition = run
        guard lookaheadNanoseconds > 0 || partitioning.partitionCount == 1 else { throw SetupError.noLookahead }
        self.lookaheadNanoseconds = lookaheadNanoseconds
        self.threadCount = min(max(1, threadCount), Int(partitioning.partitionCount))
        partitions = (0..<partitioning.partitionCount).map { partition in
            var scheduler = Scheduler(partitioning: partitioning, partition: partition)
            let made = model(partitioning.processes(of: partition), &scheduler)
            return Partition(model: made, scheduler: scheduler)
        }
        for partition in partitions { exchange.collect(for: partition, from: partitions) }
    }

    /// Lets every event before a time happen.
    public func run(before limitNanoseconds: UInt64) {
        if partitions.count == 1 {
            runPartition(partitions[0], limitNanoseconds)
            return
        }
        let pool = WorkerPool(threadCount: threadCount)
        defer { pool.end() }
        while let start = firstTimeNanoseconds(), start < limitNanoseconds {
            let (end, isPastTheEnd) = start.addingReportingOverflow(lookaheadNanoseconds)
            let windowEnd = isPastTheEnd ? limitNanoseconds : min(end, limitNanoseconds)
            pool.run { thread in self.forEachPartition(of: thread) { self.runPartition($0, windowEnd) } }
            pool.run { thread in
                self.forEachPartition(of: thread) { self.exchange.collect(for: $0, from: self.partitions) }
            }
        }
    }

    /// The time of the first event that is pending anywhere.
    private func firstTimeNanoseconds() -> UInt64? {
        partitions.lazy.compactMap { $0.scheduler.pending.firstTimeNanoseconds }.min()
    }

    /// Calls `body` for each partition of a thread's share: every ``threadCount``-th.
    private func forEachPartition(of thread: Int, _ body: (Partition<M>) -> Void) {
        for index in stride(from: thread, to: partitions.count, by: threadCount) {
            body(partitions[index])
        }
    }

    /// How many events have happened.
    public var eventCount: UInt64 {
        partitions.reduce(0) { $0 + $1.scheduler.pending.removedCount }
    }

    /// The digest of all that happened: the digests of the processes, in the order of their numbers.
    public var digest: TraceDigest {
        var digest = TraceDigest()
        for partition in partitions {
            for index in 0..<partition.scheduler.processCount {
                digest.append(partition.scheduler.records[index].digest.rawValue, 0)
            }
        }
        return digest
    }

    /// Lends the model of each partition to `body`, in the order of the partitions.
    public func forEachModel(_ body: (inout M) -> Void) {
        for partition in partitions {
            body(&partition.model)
        }
    }
}
