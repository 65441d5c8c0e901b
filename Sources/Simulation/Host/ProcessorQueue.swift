/// The cores of a host: handlers start in the order of their arrival, each on the core that is free first, and keep it for
/// their cost.
///
/// The recursion of Kiefer and Wolfowitz gives the start of each without an event of its own: the arrival, or the time at
/// which the first core is free if that is later.
public struct ProcessorQueue: Sendable {
    /// When each core is free.
    private var freeAtNanoseconds: [UInt64]
    /// The time that cores have worked, in nanoseconds over all cores.
    public private(set) var busyNanoseconds: UInt64 = 0
    /// The time that handlers have waited for a core, in nanoseconds over all handlers.
    public private(set) var waitedNanoseconds: UInt64 = 0
    /// How many handlers were admitted.
    public private(set) var admittedCount: UInt64 = 0

    /// A host whose cores are all free.
    ///
    /// - Precondition: `cores` is 1 to 1024.
    public init(cores: Int) {
        precondition((1...1024).contains(cores), "a host has 1 to 1024 cores")
        freeAtNanoseconds = Array(repeating: 0, count: cores)
    }

    /// Gives a handler a core.
    ///
    /// - Precondition: Arrivals come in the order of time.
    /// - Returns: When it starts and when it is done, in nanoseconds.
    /// - Complexity: O(cores).
    public mutating func admit(
        arrivalNanoseconds: UInt64, costNanoseconds: UInt64
    ) -> (startNanoseconds: UInt64, finishNanoseconds: UInt64) {
        let core = earliestCore
        let start = max(arrivalNanoseconds, freeAtNanoseconds[core])
        let finish = start + costNanoseconds
        freeAtNanoseconds[core] = finish
        busyNanoseconds += costNanoseconds
        waitedNanoseconds += start - arrivalNanoseconds
        admittedCount += 1
        return (start, finish)
    }

    /// Asks for the memory that admitting a handler touches.
    public func prefetch() {
        freeAtNanoseconds.withUnsafeBufferPointer { cores in
            if let base = cores.baseAddress { Prefetch.line(of: base) }
        }
    }

    /// The host stands still until a time: nothing starts before. What was begun goes on.
    public mutating func hold(untilNanoseconds end: UInt64) {
        for core in freeAtNanoseconds.indices {
            freeAtNanoseconds[core] = max(freeAtNanoseconds[core], end)
        }
    }

    /// The host restarts: every core is free from a time on.
    public mutating func reset(atNanoseconds: UInt64) {
        for core in freeAtNanoseconds.indices {
            freeAtNanoseconds[core] = atNanoseconds
        }
    }

    private var earliestCore: Int {
        var earliest = 0
        for core in freeAtNanoseconds.indices.dropFirst()
        where freeAtNanoseconds[core] < freeAtNanoseconds[earliest] {
            earliest = core
        }
        return earliest
    }
}
