#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Runs the same work on several threads, the caller's own included.
enum ThreadTeam {
    /// Calls `work` once with each number from zero to `threadCount` less one, side by side, and returns when all have returned.
    ///
    /// - Precondition: There is at least one thread, and the system has that many.
    static func run(threadCount: Int, _ work: @escaping @Sendable (Int) -> Void) {
        precondition(threadCount >= 1, "no thread, no work")
        let others = (1..<max(1, threadCount)).map { start($0, work) }
        work(0)
        for thread in others { pthread_join(thread, nil) }
    }

    private static func start(_ index: Int, _ work: @escaping @Sendable (Int) -> Void) -> pthread_t {
        let box = Unmanaged.passRetained(Member(index: index, work: work))
        #if canImport(Darwin)
        var thread: pthread_t?
        #else
        var thread = pthread_t()
        #endif
        let status = pthread_create(
            &thread, nil,
            { raw in
                #if canImport(Darwin)
                let member = Unmanaged<Member>.fromOpaque(raw).takeRetainedValue()
                #else
                guard let raw else { return nil }
                let member = Unmanaged<Member>.fromOpaque(raw).takeRetainedValue()
                #endif
                member.work(member.index)
                return nil
            }, box.toOpaque())
        precondition(status == 0, "the system has no more threads")
        #if canImport(Darwin)
        guard let thread else { preconditionFailure("a thread that was started is there") }
        #endif
        return thread
    }

    /// What a thread needs in order to begin.
    private final class Member: Sendable {
        let index: Int
        let work: @Sendable (Int) -> Void

        init(index: Int, work: @escaping @Sendable (Int) -> Void) {
            self.index = index
            self.work = work
        }
    }
}
