package import Chat
internal import Invariants
internal import Scenario
internal import World

/// What a run has come to at a moment, so that the difference of two readings tells of the time between them: how it began is then left out of
/// the statistics, and never out of the run.
extension Experiment {
    /// The machines of a tier of servers together.
    package struct TierReading: Hashable, Sendable {
        /// The name of the tier, as ``ServerModel`` has it without the number.
        package let name: String
        /// How many servers it has.
        package let serverCount: Int
        /// How many cores they have together.
        package let coreCount: Int
        /// How long cores have worked, in nanoseconds over all cores.
        package let busyNanoseconds: UInt64
        /// How long handlers have waited for a core, in nanoseconds over all handlers.
        package let waitedNanoseconds: UInt64
        /// How many handlers ran.
        package let handledCount: UInt64
    }

    /// What a run has come to.
    package struct Reading: Sendable {
        /// When it was read, in nanoseconds of virtual time.
        package let timeNanoseconds: UInt64
        /// The tiers that the system has.
        package let tiers: [TierReading]
        /// The figures that the components report.
        package let metrics: Metrics
        /// How many connections chat servers hold.
        package let connectionCount: Int
    }

    /// Runs to the end and reads what the run has come to, once on the way and once at the end.
    ///
    /// - Parameter warmUpNanoseconds: When to read for the first time: before the end of the run.
    package mutating func run(readingAt warmUpNanoseconds: UInt64) -> (first: Reading, last: Reading) {
        precondition(
            warmUpNanoseconds < scenario.durationNanoseconds, "the run ends before it is read for the first time")
        advance(before: warmUpNanoseconds)
        let first = reading
        run()
        return (first, reading)
    }

    /// How long each delivered message that was sent at a time or later took to its recipient's first device, in nanoseconds, in the order of
    /// sending.
    package func deliveryNanoseconds(sentFrom nanoseconds: UInt64) -> [UInt64] {
        record.deliveryNanoseconds(sentFrom: nanoseconds)
    }

    /// How many messages were sent, acknowledged, delivered, and given up, of those that were sent so far.
    package var messageCounts: (sent: Int, acknowledged: Int, delivered: Int, failed: Int) {
        (counts.sent, counts.acked, counts.delivered, counts.failed)
    }

    private var reading: Reading {
        Reading(
            timeNanoseconds: reachedNanoseconds, tiers: tierReadings(), metrics: metrics,
            connectionCount: world.connectionCount)
    }
}
