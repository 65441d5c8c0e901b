extension ChatServer {
    /// The number of the chat server that owns a user, as far as this server knows.
    func chatServer(of user: UserID) -> UInt32 {
        if !volatile.ownership.routes.isEmpty, let server = volatile.ownership.routes[user] { return server }
        return volatile.ownership.mapping.server(of: UInt64(user.rawValue))
    }

    /// The number of the chat server that owns a thread, as far as this server knows.
    func chatServer(of thread: ThreadID) -> UInt32 { balancing.mapping.server(of: UInt64(thread.rawValue)) }

    /// The number of the server that a request for rows goes to: the user's cache server, or a storage server if there is no cache. It changes
    /// nothing; a method that might is not given a copy of the server.
    mutating func storeServer(for request: StorageRequest) -> UInt32 {
        configuration.cacheMapping?.server(of: UInt64(request.user.rawValue)) ?? storageServer(for: request)
    }

    /// The address of a server that this server asks for rows.
    func storeAddress(_ number: UInt32) -> Address {
        configuration.cacheMapping == nil
            ? placement.storageServerAddress(number) : placement.cacheServerAddress(number)
    }

    /// The number of the storage server that has a user's rows, as far as this server knows. It changes nothing either.
    mutating func storageServer(of user: UserID) -> UInt32 {
        guard let map = volatile.sharding?.map else { return placement.storageServer(of: user) }
        return map.primary(of: user.logicalShard)
    }

    /// The number of the storage server that a request goes to. It changes nothing either.
    mutating func storageServer(for request: StorageRequest) -> UInt32 {
        if case .part(let part, _) = request { return part.server }
        if let row = request.written, let sharding = volatile.sharding, sharding.isByMessage {
            return sharding.map.primary(of: row.record.id.logicalShard)
        }
        return storageServer(of: request.user)
    }
}
