/// A tier of servers that do the same.
public enum ServerTier: UInt8, Hashable, Sendable, CaseIterable {
    /// The load balancers.
    case loadBalancer
    /// The chat servers.
    case chatServer
    /// The storage servers.
    case storage
    /// The coordinator of shards.
    case coordinator
    /// The data nodes.
    case dataNode
    /// The cache servers.
    case cache
    /// The object stores.
    case objectStore

    /// The tier of a component; nothing for devices.
    init?(_ component: Process.Component) {
        switch component {
        case .loadBalancer: self = .loadBalancer
        case .chatServer: self = .chatServer
        case .storageServer: self = .storage
        case .coordinator: self = .coordinator
        case .dataNode: self = .dataNode
        case .cacheServer: self = .cache
        case .objectStore: self = .objectStore
        case .device, .block: return nil
        }
    }
}
