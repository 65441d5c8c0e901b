import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Threads that do a share of the same work again and again, and wait for one another in between.
///
/// A window of virtual time may take no more than some microseconds, so that the threads wait awake; a thread that waits for long
/// lets others run. What the work does must not depend on which thread does which share.
final class WorkerPool: @unchecked Sendable {
    /// How many threads there are, the caller's own included.
    let threadCount: Int
    /// The work of the present round. It is written before the round begins and read by the threads of that round only.
    private var work: (@Sendable (Int) -> Void)?
    private let round = Atomic<Int>(0)
    private let finishedCount = Atomic<Int>(0)
    private let isEnding = Atomic<Bool>(false)
    private var threads: [pthread_t] = []

    /// Turns of waiting after which a thread lets others run.
    private static let turnsAwake = 4000

    /// Starts the threads.
    ///
    /// - Precondition: There is at least one.
    init(threadCount: Int) {
        precondition(threadCount >= 1, "no thread, no work")
        self.threadCount = threadCount
        for index in 1..<threadCount {
            start(index)
        }
    }

    /// Does `work` once with each number from zero to ``threadCount`` less one, side by side, and waits until all are done.
    func run(_ work: @escaping @Sendable (Int) -> Void) {
        self.work = work
        finishedCount.store(0, ordering: .relaxed)
        round.wrappingAdd(1, ordering: .releasing)
        work(0)
        Self.wait { self.finishedCount.load(ordering: .acquiring) == self.threadCount - 1 }
    }

    /// Ends the threads and waits for them.
    func end() {
        isEnding.store(true, ordering: .relaxed)
        round.wrappingAdd(1, ordering: .releasing)
        for thread in threads { pthread_join(thread, nil) }
        threads = []
    }

    private func start(_ index: Int) {
        let box = Unmanaged.passRetained(Start(pool: self, index: index))
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        let status = pthread_create(
            &thread, nil,
            { raw in
                #if canImport(Darwin)
                let start = Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
                #else
                guard let raw else { return nil }
                let start = Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
                #endif
                start.pool.work(as: start.index)
                return nil
            }, box.toOpaque())
        precondition(status == 0, "the system has no more threads")
        #if canImport(Darwin)
        if let thread { threads.append(thread) }
        #else
        threads.append(thread)
        #endif
    }

    private func work(as index: Int) {
        var seen = 0
        while true {
            Self.wait { self.round.load(ordering: .acquiring) != seen }
            seen += 1
            if isEnding.load(ordering: .relaxed) { return }
            work?(index)
            finishedCount.wrappingAdd(1, ordering: .releasing)
        }
    }

    private static func wait(until isDone: () -> Bool) {
        var turns = 0
        while !isDone() {
            turns += 1
            if turns > turnsAwake { sched_yield() }
        }
    }

    /// What a thread needs in order to begin.
    private final class Start {
        let pool: WorkerPool
        let index: Int

        init(pool: WorkerPool, index: Int) {
            self.pool = pool
            self.index = index
        }
    }
}
