internal import Dispatch
internal import Synchronization

/// Runs of the same thing under several seeds, side by side on the cores of the machine. The results come in the order of the seeds, whichever
/// run ends first.
public enum Replications {
    /// The results of runs.
    ///
    /// - Parameters:
    ///   - seeds: A seed for each run. The same seeds for two alternatives are common random numbers: what a component draws depends on the
    ///     seed and on the component, so that both see the same users, messages and latencies where they are alike.
    ///   - jobs: How many runs at a time, one or more.
    ///   - body: Makes a run. It is called on any thread.
    /// - Throws: What the run of the first seed that failed threw.
    public static func results<Result: Sendable>(
        seeds: some Sequence<UInt64>, jobs: Int, body: @Sendable (UInt64) throws -> Result
    ) throws -> [Result] {
        precondition(jobs >= 1, "somebody must do the runs")
        let seeds = Array(seeds)
        let claimed = Atomic<Int>(0)
        let results = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: seeds.count))
        DispatchQueue.concurrentPerform(iterations: min(jobs, seeds.count)) { _ in
            while true {
                let index = claimed.add(1, ordering: .relaxed).oldValue
                guard index < seeds.count else { return }
                let result = Swift.Result { try body(seeds[index]) }
                results.withLock { $0[index] = result }
            }
        }
        return try results.withLock { try $0.compactMap { try $0?.get() } }
    }
}
