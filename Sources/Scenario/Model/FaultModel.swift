/// Something that goes wrong, at a time or for a time.
public enum FaultModel: Hashable, Sendable {
    /// A server loses its memory; it is back at `endNanoseconds`, or never.
    case crash(server: ServerModel, startNanoseconds: UInt64, endNanoseconds: UInt64?)
    /// The machine of a server limps for a time.
    case host(server: ServerModel, trouble: HostTrouble, startNanoseconds: UInt64, endNanoseconds: UInt64)
    /// The clock of a server is set forward by so many nanoseconds; back if negative.
    case clockSet(server: ServerModel, forwardNanoseconds: Int64, startNanoseconds: UInt64)
    /// Messages between some and others fare badly for a time.
    case link(
        sources: [EndpointModel], targets: [EndpointModel], bothWays: Bool, trouble: LinkTrouble,
        startNanoseconds: UInt64, endNanoseconds: UInt64)

    /// How the machine of a server limps.
    public enum HostTrouble: Hashable, Sendable {
        /// It stands still, and then goes on with all that came meanwhile.
        case pause
        /// Everything that it handles costs more: in thousandths of the usual.
        case slow(costThousandths: UInt64)
    }

    /// What happens to a message.
    public enum LinkTrouble: Hashable, Sendable {
        /// It is lost, as often as this many times in a billion.
        case loss(partsPerBillion: UInt64)
        /// It takes so much longer, in nanoseconds.
        case delay(DistributionModel)
        /// It is held until the fault ends.
        case clog
    }
}

/// A server, by its tier and its number from zero.
public enum ServerModel: Hashable, Sendable {
    /// A load balancer.
    case loadBalancer(UInt32)
    /// A chat server.
    case chatServer(UInt32)
    /// A storage server.
    case storage(UInt32)
    /// The coordinator of shards.
    case coordinator
    /// A data node.
    case dataNode(UInt32)
    /// A cache server.
    case cache(UInt32)
    /// An object store.
    case objectStore(UInt32)
}

/// Who is at an end of a link.
public enum EndpointModel: Hashable, Sendable {
    /// One server.
    case server(ServerModel)
    /// Every load balancer.
    case loadBalancers
    /// Every chat server.
    case chatServers
    /// Every storage server.
    case storageServers
    /// Every cache server.
    case cacheServers
    /// Every object store.
    case objectStores
    /// Every device of a user, by number.
    case user(Int)
    /// A device of a user, by numbers.
    case device(user: Int, device: Int)
    /// Every device of a population, by number.
    case population(Int)
}
