extension ChatServer {
    /// The number of the chat server that owns a user, as far as this server knows.
    func chatServer(of user: UserID) -> UInt32 { balancing.mapping.server(of: UInt64(user.rawValue)) }

    /// The number of the storage server that has a user's rows, as far as this server knows.
    func storageServer(of user: UserID) -> UInt32 { placement.storageServer(of: user) }
}
