/// What observers count of a cache server. The server never reads it, and it outlives its crashes.
struct CacheFigures: Hashable, Sendable {
    var pool = PoolFigures()
    var hitCount: UInt64 = 0
    var missCount: UInt64 = 0
    var evictionCount: UInt64 = 0
    private(set) var lockWaitCount: UInt64 = 0
    private(set) var lockWaitGreatestNanoseconds: UInt64 = 0

    /// Something waited for a user's lock from then on until now.
    mutating func waitedForLock(sinceNanoseconds since: UInt64, nowNanoseconds: UInt64) {
        lockWaitCount += 1
        lockWaitGreatestNanoseconds = max(lockWaitGreatestNanoseconds, nowNanoseconds - min(since, nowNanoseconds))
    }
}

extension CacheServer {
    /// Reports the figures of the server.
    ///
    /// - Parameter elapsedNanoseconds: How long the run has lasted.
    public func report(elapsedNanoseconds: UInt64, into metrics: inout Metrics) {
        metrics.record(
            MetricDefinition(
                "cache.hits", unit: "requests", "Readings and pages that a cache server answered from memory."),
            figures.hitCount)
        metrics.record(
            MetricDefinition("cache.misses", unit: "requests", "Readings and pages for which it asked the storage."),
            figures.missCount)
        metrics.record(
            MetricDefinition("cache.evictions", unit: "entries", "Entries of users that gave way to others."),
            figures.evictionCount)
        metrics.record(
            MetricDefinition("cache.lock_waits", unit: "requests", "Requests that waited for the lock of their user."),
            figures.lockWaitCount)
        metrics.record(
            MetricDefinition(
                "cache.lock_wait_greatest", unit: "ns", combination: .greatest,
                "The longest wait for the lock of a user."),
            figures.lockWaitGreatestNanoseconds)
        metrics.record(
            MetricDefinition("cache.entries", unit: "entries", "Users of whom cache servers have an entry in the end."),
            UInt64(volatile.table.count))
        metrics.record(
            MetricDefinition(
                "cache.bytes_per_user", unit: "bytes", combination: .greatest,
                "The memory of an entry in the end, the mean of the server where it is greatest."),
            volatile.table.count == 0 ? 0 : volatile.table.sizeBytes / UInt64(volatile.table.count))
        figures.pool.report(
            as: "cache", connectionCount: volatile.pool.connectionCount, elapsedNanoseconds: elapsedNanoseconds,
            into: &metrics)
    }
}
