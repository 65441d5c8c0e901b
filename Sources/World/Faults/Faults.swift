public import Chat

/// A server by its tier and its number.
public enum ServerName: Hashable, Sendable {
    /// A load balancer.
    case loadBalancer(UInt32)
    /// A chat server.
    case chatServer(UInt32)
    /// A storage server.
    case storageServer(UInt32)
}

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

/// Who is at an end of a link.
public enum Endpoint: Hashable, Sendable {
    /// One server.
    case server(ServerName)
    /// Every load balancer.
    case loadBalancers
    /// Every chat server.
    case chatServers
    /// Every storage server.
    case storageServers
    /// One device of a listed user.
    case device(DeviceID)
    /// Every device of a listed user.
    case user(UserID)
    /// Every device of a population, by the population's number.
    case population(Int)
}

/// Messages from some processes to others are lost for a time, all of them (a partition of the network) or some.
///
/// The fault strikes what is sent while it lasts; what is on its way already arrives.
public struct LinkFault: Hashable, Sendable {
    /// Who sends.
    public let sources: [Endpoint]
    /// Who is sent to.
    public let targets: [Endpoint]
    /// When it begins, in nanoseconds.
    public let startNanoseconds: UInt64
    /// When it has ended, in nanoseconds.
    public let endNanoseconds: UInt64
    /// How likely a message is lost, in parts per billion.
    public let lossPartsPerBillion: UInt64

    /// Describes a fault of links.
    public init(
        sources: [Endpoint], targets: [Endpoint], startNanoseconds: UInt64, endNanoseconds: UInt64,
        lossPartsPerBillion: UInt64
    ) {
        self.sources = sources
        self.targets = targets
        self.startNanoseconds = startNanoseconds
        self.endNanoseconds = endNanoseconds
        self.lossPartsPerBillion = lossPartsPerBillion
    }
}
