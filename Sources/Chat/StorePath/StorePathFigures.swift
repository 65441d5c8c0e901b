/// What observers count of a chat server's way to the storage. The server never reads it, and it outlives its crashes.
struct StorePathFigures: Hashable, Sendable {
    var pool = PoolFigures()
    var failedCount: UInt64 = 0
    var failedLogGreatest: UInt64 = 0
    var replayedCount: UInt64 = 0
    var failedSyncCount: UInt64 = 0
    var tornCount: UInt64 = 0
}

extension ChatServer {
    /// Reports the figures of the way to the storage.
    ///
    /// - Parameter elapsedNanoseconds: How long the run has lasted.
    public func reportStorePath(elapsedNanoseconds: UInt64, into metrics: inout Metrics) {
        storePathFigures.pool.report(
            as: "storepath", connectionCount: volatile.pool.connectionCount, elapsedNanoseconds: elapsedNanoseconds,
            into: &metrics)
        if configuration.acknowledge == .afterLog || configuration.requestRetry.attemptsMax > 0 {
            metrics.record(
                MetricDefinition(
                    "storepath.failed_syncs", unit: "syncs",
                    "Syncs of chat servers' own logs for which the disk had no room."), storePathFigures.failedSyncCount
            )
            metrics.record(
                MetricDefinition(
                    "storepath.torn_syncs", unit: "syncs",
                    "Syncs of chat servers' own logs in the middle of which the power failed."),
                storePathFigures.tornCount)
        }
        guard configuration.requestRetry.attemptsMax > 0 else { return }
        metrics.record(
            MetricDefinition("storepath.failed", unit: "requests", "Writes whose budget of attempts was spent."),
            storePathFigures.failedCount)
        metrics.record(
            MetricDefinition(
                "storepath.failed_log_greatest", unit: "rows", combination: .greatest,
                "The most rows that the log of failed requests of a server held at a time."),
            storePathFigures.failedLogGreatest)
        metrics.record(
            MetricDefinition(
                "storepath.failed_log_left", unit: "rows", "Rows that logs of failed requests hold in the end."),
            UInt64(durable.failedLog.count))
        metrics.record(
            MetricDefinition(
                "storepath.replayed", unit: "rows",
                "Rows that were written to the storage from a log of failed requests."),
            storePathFigures.replayedCount)
    }
}
