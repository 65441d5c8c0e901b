public import Chat

/// A server by its tier and its number.
public enum ServerName: Hashable, Sendable {
    /// A load balancer.
    case loadBalancer(UInt32)
    /// A chat server.
    case chatServer(UInt32)
    /// A storage server.
    case storageServer(UInt32)
    /// The coordinator of shards.
    case coordinator
    /// A data node.
    case dataNode(UInt32)
    /// A cache server.
    case cacheServer(UInt32)
    /// An object store.
    case objectStore(UInt32)
}

/// Who is at an end of a link.
public enum Endpoint: Hashable, Sendable {
    /// One server.
    case server(ServerName)
    /// Every process there is.
    case everyone
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
    /// One device of a listed user.
    case device(DeviceID)
    /// Every device of a listed user.
    case user(UserID)
    /// Every device of a population, by the population's number.
    case population(Int)
}
