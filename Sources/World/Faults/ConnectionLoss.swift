public import Chat
public import Simulation

/// Chat servers are gone, and with them their ends of connections. Each device that has one notices after a while of its own: as soon as a word of
/// the server's operating system can reach it, if a program has ended, or after a time-out, if a machine has lost its power.
public struct ConnectionLoss: Sendable {
    /// Which chat servers.
    public let servers: ServerSet
    /// When, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// After how long a device notices, in nanoseconds.
    public let noticeNanoseconds: Distribution
    /// The servers in order.
    let serverList: [UInt32]

    /// Describes a loss.
    public init(servers: ServerSet, timeNanoseconds: UInt64, noticeNanoseconds: Distribution) {
        self.servers = servers
        self.timeNanoseconds = timeNanoseconds
        self.noticeNanoseconds = noticeNanoseconds
        serverList = servers.servers
    }
}
