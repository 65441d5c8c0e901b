/// What observers count of a connection pool, and of the writer in front of it. No component reads it, and it outlives the
/// crashes of its server.
struct PoolFigures: Hashable, Sendable {
    private(set) var waitCount: UInt64 = 0
    private(set) var waitGreatestNanoseconds: UInt64 = 0
    private(set) var queueGreatest: UInt64 = 0
    private(set) var repeatCount: UInt64 = 0
    private(set) var busyNanoseconds: UInt64 = 0

    /// So many requests wait for a connection or for the writer.
    mutating func waiting(_ count: Int) {
        queueGreatest = max(queueGreatest, UInt64(count))
    }

    /// An attempt leaves on a connection.
    mutating func started(attempt: UInt32, askedNanoseconds: UInt64, nowNanoseconds: UInt64) {
        guard attempt == 1 else {
            repeatCount += 1
            return
        }
        guard nowNanoseconds > askedNanoseconds else { return }
        waitCount += 1
        waitGreatestNanoseconds = max(waitGreatestNanoseconds, nowNanoseconds - askedNanoseconds)
    }

    /// The connection that an attempt had is free again.
    mutating func ended(startedNanoseconds: UInt64, nowNanoseconds: UInt64) {
        busyNanoseconds += nowNanoseconds - min(startedNanoseconds, nowNanoseconds)
    }

    /// Reports the figures of a pool.
    ///
    /// - Parameters:
    ///   - area: What the names begin with.
    ///   - connectionCount: How many connections the pool has.
    ///   - elapsedNanoseconds: How long the run has lasted.
    func report(
        as area: String, connectionCount: Int, elapsedNanoseconds: UInt64, into metrics: inout Metrics
    ) {
        metrics.record(
            MetricDefinition(
                "\(area).queue_greatest", unit: "requests", combination: .greatest,
                "The most requests of a server that waited for a connection or for the writer at a time."),
            queueGreatest)
        metrics.record(
            MetricDefinition(
                "\(area).waits", unit: "requests", "Requests that had to wait for a connection or for the writer."),
            waitCount)
        metrics.record(
            MetricDefinition(
                "\(area).wait_greatest", unit: "ns", combination: .greatest,
                "The longest wait of a request before it was first sent."),
            waitGreatestNanoseconds)
        metrics.record(
            MetricDefinition("\(area).retries", unit: "requests", "Requests that were sent again."), repeatCount)
        let available = UInt64(connectionCount).multipliedReportingOverflow(by: elapsedNanoseconds / 1000)
        metrics.record(
            MetricDefinition(
                "\(area).pool_utilisation", unit: "per mille", combination: .greatest,
                "The share of the time that the connections of the busiest server's pool carried a request."),
            available.overflow || available.partialValue == 0 ? 0 : busyNanoseconds / available.partialValue)
    }
}
