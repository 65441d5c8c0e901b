/// The machine of a server limps, its disk does, or its clock is set.
public struct HostFault: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// It stands still until a time, in nanoseconds, and then goes on with all that came meanwhile; what was begun before ends as usual.
        case pause(untilNanoseconds: UInt64)
        /// Until a time, in nanoseconds, everything that it handles costs more: in thousandths of the usual.
        case slow(untilNanoseconds: UInt64, costThousandths: UInt64)
        /// Its clock is set forward by so many nanoseconds; back if negative.
        case clockSet(forwardNanoseconds: Int64)
        /// Until a time, in nanoseconds, its disk takes longer for everything: in thousandths of the usual.
        case slowDisk(untilNanoseconds: UInt64, timeThousandths: UInt64)
        /// Until a time, in nanoseconds, its disk has no room: no sync succeeds, and files wait to be written.
        case fullDisk(untilNanoseconds: UInt64)
        /// From now on its disk says that it has what is only in its cache, until the next crash.
        case cachedWrites
        /// A bit of each of so many blocks on its disk changes, drawn at random.
        case corruption(blockCount: UInt64)
    }

    /// Which server.
    public let server: ServerName
    /// When it begins, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// What is wrong.
    public let kind: Kind

    /// Describes a fault.
    public init(server: ServerName, timeNanoseconds: UInt64, kind: Kind) {
        self.server = server
        self.timeNanoseconds = timeNanoseconds
        self.kind = kind
    }
}
