/// The device that a log and files are on. It does one thing at a time, in the order in which they were asked for: a sync takes as long as
/// a draw from a distribution, reading and writing files as long as their bytes take.
@frozen
public struct Disk: Sendable {
    /// How long a sync takes, in nanoseconds.
    public let syncNanoseconds: Distribution
    /// How fast files are read and written, in bytes per second; zero for no limit.
    public let bytesPerSecond: UInt64
    private var freeAtNanoseconds: UInt64 = 0
    /// When it works slower.
    private var limps: [Limp] = []
    /// How many syncs were begun.
    public private(set) var syncCount: UInt64 = 0
    /// How many bytes were written.
    public private(set) var writtenBytes: UInt64 = 0

    /// A time in which the disk works slower.
    @usableFromInline
    struct Limp: Sendable {
        let window: Range<UInt64>
        let timeThousandths: UInt64
    }

    /// A disk that is free.
    public init(syncNanoseconds: Distribution, bytesPerSecond: UInt64 = 0) {
        self.syncNanoseconds = syncNanoseconds
        self.bytesPerSecond = bytesPerSecond
    }

    /// Reads and writes files, after what was asked for before.
    ///
    /// - Returns: When that is done, in nanoseconds.
    public mutating func write(bytes: UInt64, readBytes: UInt64, nowNanoseconds: UInt64) -> UInt64 {
        freeAtNanoseconds = max(nowNanoseconds, freeAtNanoseconds)
        if bytesPerSecond > 0 {
            let work = (bytes + readBytes).multipliedFullWidth(by: 1_000_000_000)
            freeAtNanoseconds = end(
                ofNanoseconds: bytesPerSecond.dividingFullWidth(work).quotient, from: freeAtNanoseconds)
        }
        writtenBytes += bytes
        return freeAtNanoseconds
    }

    /// Writes and syncs, after what was asked for before.
    ///
    /// - Returns: When the bytes are durable, in nanoseconds.
    public mutating func sync(
        bytes: UInt64, nowNanoseconds: UInt64, drawing stream: inout RandomStream
    ) -> UInt64 {
        freeAtNanoseconds = end(
            ofNanoseconds: syncNanoseconds.sample(drawing: &stream), from: max(nowNanoseconds, freeAtNanoseconds))
        syncCount += 1
        writtenBytes += bytes
        return freeAtNanoseconds
    }

    /// The host restarts: what was under way is no more.
    public mutating func reset(atNanoseconds: UInt64) {
        freeAtNanoseconds = atNanoseconds
    }

    /// The disk works slower for a time; of several such times the slowest counts.
    ///
    /// - Parameters:
    ///   - window: When, in nanoseconds.
    ///   - timeThousandths: How long everything takes then, in thousandths of the usual, at least 1000.
    public mutating func limp(_ window: Range<UInt64>, timeThousandths: UInt64) {
        limps.append(Limp(window: window, timeThousandths: timeThousandths))
    }

    /// When work that usually takes so long is done, if it begins at a time.
    ///
    /// - Complexity: O(1) while the disk never limped, else O(limps²).
    private func end(ofNanoseconds work: UInt64, from start: UInt64) -> UInt64 {
        guard !limps.isEmpty else { return start + work }
        var (time, rest) = (start, work)
        while rest > 0 {
            let slowness = limps.reduce(1000) { $1.window.contains(time) ? max($0, $1.timeThousandths) : $0 }
            let change = limps.reduce(UInt64.max) { next, limp in
                [limp.window.lowerBound, limp.window.upperBound].reduce(next) { $1 > time ? min($0, $1) : $0 }
            }
            let done = (change - time).multipliedFullWidth(by: 1000)
            let most = done.high < slowness ? slowness.dividingFullWidth(done).quotient : .max
            guard most < rest else {
                let product = rest.multipliedFullWidth(by: slowness)
                return time + (product.high < 1000 ? UInt64(1000).dividingFullWidth(product).quotient : change - time)
            }
            (time, rest) = (change, rest - most)
        }
        return time
    }
}
