/// What the machine of a server has done in a run.
public struct HostUsage: Hashable, Sendable {
    /// The server's process.
    public let process: UInt32
    /// How many cores the machine has.
    public let cores: Int
    /// The time that its cores have worked, in nanoseconds over all cores.
    public let busyNanoseconds: UInt64
    /// The time that handlers have waited for a core, in nanoseconds over all handlers.
    public let waitedNanoseconds: UInt64
    /// How many handlers ran.
    public let admittedCount: UInt64
    /// How often its log was synced.
    public let syncCount: UInt64
    /// How many bytes were written to its log.
    public let writtenBytes: UInt64
}
