/// The device that a log and files are on. It does one thing at a time, in the order in which they were asked for: a sync takes as long as
/// a draw from a distribution, reading and writing files as long as their bytes take.
@frozen
public struct Disk: Sendable {
    /// How long a sync takes, in nanoseconds.
    public let syncNanoseconds: Distribution
    /// How fast files are read and written, in bytes per second; zero for no limit.
    public let bytesPerSecond: UInt64
    private var freeAtNanoseconds: UInt64 = 0
    /// How many syncs were begun.
    public private(set) var syncCount: UInt64 = 0
    /// How many bytes were written.
    public private(set) var writtenBytes: UInt64 = 0

    /// A disk that is free.
    public init(syncNanoseconds: Distribution, bytesPerSecond: UInt64 = 0) {
        self.syncNanoseconds = syncNanoseconds
        self.bytesPerSecond = bytesPerSecond
    }

    /// Reads and writes files, after what was asked for before.
    ///
    /// - Parameter timeThousandths: How long it takes, in thousandths of the usual.
    /// - Returns: When that is done, in nanoseconds.
    public mutating func write(
        bytes: UInt64, readBytes: UInt64, nowNanoseconds: UInt64, timeThousandths: UInt64 = 1000
    ) -> UInt64 {
        freeAtNanoseconds = max(nowNanoseconds, freeAtNanoseconds)
        if bytesPerSecond > 0 {
            let work = (bytes + readBytes).multipliedFullWidth(by: 1_000_000_000)
            freeAtNanoseconds += Self.stretched(bytesPerSecond.dividingFullWidth(work).quotient, timeThousandths)
        }
        writtenBytes += bytes
        return freeAtNanoseconds
    }

    /// Writes and syncs, after what was asked for before.
    ///
    /// - Parameter timeThousandths: How long it takes, in thousandths of the usual.
    /// - Returns: When the bytes are durable, in nanoseconds.
    public mutating func sync(
        bytes: UInt64, nowNanoseconds: UInt64, timeThousandths: UInt64 = 1000, drawing stream: inout RandomStream
    ) -> UInt64 {
        freeAtNanoseconds =
            max(nowNanoseconds, freeAtNanoseconds)
            + Self.stretched(syncNanoseconds.sample(drawing: &stream), timeThousandths)
        syncCount += 1
        writtenBytes += bytes
        return freeAtNanoseconds
    }

    /// The host restarts: what was under way is no more.
    public mutating func reset(atNanoseconds: UInt64) {
        freeAtNanoseconds = atNanoseconds
    }

    /// A time that takes so many thousandths of the usual, at most ``Distribution/sampleMax``.
    private static func stretched(_ nanoseconds: UInt64, _ thousandths: UInt64) -> UInt64 {
        guard thousandths != 1000 else { return nanoseconds }
        let product = nanoseconds.multipliedFullWidth(by: thousandths)
        guard product.high < 1000 else { return Distribution.sampleMax }
        return min(UInt64(1000).dividingFullWidth(product).quotient, Distribution.sampleMax)
    }
}
