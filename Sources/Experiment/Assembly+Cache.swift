internal import Chat
internal import Scenario
internal import World

extension Assembly {
    /// The cache servers, if there are any. They ask the storage as the chat servers would.
    static func cacheTier(_ system: SystemModel) -> CacheTier? {
        system.cache.map { cache in
            CacheTier(
                serverCount: UInt32(cache.tier.count), host: host(cache.tier, .cache, in: system),
                configuration: CacheConfiguration(
                    entriesMax: Int(cache.entriesEach), isLocking: cache.isLocking,
                    confirmation: cache.confirmsBeforeDatabase ? .beforeDatabase : .afterDatabase,
                    poolConnectionsPerStorageServer: UInt32(system.storePath.poolConnections),
                    requestTimeoutNanoseconds: system.storePath.timeoutNanoseconds,
                    requestRetry: retry(system.storePath.retry)))
        }
    }

    /// Which cache server has a user.
    static func cacheMapping(_ system: SystemModel) -> ServerMapping? {
        system.cache.map { ServerMapping(.modulo, serverCount: UInt32($0.tier.count)) }
    }
}
