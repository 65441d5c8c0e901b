/// One of the threads that run the partitions of a world. During a window it runs whichever partitions come next, so that no thread is idle
/// while there is something to do; between two windows it takes in events for every n-th of them.
///
/// A partition in which nothing happens during a window costs two comparisons; as for ``Partition``, no access is checked while the program runs.
final class Worker<M: Model>: @unchecked Sendable {
    /// All partitions of the world, in the order of their numbers: as plain pointers, since an array of another kind is looked up by its type
    /// each time.
    private let all: [UnsafeMutableRawPointer]
    private let thread: Int
    private let threadCount: Int
    private let work: WindowWork
    /// Runs a partition. It is made where the model is known, so that the loop over events is compiled for that model.
    private let runPartition: @Sendable (Partition<M>, _ limitNanoseconds: UInt64, _ window: Int) -> Void
    /// The partitions that this thread ran and that put events out for others during the window. Other threads read it while this one waits.
    @exclusivity(unchecked) private var senders: [Int] = []
    /// Whether a window was run since one was begun.
    @exclusivity(unchecked) private var hasRunWindow = false
    /// The time of the first event that is pending in those that the thread takes in for; the greatest number if there is none.
    @exclusivity(unchecked) private(set) var firstTimeNanoseconds: UInt64 = 0

    /// A thread.
    ///
    /// - Parameters:
    ///   - all: The partitions of the world. Whoever makes the worker keeps them.
    ///   - work: What there is to do in a window, for all threads.
    init(
        of all: [Partition<M>], thread: Int, threadCount: Int, work: WindowWork,
        run: @escaping @Sendable (Partition<M>, _ limitNanoseconds: UInt64, _ window: Int) -> Void
    ) {
        self.all = all.map { Unmanaged.passUnretained($0).toOpaque() }
        self.thread = thread
        self.threadCount = threadCount
        self.work = work
        runPartition = run
        // What the models put out before the first window.
        senders = stride(from: thread, to: all.count, by: threadCount).filter { all[$0].scheduler.outbox.isAnyTouched }
    }

    private func partition(_ index: Int) -> Unmanaged<Partition<M>> { .fromOpaque(all[index]) }

    /// Lets everything before a time happen in the partitions that no other thread runs, and does what is done beside them if no other thread
    /// does.
    func run(before limitNanoseconds: UInt64, beside: (_ window: Int) -> Void) {
        senders.removeAll(keepingCapacity: true)
        while let piece = work.next() {
            switch piece {
            case .beside(let window): beside(window)
            case .partition(let index):
                partition(index)._withUnsafeGuaranteedRef { partition in
                    partition.scheduler.outbox.forgetTouched()
                    guard partition.firstTimeNanoseconds < limitNanoseconds || partition.awaitsWindowEnd else { return }
                    runPartition(partition, limitNanoseconds, work.windowCount)
                    if partition.scheduler.outbox.isAnyTouched { senders.append(index) }
                }
            }
        }
        hasRunWindow = true
    }

    /// Takes in what the partitions that a thread ran put out for those of this one.
    func takeIn(from other: Worker<M>) {
        for index in other.senders {
            partition(index)._withUnsafeGuaranteedRef { sender in
                sender.scheduler.outbox.forEachTouched { target in
                    guard target % threadCount == thread else { return }
                    partition(target)._withUnsafeGuaranteedRef { sender.handOver(to: $0) }
                }
            }
        }
    }

    /// Looks up when the next event happens in the partitions that the thread takes in for.
    func updateFirstTime() {
        var first = UInt64.max
        for index in stride(from: thread, to: all.count, by: threadCount) {
            partition(index)._withUnsafeGuaranteedRef { first = min(first, $0.firstTimeNanoseconds) }
        }
        firstTimeNanoseconds = first
    }

    /// Begins a window for all threads. One of them does so, while none runs anything.
    func beginWindow() {
        work.beginWindow(isBesideLeft: hasRunWindow) { index in
            partition(index)._withUnsafeGuaranteedRef { $0.scheduler.pending.removedCount }
        }
        hasRunWindow = false
    }
}
