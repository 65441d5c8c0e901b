/// A server loses its memory and is gone for a time, or for good.
public struct Crash: Hashable, Sendable {
    /// Which server.
    public let server: ServerName
    /// When it crashes, in nanoseconds.
    public let timeNanoseconds: UInt64
    /// When it is back, in nanoseconds; nothing if it never is.
    public let restartNanoseconds: UInt64?

    /// Describes a crash.
    public init(server: ServerName, timeNanoseconds: UInt64, restartNanoseconds: UInt64?) {
        self.server = server
        self.timeNanoseconds = timeNanoseconds
        self.restartNanoseconds = restartNanoseconds
    }
}

/// The machine of a server limps, or its clock is set.
public struct HostFault: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// It stands still until a time, in nanoseconds, and then goes on with all that came meanwhile; what was begun before ends as usual.
        case pause(untilNanoseconds: UInt64)
        /// Until a time, in nanoseconds, everything that it handles costs more: in thousandths of the usual.
        case slow(untilNanoseconds: UInt64, costThousandths: UInt64)
        /// Its clock is set forward by so many nanoseconds; back if negative.
        case clockSet(forwardNanoseconds: Int64)
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
