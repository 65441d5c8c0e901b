/// The device that a log is on: one sync at a time, each as long as a draw from a distribution.
@frozen
public struct Disk: Sendable {
    /// How long a sync takes, in nanoseconds.
    public let syncNanoseconds: Distribution
    private var freeAtNanoseconds: UInt64 = 0
    /// How many syncs were begun.
    public private(set) var syncCount: UInt64 = 0
    /// How many bytes were written.
    public private(set) var writtenBytes: UInt64 = 0

    /// A disk that is free.
    public init(syncNanoseconds: Distribution) {
        self.syncNanoseconds = syncNanoseconds
    }

    /// Writes and syncs, after the syncs that were asked for before.
    ///
    /// - Returns: When the bytes are durable, in nanoseconds.
    public mutating func sync(
        bytes: UInt64, nowNanoseconds: UInt64, drawing stream: inout RandomStream
    ) -> UInt64 {
        freeAtNanoseconds =
            max(nowNanoseconds, freeAtNanoseconds) + syncNanoseconds.sample(drawing: &stream)
        syncCount += 1
        writtenBytes += bytes
        return freeAtNanoseconds
    }

    /// The host restarts: what was under way is no more.
    public mutating func reset(atNanoseconds: UInt64) {
        freeAtNanoseconds = atNanoseconds
    }
}
