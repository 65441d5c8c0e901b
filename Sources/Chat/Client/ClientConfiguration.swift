/// What is the same for every device.
public struct ClientConfiguration: Hashable, Sendable {
    /// In which order to show messages.
    public let sequencing: SequencingMode
    /// How many messages a device has submitted and not yet settled, at most. With one, a later message cannot overtake.
    public let inFlightMax: Int
    /// When to submit a message again that was not answered.
    public let retry: RetryPolicy
    /// When to try to connect again.
    public let reconnect: RetryPolicy
    /// How long a load balancer or chat server may take to answer a request to connect, in nanoseconds.
    public let connectTimeoutNanoseconds: UInt64
    /// How often to tell the chat server that the device is alive, in nanoseconds; no matter where requests for rows tell it.
    public let heartbeatPeriodNanoseconds: UInt64
    /// After how long without any word from the chat server to give the connection up, in nanoseconds.
    public let heartbeatTimeoutNanoseconds: UInt64
    /// Whether a device that is handed a message again, at another place of the mailbox, shows it once.
    public let deduplicates: Bool
    /// How the device keeps in touch with its chat server.
    public let connection: ConnectionConfiguration
    /// Whether a device that a full server refused asks for another at once, rather than for the same later.
    public let asksForAnother: Bool
    /// How users learn whether their friends are online; nothing if they do not.
    public var presence: PresenceConfiguration?
    /// Whether the device tells that it is alive where a connection stays open.
    public var sendsHeartbeats = true
    /// Whether messages are kept for a limited time only for devices that are away.
    public var isRetentionLimited = false
    /// How large content travels; nothing if it travels as any other.
    public var media: MediaConfiguration?
    /// What pages of the past are counted from; nothing if nobody reads any.
    public let pages: PageAnchor?
    /// Whether a device that connects asks whether the last place that it has is still the same message's.
    public let confirmsPlaces: Bool
    /// The bug that is planted in it; none but to test that it is found.
    package var mutant: Mutant?

    /// Makes a configuration.
    ///
    /// - Precondition: `inFlightMax` is at least one and the time-out is longer than the period.
    public init(
        sequencing: SequencingMode, inFlightMax: Int, retry: RetryPolicy, reconnect: RetryPolicy,
        connectTimeoutNanoseconds: UInt64, heartbeatPeriodNanoseconds: UInt64, heartbeatTimeoutNanoseconds: UInt64,
        deduplicates: Bool = true,
        connection: ConnectionConfiguration = .websocket, asksForAnother: Bool = false, pages: PageAnchor? = nil,
        confirmsPlaces: Bool = false
    ) {
        precondition(inFlightMax >= 1, "a device that may have nothing in flight never sends")
        precondition(
            heartbeatTimeoutNanoseconds > heartbeatPeriodNanoseconds, "a heartbeat must be able to arrive in time")
        self.sequencing = sequencing
        self.inFlightMax = inFlightMax
        self.retry = retry
        self.reconnect = reconnect
        self.connectTimeoutNanoseconds = connectTimeoutNanoseconds
        self.heartbeatPeriodNanoseconds = heartbeatPeriodNanoseconds
        self.heartbeatTimeoutNanoseconds = heartbeatTimeoutNanoseconds
        self.deduplicates = deduplicates
        self.connection = connection
        self.asksForAnother = asksForAnother
        self.pages = pages
        self.confirmsPlaces = confirmsPlaces
    }
}
