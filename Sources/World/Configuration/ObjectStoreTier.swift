public import Chat

/// The object stores of a world.
public struct ObjectStoreTier: Sendable {
    /// How many there are, at least one.
    public let serverCount: UInt32
    /// The machine of each.
    public let host: HostConfiguration
    /// When each confirms an upload.
    public let confirmation: ObjectStore.Confirmation

    /// Describes the tier.
    public init(serverCount: UInt32, host: HostConfiguration, confirmation: ObjectStore.Confirmation) {
        self.serverCount = serverCount
        self.host = host
        self.confirmation = confirmation
    }
}
