/// A server loses its memory and is gone for a time, or for good.
public struct Crash: Hashable, Sendable {
    /// Which server.
    public let server: ServerName
    /// When it crashes, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// When it is back, in nanoseconds; nothing if it never is.
    public let restartNanoseconds: UInt64?
    /// What it does to the disk.
    public let disk: DiskLoss

    /// What a crash does to the disk.
    public enum DiskLoss: UInt64, Hashable, Sendable {
        /// What was synced is there, and nothing else.
        case nothing
        /// What was being synced is there in part.
        case tornWrite
        /// What was synced since ``HostFault/Kind/cachedWrites`` is not there.
        case cachedWrites
    }

    /// Describes a crash.
    public init(
        server: ServerName, timeNanoseconds: UInt64, restartNanoseconds: UInt64?, disk: DiskLoss = .nothing
    ) {
        self.server = server
        self.timeNanoseconds = timeNanoseconds
        self.restartNanoseconds = restartNanoseconds
        self.disk = disk
    }
}
