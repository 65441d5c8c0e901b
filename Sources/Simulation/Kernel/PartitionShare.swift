/// The partitions that one thread runs: every n-th of them.
///
/// A partition in which nothing happens during a window costs one comparison.
final class PartitionShare<M: Model>: @unchecked Sendable {
    /// All partitions of the world, in the order of their numbers.
    private let all: [Unmanaged<Partition<M>>]
    private let thread: Int
    private let threadCount: Int
    /// Runs a partition. It is made where the model is known, so that the loop over events is compiled for that model.
    private let runPartition: @Sendable (Partition<M>, _ limitNanoseconds: UInt64) -> Void
    /// The partitions of this share that put events out for others during the window. Other threads read it while this one waits.
    private var senders: [Int] = []
    /// The time of the first event that is pending in the share; the greatest number if there is none.
    private(set) var firstTimeNanoseconds: UInt64 = 0

    /// The share of a thread.
    ///
    /// - Parameter all: The partitions of the world. Whoever makes the share keeps them.
    init(
        of all: [Partition<M>], thread: Int, threadCount: Int, run: @escaping @Sendable (Partition<M>, UInt64) -> Void
    ) {
        self.all = all.map { Unmanaged.passUnretained($0) }
        self.thread = thread
        self.threadCount = threadCount
        runPartition = run
        // What the models put out before the first window.
        senders = stride(from: thread, to: all.count, by: threadCount).filter { all[$0].scheduler.outbox.isAnyTouched }
    }

    /// Lets everything before a time happen in the partitions of the share.
    func run(before limitNanoseconds: UInt64) {
        senders.removeAll(keepingCapacity: true)
        for index in stride(from: thread, to: all.count, by: threadCount) {
            all[index]._withUnsafeGuaranteedRef { partition in
                partition.scheduler.outbox.forgetTouched()
                guard partition.firstTimeNanoseconds < limitNanoseconds else { return }
                runPartition(partition, limitNanoseconds)
                if partition.scheduler.outbox.isAnyTouched { senders.append(index) }
            }
        }
    }

    /// Takes in what the partitions of a share put out for those of this one.
    func takeIn(from other: PartitionShare<M>) {
        for index in other.senders {
            other.all[index]._withUnsafeGuaranteedRef { sender in
                sender.scheduler.outbox.forEachTouched { target in
                    guard target % threadCount == thread else { return }
                    all[target]._withUnsafeGuaranteedRef { sender.handOver(to: $0) }
                }
            }
        }
    }

    /// Looks up when the next event of the share happens.
    func updateFirstTime() {
        var first = UInt64.max
        for index in stride(from: thread, to: all.count, by: threadCount) {
            all[index]._withUnsafeGuaranteedRef { first = min(first, $0.firstTimeNanoseconds) }
        }
        firstTimeNanoseconds = first
    }
}
