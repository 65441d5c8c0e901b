/// A tier of servers, by the name that its servers have in scenario files before their number.
public enum TierName: String, Hashable, Sendable, CaseIterable {
    /// The load balancers.
    case loadBalancer = "load_balancer"
    /// The chat servers.
    case chatServer = "chat_server"
    /// The storage servers.
    case storage = "storage"
    /// The coordinator of shards.
    case coordinator = "coordinator"
    /// The data nodes.
    case dataNode = "data_node"
    /// The cache servers.
    case cache = "cache"
    /// The object stores.
    case objectStore = "object_store"
}
