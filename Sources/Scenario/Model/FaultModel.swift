/// Something that goes wrong, at a time or for a time.
public enum FaultModel: Hashable, Sendable {
    /// A server loses its memory, and perhaps some of what is on its disk; it is back at `endNanoseconds`, or never. Devices that have a
    /// connection to it notice after a time of the law `noticed`, or find out by heartbeats if there is none.
    case crash(
        server: ServerModel, startNanoseconds: UInt64, endNanoseconds: UInt64?, disk: DiskLoss = .nothing,
        noticed: DistributionModel? = nil)
    /// The machine of a server limps for a time.
    case host(server: ServerModel, trouble: HostTrouble, startNanoseconds: UInt64, endNanoseconds: UInt64)
    /// The clock of a server is set forward by so many nanoseconds; back if negative.
    case clockSet(server: ServerModel, forwardNanoseconds: Int64, startNanoseconds: UInt64)
    /// So many blocks of what a server has on its disk go bad.
    case corruption(server: ServerModel, blockCount: UInt64, startNanoseconds: UInt64)
    /// A chat server loses all its connections, and both ends notice.
    case reconnectStorm(server: ServerModel, startNanoseconds: UInt64)
    /// Messages between some and others fare badly for a time.
    case link(
        sources: [EndpointModel], targets: [EndpointModel], bothWays: Bool, trouble: LinkTrouble,
        startNanoseconds: UInt64, endNanoseconds: UInt64)
    /// The connections between some and others break, only the former notice, and nothing passes between them for a time.
    case halfOpen(
        sources: [EndpointModel], targets: [EndpointModel], startNanoseconds: UInt64, endNanoseconds: UInt64)

    /// When it begins, in nanoseconds.
    public var startNanoseconds: UInt64 {
        switch self {
        case .crash(_, let start, _, _, _), .host(_, _, let start, _), .clockSet(_, _, let start),
            .corruption(_, _, let start), .reconnectStorm(_, let start), .link(_, _, _, _, let start, _),
            .halfOpen(_, _, let start, _):
            start
        }
    }

    /// What a crash does to the disk.
    public enum DiskLoss: Hashable, Sendable {
        /// What was synced is there, and nothing else.
        case nothing
        /// What was being synced is there in part.
        case tornWrite
        /// What was synced in so long before the crash is not there, in nanoseconds.
        case lostWrites(lastNanoseconds: UInt64)
    }

    /// How the machine of a server limps.
    public enum HostTrouble: Hashable, Sendable {
        /// It stands still, and then goes on with all that came meanwhile.
        case pause
        /// Everything that it handles costs more: in thousandths of the usual.
        case slow(costThousandths: UInt64)
        /// Its disk takes longer for everything: in thousandths of the usual.
        case slowDisk(timeThousandths: UInt64)
        /// Its disk has no room: no sync succeeds.
        case fullDisk
    }

    /// What happens to a message.
    public enum LinkTrouble: Hashable, Sendable {
        /// It is lost, as often as this many times in a billion.
        case loss(partsPerBillion: UInt64)
        /// It takes so much longer, in nanoseconds.
        case delay(DistributionModel)
        /// It is held until the fault ends.
        case clog
        /// A request arrives a second time, as often as this many times in a billion, so much later.
        case duplicate(partsPerBillion: UInt64, laterNanoseconds: DistributionModel)
        /// A request goes another way, as often as this many times in a billion, which takes so much longer.
        case reorder(partsPerBillion: UInt64, laterNanoseconds: DistributionModel)
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
