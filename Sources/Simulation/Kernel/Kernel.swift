/// Runs a partitioned model through virtual time.
///
/// With one partition, events simply happen in their total order. With several, all partitions run the same window of
/// virtual time, which is no longer than the lookahead, and then exchange the events that they caused for one another
/// (conservative synchronisation). Either way each process sees the same events in the same order, so that the digest of a
/// run does not depend on the number of partitions or threads.
public final class Kernel<M: Model>: @unchecked Sendable {
    /// The partitions. A thread touches one that it has taken for the window, and others only while all wait.
    nonisolated(unsafe) private let partitions: [Partition<M>]
    private let lookaheadNanoseconds: UInt64
    /// One for each thread.
    private let workers: [Worker<M>]
    private let work: WindowWork
    private let exchange: InProcessExchange<M>

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
    ///   - model: Makes the model of a partition from the processes that it has, and schedules its first events. It is called for several
    ///     partitions at a time, from the threads that will run them.
    /// - Throws: ``SetupError/noLookahead`` if there are several partitions and the lookahead is zero.
    @inlinable
    public convenience init(
        partitioning: Partitioning, lookaheadNanoseconds: UInt64, threadCount: Int = 1,
        model: (_ processes: Range<UInt32>, _ scheduler: inout Scheduler) -> M
    ) throws {
        try self.init(
            partitioning: partitioning, lookaheadNanoseconds: lookaheadNanoseconds, threadCount: threadCount,
            model: model,
            run: { partition, limitNanoseconds, window in partition.run(before: limitNanoseconds, window: window) })
    }

    @usableFromInline
    init(
        partitioning: Partitioning, lookaheadNanoseconds: UInt64, threadCount: Int,
        model: (_ processes: Range<UInt32>, _ scheduler: inout Scheduler) -> M,
        run: @escaping @Sendable (Partition<M>, _ limitNanoseconds: UInt64, _ window: Int) -> Void
    ) throws {
        guard lookaheadNanoseconds > 0 || partitioning.partitionCount == 1 else { throw SetupError.noLookahead }
        self.lookaheadNanoseconds = lookaheadNanoseconds
        let used = min(max(1, threadCount), Int(partitioning.partitionCount))
        let partitions = Self.partitions(partitioning, threadCount: used, model: model)
        self.partitions = partitions
        let work = WindowWork(partitionCount: partitions.count)
        self.work = work
        let workers = (0..<used).map {
            Worker(of: partitions, thread: $0, threadCount: used, work: work, run: run)
        }
        self.workers = workers
        exchange = InProcessExchange(workers)
    }

    /// Makes the partitions, every n-th on the same thread.
    private static func partitions(
        _ partitioning: Partitioning, threadCount: Int,
        model: (_ processes: Range<UInt32>, _ scheduler: inout Scheduler) -> M
    ) -> [Partition<M>] {
        let count = Int(partitioning.partitionCount)
        return withoutActuallyEscaping(model) { model in
            Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
                // Each thread makes models of its own and writes places of its own.
                nonisolated(unsafe) let (model, places) = (model, buffer)
                ThreadTeam.run(threadCount: threadCount) { thread in
                    for partition in stride(from: thread, to: count, by: threadCount) {
                        var scheduler = Scheduler(partitioning: partitioning, partition: UInt32(partition))
                        let made = model(partitioning.processes(of: UInt32(partition)), &scheduler)
                        places.initializeElement(at: partition, to: Partition(model: made, scheduler: scheduler))
                    }
                }
                initializedCount = count
            }
        }
    }

    /// Lets every event before a time happen.
    ///
    /// - Parameters:
    ///   - limitNanoseconds: The time.
    ///   - beside: Is called once for each window, in their order, by number, after the models have been told of its end, to take from them what
    ///     came of it: on one thread at a time, while others may run the next window.
    public func run(before limitNanoseconds: UInt64, beside: (_ window: Int) -> Void = { _ in }) {
        if partitions.count == 1 {
            // One window, whatever the lookahead.
            workers[0].beginWindow()
            workers[0].run(before: limitNanoseconds, beside: beside)
            workers[0].beginWindow()
        } else {
            withoutActuallyEscaping(beside) { beside in
                // One thread at a time calls it, and all meet in between.
                nonisolated(unsafe) let beside = beside
                ThreadTeam.run(threadCount: workers.count) { thread in
                    self.run(self.workers[thread], before: limitNanoseconds, beside: beside)
                }
            }
        }
        // A window has begun that nothing is run in.
        if work.isBesideLeft { beside(work.windowCount - 1) }
        for partition in partitions where partition.awaitsWindowEnd {
            partition.awaitsWindowEnd = partition.model.endWindow(work.windowCount, before: limitNanoseconds)
        }
        beside(work.windowCount)
    }

    /// What one thread does: windows, each from the first event that is pending anywhere, with an exchange after each.
    private func run(_ worker: Worker<M>, before limitNanoseconds: UInt64, beside: (Int) -> Void) {
        var start = exchange.exchange(worker)
        while start < limitNanoseconds {
            let (end, isPastTheEnd) = start.addingReportingOverflow(lookaheadNanoseconds)
            worker.run(before: isPastTheEnd ? limitNanoseconds : min(end, limitNanoseconds), beside: beside)
            start = exchange.exchange(worker)
        }
    }

    /// How many events have happened.
    public var eventCount: UInt64 {
        partitions.reduce(0) { $0 + $1.scheduler.pending.removedCount }
    }

    /// How many bytes of memory the pending events have, in all partitions, with what keeps them in order.
    public var pendingByteCount: Int {
        partitions.reduce(0) { $0 + $1.scheduler.pending.byteCount + $1.scheduler.outbox.byteCount }
    }

    /// How many attachments are held, in all partitions.
    var attachmentCount: Int {
        partitions.reduce(0) { $0 + $1.scheduler.attachments.blockCount }
    }

    /// How many pending events have an attachment, counted one by one. An event that is in no partition yet is not counted.
    var pendingAttachmentCount: Int {
        partitions.reduce(0) { sum, partition in
            var count = 0
            partition.scheduler.pending.forEach { count += $0.hasAttachment ? 1 : 0 }
            return sum + count
        }
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

    /// Lends the model of each partition to `body`, several at a time, each on one of the threads.
    public func forEachModelSideBySide(_ body: @Sendable (inout M) -> Void) {
        withoutActuallyEscaping(body) { body in
            ThreadTeam.run(threadCount: workers.count) { thread in
                for index in stride(from: thread, to: self.partitions.count, by: self.workers.count) {
                    body(&self.partitions[index].model)
                }
            }
        }
    }
}
