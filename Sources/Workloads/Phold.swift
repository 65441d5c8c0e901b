public import Simulation

/// PHOLD, the usual benchmark of parallel discrete-event simulation (Fujimoto 1990): every event makes its process send one event
/// to a random process, after the lookahead and an exponential time.
///
/// The numbers are those at which the reference engine ROSS is measured: all events remote, lookahead 0.1, mean 1.0. One unit of
/// time is a second.
public struct Phold: Model {
    /// How a benchmark is set up.
    public struct Configuration: Hashable, Sendable {
        /// How many processes.
        public let processCount: UInt32
        /// How many events each has at the start.
        public let eventsPerProcess: UInt32
        /// The least time that an event takes, in nanoseconds.
        public let lookaheadNanoseconds: UInt64
        /// The mean of the time beyond that, in nanoseconds.
        public let meanNanoseconds: UInt64

        /// A set-up; by default with the lookahead and the mean of the reference.
        public init(
            processCount: UInt32, eventsPerProcess: UInt32 = 1, lookaheadNanoseconds: UInt64 = 100_000_000,
            meanNanoseconds: UInt64 = 1_000_000_000
        ) {
            self.processCount = processCount
            self.eventsPerProcess = eventsPerProcess
            self.lookaheadNanoseconds = lookaheadNanoseconds
            self.meanNanoseconds = meanNanoseconds
        }
    }

    @usableFromInline let configuration: Configuration
    @usableFromInline let firstProcess: UInt32
    /// The state of each process: that of its generator, SplitMix64.
    @usableFromInline let states: LargeArray<UInt64>

    /// The processes of a partition, with their first events.
    public init(_ configuration: Configuration, processes: Range<UInt32>, scheduler: inout Scheduler) {
        self.configuration = configuration
        firstProcess = processes.lowerBound
        states = LargeArray(repeating: 0, count: processes.count)
        for process in processes {
            states[Int(process - firstProcess)] = RandomStream.word(seed: 1, component: process, purpose: 0, index: 0)
            for _ in 0..<configuration.eventsPerProcess {
                let next = draw(process)
                scheduler.schedule(at: next.delayNanoseconds, target: process, source: process, kind: 1)
            }
        }
    }

    /// Sends one event on.
    @inlinable @inline(__always)
    public mutating func handle(_ event: Event, scheduler: inout Scheduler) {
        let next = draw(event.target)
        scheduler.schedule(
            at: event.timeNanoseconds + next.delayNanoseconds, target: next.target, source: event.target, kind: 1)
    }

    /// Asks for the state of a process.
    @inlinable
    public func prefetch(_ process: UInt32) {
        states.prefetch(Int(process - firstProcess))
    }

    /// What a process does next.
    @inlinable @inline(__always)
    func draw(_ process: UInt32) -> (target: UInt32, delayNanoseconds: UInt64) {
        let index = Int(process - firstProcess)
        let state = states[index]
        states[index] = state &+ 0x3c6e_f372_fe94_f82a
        let first = Self.mixed(state &+ 0x9e37_79b9_7f4a_7c15)
        let second = Self.mixed(state &+ 0x3c6e_f372_fe94_f82a)
        let target = UInt32(truncatingIfNeeded: first.multipliedFullWidth(by: UInt64(configuration.processCount)).high)
        let unit = (Double(second &>> 11) + 0.5) * 0x1p-53
        let exponential = -DeterministicMath.logarithm(unit) * Double(configuration.meanNanoseconds)
        return (target, configuration.lookaheadNanoseconds + UInt64(exponential))
    }

    @inlinable
    static func mixed(_ word: UInt64) -> UInt64 {
        var result = word
        result = (result ^ (result &>> 30)) &* 0xbf58_476d_1ce4_e5b9
        result = (result ^ (result &>> 27)) &* 0x94d0_49bb_1331_11eb
        return result ^ (result &>> 31)
    }
}
