/// How events get from one partition to another between two windows, and how all threads agree on where the next begins. Here all
/// partitions live in one process; another implementation may carry events between processes or machines, without the kernel
/// knowing.
protocol Exchange: Sendable {
    associatedtype Simulated: Model

    /// Hands over what the partitions that a thread ran put out during a window, takes in what others put out for those of the thread, and
    /// begins the next window. Each thread calls this once for each window; it returns when all have.
    ///
    /// - Returns: The time of the first event that is pending anywhere; the greatest number if there is none.
    func exchange(_ worker: Worker<Simulated>) -> UInt64
}

/// The exchange between partitions in one process: the threads meet, and each takes in what is for every n-th partition, straight
/// from those that put it out.
final class InProcessExchange<M: Model>: Exchange {
    private let workers: [Worker<M>]
    private let barrier: Barrier

    init(_ workers: [Worker<M>]) {
        self.workers = workers
        barrier = Barrier(threadCount: workers.count)
    }

    func exchange(_ worker: Worker<M>) -> UInt64 {
        barrier.wait()
        for other in workers { worker.takeIn(from: other) }
        worker.updateFirstTime()
        if worker === workers[0] { worker.beginWindow() }
        barrier.wait()
        var first = UInt64.max
        for other in workers { first = min(first, other.firstTimeNanoseconds) }
        return first
    }
}
