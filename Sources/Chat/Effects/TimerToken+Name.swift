extension TimerToken {
    /// Whose timer it is: components number their timers for themselves.
    public enum Owner: Hashable, Sendable, CaseIterable {
        /// A device.
        case device
        /// A load balancer.
        case loadBalancer
        /// A chat server.
        case chatServer
        /// A storage server.
        case storageServer
        /// The coordinator of shards.
        case coordinator
        /// A cache server.
        case cacheServer
    }

    /// What the timer is for, in a few words for people to read.
    public func name(of owner: Owner) -> String {
        let named: Any? =
            switch owner {
            case .device: Client.TimerKind(rawValue: kind)
            case .loadBalancer: LoadBalancer.TimerKind(rawValue: kind)
            case .chatServer: ChatServer.TimerKind(rawValue: kind)
            case .storageServer where kind == StorageServer.waitToken.kind: "waiting write"
            case .storageServer:
                StorageServer.ShardTimerKind(rawValue: kind).map { $0 as Any } ?? Archive.TimerKind(rawValue: kind)
            case .coordinator: ShardCoordinator.TimerKind(rawValue: kind)
            case .cacheServer: CacheServer.TimerKind(rawValue: kind)
            }
        guard let named else { return "timer \(kind)" }
        // `mediaTimeout` is `media timeout`.
        return "\(named)".reduce(into: "") { words, letter in
            words += letter.isUppercase ? " \(letter.lowercased())" : String(letter)
        }
    }
}
