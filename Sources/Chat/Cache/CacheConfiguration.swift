/// What is the same for every cache server.
public struct CacheConfiguration: Hashable, Sendable {
    /// When a cache server confirms a write to the chat server that asked for it.
    public enum Confirmation: Hashable, Sendable, CaseIterable {
        /// Once the storage has the row (write-through, as the source design has it).
        case afterDatabase
        /// As soon as the cache has it; it is written to the storage afterwards. A crash in between loses what was confirmed.
        case beforeDatabase
    }

    /// Of how many users a server keeps what is recent; it forgets those who were used least recently.
    public let entriesMax: Int
    /// Whether one write of a user goes through at a time, and no reading comes between the updates of the user's indices.
    public let isLocking: Bool
    /// When a write is confirmed.
    public let confirmation: Confirmation
    /// How many connections a server keeps to each storage server. Each carries one request at a time.
    public let poolConnectionsPerStorageServer: UInt32
    /// How long a storage server may take to answer, in nanoseconds.
    public let requestTimeoutNanoseconds: UInt64
    /// When to repeat a write that was confirmed already. Other requests are left to the chat server to repeat.
    public let requestRetry: RetryPolicy
    /// The bug that is planted in it; none but to test that it is found.
    package var mutant: Mutant?

    /// How many rows of a mailbox an entry has at most.
    public static let rowsMax = 128
    /// How many conversations an entry has at most.
    public static let conversationsMax = 32
    /// How many rows of each index are sent to a device: what a screen shows.
    public static let readRowsMax = 8

    /// Makes a configuration.
    ///
    /// - Precondition: there is room for an entry, and the pool has a connection.
    public init(
        entriesMax: Int, isLocking: Bool, confirmation: Confirmation, poolConnectionsPerStorageServer: UInt32,
        requestTimeoutNanoseconds: UInt64, requestRetry: RetryPolicy
    ) {
        precondition(entriesMax > 0 && poolConnectionsPerStorageServer > 0, "a cache needs room and connections")
        self.entriesMax = entriesMax
        self.isLocking = isLocking
        self.confirmation = confirmation
        self.poolConnectionsPerStorageServer = poolConnectionsPerStorageServer
        self.requestTimeoutNanoseconds = requestTimeoutNanoseconds
        self.requestRetry = requestRetry
    }
}
