/// Cuts a run into slices of about ``eventsPerSlice`` events, between which it can be watched and stopped. How much virtual time
/// makes a slice is found on the way; the result of a run does not depend on it.
///
/// What is observed in a slice is kept until its end. So that a storm after a quiet time does not take what memory there is, a slice is
/// shorter the more connections there are: if all of them were lost within a second, ``connectionsPerSlice`` would be lost in one.
struct RunSlices {
    private let durationNanoseconds: UInt64
    private var reachedNanoseconds: UInt64
    private var sliceNanoseconds: UInt64
    private let sliceNanosecondsMax: UInt64
    private var eventCount: UInt64 = 0

    /// So few that what is observed meanwhile is still in a processor's cache when it is handed out, where one thread runs all.
    private static let eventsPerSlice: UInt64 = 10_000
    private static let connectionsPerSlice: UInt64 = 4_000_000

    /// - Parameters:
    ///   - fromNanoseconds: From where the run goes on.
    ///   - isBusy: Whether so much happens that a second may take long.
    ///   - connectionCount: How many connections there may be, if observations of them are kept.
    init(
        fromNanoseconds: UInt64 = 0, durationNanoseconds: UInt64, isBusy: Bool = false, connectionCount: UInt64 = 0
    ) {
        reachedNanoseconds = fromNanoseconds
        self.durationNanoseconds = durationNanoseconds
        sliceNanosecondsMax = max(
            1_000_000, min(durationNanoseconds, Self.connectionsPerSlice * 1_000_000_000 / max(1, connectionCount)))
        sliceNanoseconds = min(sliceNanosecondsMax, isBusy ? 10_000_000 : 1_000_000_000)
    }

    /// Up to when to run next; nothing at the end.
    var next: UInt64? {
        guard reachedNanoseconds < durationNanoseconds else { return nil }
        return reachedNanoseconds + min(sliceNanoseconds, durationNanoseconds - reachedNanoseconds)
    }

    /// The run has got so far, with so many events since its start.
    mutating func reached(_ limitNanoseconds: UInt64, eventCount newCount: UInt64) {
        let happened = newCount - eventCount
        if happened > Self.eventsPerSlice { sliceNanoseconds = max(1_000_000, sliceNanoseconds / 2) }
        if happened < Self.eventsPerSlice / 4 { sliceNanoseconds = min(sliceNanosecondsMax, sliceNanoseconds * 2) }
        reachedNanoseconds = limitNanoseconds
        eventCount = newCount
    }
}
