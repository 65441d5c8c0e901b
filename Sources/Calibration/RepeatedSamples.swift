internal import World

/// How long the same events took to handle in several runs of a world, which does the same every time. What takes long in one run only was an
/// interruption by the machine; what takes long in every run is the work of the component.
struct RepeatedSamples {
    /// What was handled, event by event, and the times of the first run.
    private let first: [HandlerSample]
    /// The times of the other runs, in nanoseconds.
    private var others: [[UInt32]] = []

    /// Several times what an event usually takes, and a microsecond, is an interruption.
    private static let interruptionFactor: UInt64 = 4
    private static let interruptionNanoseconds: UInt64 = 1000

    /// Begins with a run.
    init(_ samples: [HandlerSample]) {
        first = samples
    }

    /// Adds another run.
    ///
    /// - Precondition: It is one of the same world.
    mutating func add(_ samples: [HandlerSample]) {
        precondition(
            samples.count == first.count
                && zip(samples, first).allSatisfy { $0.tier == $1.tier && $0.kindNumber == $1.kindNumber },
            "two runs of one world did not do the same")
        others.append(samples.map(\.nanoseconds))
    }

    /// How many runs there are.
    var runCount: Int { others.count + 1 }

    /// The times of what was handled, by tier and kind, each event with its median over the runs.
    func grouped() -> [HandledGroup: HandledTimes] {
        var groups: [HandledGroup: HandledTimes] = [:]
        var times = [UInt32](repeating: 0, count: runCount)
        for index in first.indices {
            times[0] = first[index].nanoseconds
            for run in others.indices { times[run + 1] = others[run][index] }
            let median = times.sorted()[(runCount - 1) / 2]
            let limit = UInt32(
                clamping: UInt64(median) * Self.interruptionFactor + Self.interruptionNanoseconds)
            let group = HandledGroup(tier: first[index].tier, kindNumber: first[index].kindNumber)
            groups[group, default: HandledTimes(runCount: runCount)].add(
                median: median, times: times, limit: limit)
        }
        return groups
    }
}

/// A kind on a tier.
struct HandledGroup: Hashable {
    let tier: ServerTier
    let kindNumber: UInt16
}

/// The times of the events of one kind on one tier.
struct HandledTimes {
    /// The median of each event over the runs, in nanoseconds.
    private(set) var medians: [UInt32] = []
    /// The sum of the times in each run, those of interruptions replaced by the median, in nanoseconds.
    private(set) var sums: [UInt64]
    /// How many times were interruptions.
    private(set) var interruptionCount = 0

    init(runCount: Int) {
        sums = Array(repeating: 0, count: runCount)
    }

    mutating func add(median: UInt32, times: [UInt32], limit: UInt32) {
        medians.append(median)
        for (run, time) in times.enumerated() {
            if time > limit { interruptionCount += 1 }
            sums[run] += UInt64(time > limit ? median : time)
        }
    }

    /// Adds the times of another world.
    mutating func merge(_ other: HandledTimes) {
        medians += other.medians
        for run in sums.indices { sums[run] += other.sums[run] }
        interruptionCount += other.interruptionCount
    }
}
