public import Chat

/// The cache servers of a world.
public struct CacheTier: Sendable {
    /// How many there are, at least one.
    public let serverCount: UInt32
    /// The machine of each.
    public let host: HostConfiguration
    /// What is the same for all.
    public internal(set) var configuration: CacheConfiguration

    /// Describes the tier.
    public init(serverCount: UInt32, host: HostConfiguration, configuration: CacheConfiguration) {
        self.serverCount = serverCount
        self.host = host
        self.configuration = configuration
    }
}
