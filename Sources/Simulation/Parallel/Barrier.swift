import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Where threads wait for one another, again and again.
///
/// A window of virtual time may take no more than some microseconds, so that a thread waits awake; one that waits for long lets
/// others run, and so does every thread where there are more of them than processors.
final class Barrier: Sendable {
    /// How many threads wait for one another.
    let threadCount: Int
    private let arrivedCount = Atomic<Int>(0)
    private let round = Atomic<Int>(0)

    /// Turns of waiting after which a thread lets others run.
    private let turnsAwake: Int

    init(threadCount: Int) {
        self.threadCount = threadCount
        turnsAwake = threadCount <= sysconf(Int32(_SC_NPROCESSORS_ONLN)) ? 4000 : 0
    }

    /// Returns when every thread has come here. What each did before is seen by all after.
    func wait() {
        if threadCount == 1 { return }
        let seen = round.load(ordering: .relaxed)
        if arrivedCount.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue == threadCount {
            arrivedCount.store(0, ordering: .relaxed)
            round.store(seen + 1, ordering: .releasing)
        } else {
            wait { round.load(ordering: .acquiring) != seen }
        }
    }

    private func wait(until isDone: () -> Bool) {
        var turns = 0
        while !isDone() {
            turns += 1
            if turns > turnsAwake { sched_yield() }
        }
    }
}
