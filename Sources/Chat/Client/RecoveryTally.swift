/// Devices that lost an open connection, and when they had one again: what a storm of reconnects comes to. These are figures for people; nothing
/// depends on them.
///
/// Devices do not know the time of day, so they say what happens, and whoever performs their effects says when.
public struct RecoveryTally: Sendable {
    /// What happens in a second.
    private struct Second: Sendable {
        var lost: UInt32 = 0
        var back: UInt32 = 0
        var gone: UInt32 = 0
    }

    /// What has happened since the time was told last.
    private var recent = Second()
    private var seconds: [Second] = []
    private var firstLostNanoseconds: UInt64?
    private var lastBackNanoseconds: UInt64?

    /// Nothing has happened.
    public init() {}

    /// Whether anything has happened since the time was told last.
    public var hasNews: Bool { recent.lost | recent.back | recent.gone != 0 }

    /// A device lost its open connection.
    mutating func lost() { recent.lost += 1 }

    /// A device that had lost its connection has one again.
    mutating func cameBack() { recent.back += 1 }

    /// The user of a device that had lost its connection does not want one any more.
    mutating func gaveUp() { recent.gone += 1 }

    /// Tells when it happened, in nanoseconds.
    public mutating func note(atNanoseconds now: UInt64) {
        if recent.lost > 0 { firstLostNanoseconds = min(firstLostNanoseconds ?? now, now) }
        if recent.back > 0 { lastBackNanoseconds = max(lastBackNanoseconds ?? now, now) }
        add(recent, toSecond: Int(now / 1_000_000_000))
        recent = Second()
    }

    /// Takes over what others tell.
    public mutating func merge(_ other: RecoveryTally) {
        if let first = other.firstLostNanoseconds { firstLostNanoseconds = min(firstLostNanoseconds ?? first, first) }
        if let last = other.lastBackNanoseconds { lastBackNanoseconds = max(lastBackNanoseconds ?? last, last) }
        for (index, second) in other.seconds.enumerated() { add(second, toSecond: index) }
    }

    /// Reports how many devices were struck, how fast they came back, and how long that took in all.
    public func report(into metrics: inout Metrics) {
        var (lost, back, away, awayPeak, backPeak) = (UInt64(0), UInt64(0), UInt64(0), UInt64(0), UInt64(0))
        for second in seconds {
            lost += UInt64(second.lost)
            back += UInt64(second.back)
            // What leaves in a second has come by then: a second is looked at as a whole.
            away += UInt64(second.lost)
            away -= min(away, UInt64(second.back) + UInt64(second.gone))
            awayPeak = max(awayPeak, away)
            backPeak = max(backPeak, UInt64(second.back))
        }
        let span = (lastBackNanoseconds ?? 0) - min(lastBackNanoseconds ?? 0, firstLostNanoseconds ?? 0)
        let values = [lost, back, away, awayPeak, backPeak, span / 1_000_000]
        for (definition, value) in zip(Self.definitions, values) { metrics.record(definition, value) }
    }

    private mutating func add(_ more: Second, toSecond index: Int) {
        while seconds.count <= index { seconds.append(Second()) }
        seconds[index].lost += more.lost
        seconds[index].back += more.back
        seconds[index].gone += more.gone
    }

    private static let definitions = [
        MetricDefinition("recovery.lost", unit: "connections", "Open connections that devices lost."),
        MetricDefinition(
            "recovery.back", unit: "connections",
            "Connections that such devices opened, each the first since it lost one."),
        MetricDefinition(
            "recovery.away", unit: "devices",
            "Devices that lost a connection and have none in the end, though their users want one."
        ),
        MetricDefinition(
            "recovery.away_peak", unit: "devices", combination: .greatest,
            "The most such devices at the end of any second of the run."),
        MetricDefinition(
            "recovery.back_peak_per_second", unit: "connections", combination: .greatest,
            "The most devices that came back within a second of the run, counted from its beginning."),
        MetricDefinition(
            "recovery.duration", unit: "ms", combination: .greatest,
            "The time from the first loss of a connection to the last return of a device; all are back only if none is away."
        ),
    ]
}
