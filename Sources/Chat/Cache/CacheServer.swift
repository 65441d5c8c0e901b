/// A cache server between chat servers and the storage. A user's rows are cached on exactly one, and all writes of the user go through it: it
/// updates what it has once the storage has the row, and confirms the write after that.
///
/// For each user it keeps two indices, of recent messages and of recent conversations. One write changes both, one after the other; a lock
/// of the user sees to it that one write at a time goes through and that no reading comes in between. Chat servers speak to it as they would
/// to a storage server. Who owns a mailbox, where users move between chat servers, remains for the storage to say: the cache passes claims on.
///
/// - `CacheServer+Writes.swift`: work that changes a user's entry, under the user's lock.
/// - `CacheServer+Reads.swift`: readings and pages.
/// - `CacheServer+Requests.swift`: requests to the storage.
///
/// All but the number of its life is volatile: a restarted server is empty and fills again from the storage.
public struct CacheServer: Sendable {
    let placement: Placement
    let configuration: CacheConfiguration
    var durable = Durable()
    var volatile: Volatile
    /// The time of the input that is being handled, in nanoseconds of the server's clock.
    var nowNanoseconds: UInt64 = 0
    var figures = CacheFigures()

    /// What survives a crash.
    struct Durable: Sendable {
        /// The first generation of connections to the storage in this life: no answer to an earlier life is taken for its own.
        var poolGeneration = ConnectionPool<UInt64>.firstGeneration
    }

    /// What does not.
    struct Volatile: Sendable {
        var jitter: JitterGenerator
        var pool: ConnectionPool<UInt64>
        var table: CacheTable
        /// The locks that are held.
        var locks: [UserID: UserLock] = [:]
        /// What is being done, or waits for a lock, by number.
        var works: [UInt64: CacheWork] = [:]
        var nextWork: UInt64 = 0
    }

    /// The timers that a cache server asks for.
    enum TimerKind: UInt16 {
        case secondIndex = 1
        case poolTimeout
        case poolRetry
    }

    /// An empty server.
    ///
    /// - Parameters:
    ///   - placement: Where the other servers are.
    ///   - configuration: What is the same for all cache servers.
    ///   - jitterSeed: The seed of the random part of its waits.
    public init(placement: Placement, configuration: CacheConfiguration, jitterSeed: UInt64) {
        self.placement = placement
        self.configuration = configuration
        volatile = Self.emptyVolatile(
            placement, configuration, poolGeneration: durable.poolGeneration, jitterSeed: jitterSeed)
    }

    /// Handles a message from a chat server or a storage server that came in at `port`.
    public mutating func receive(
        _ message: WireMessage, from source: Address, atPort port: UInt32, nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        self.nowNanoseconds = nowNanoseconds
        let caller = CacheWork.Caller(source: source, port: port)
        switch message {
        case .put(let row, let epoch): begin(.put(row, epoch: epoch), for: caller, outbox: &outbox)
        case .load(let user, let epoch, let limit):
            begin(.load(user, epoch: epoch, limit: limit), for: caller, outbox: &outbox)
        case .balancing(.claim(let user, let server, let previous, let limit)):
            begin(
                .claim(user, server: server, previous: previous, limit: limit), for: caller, outbox: &outbox)
        case .scan, .cache(.recent): read(message, for: caller, outbox: &outbox)
        case .row(let row): volatile.pool.collect(row, atPort: port)
        case .rowsEnd, .putDone, .balancing(.claimed), .balancing(.owned):
            answered(message, atPort: port, outbox: &outbox)
        default: preconditionFailure("a cache server is never sent \(message)")
        }
    }

    /// Handles a timer that the server asked for.
    public mutating func fire(_ token: TimerToken, nowNanoseconds: UInt64, outbox: inout Outbox) {
        guard let kind = TimerKind(rawValue: token.kind) else {
            preconditionFailure("a cache server has no timer of kind \(token.kind)")
        }
        self.nowNanoseconds = nowNanoseconds
        switch kind {
        case .secondIndex: updateSecondIndex(token.value, outbox: &outbox)
        case .poolTimeout: poolTimedOut(token.value, outbox: &outbox)
        case .poolRetry: poolRetryTimerFired(token.value, outbox: &outbox)
        }
    }

    /// Whether a timer of a cache server is a time-out: what it is for has happened, most likely, when it is due.
    public static func isTimeout(_ token: TimerToken) -> Bool { token.kind == TimerKind.poolTimeout.rawValue }

    /// Whether a time-out would do anything if it were due now. One that would not never will.
    public func awaits(_ token: TimerToken) -> Bool {
        !Self.isTimeout(token) || volatile.pool.awaits(timeout: token.value)
    }

    /// The memory is gone: the entries, and writes that were not sent to the storage yet.
    public mutating func crash() {
        durable.poolGeneration = volatile.pool.nextGeneration
        volatile = Self.emptyVolatile(placement, configuration, poolGeneration: durable.poolGeneration, jitterSeed: 0)
    }

    /// Starts anew, empty.
    public mutating func restart(jitterSeed: UInt64) {
        volatile = Self.emptyVolatile(
            placement, configuration, poolGeneration: durable.poolGeneration, jitterSeed: jitterSeed)
    }

    /// Reports the messages that the server is writing to the mailboxes of their recipients as ``Observation/Kind/held``.
    public func reportHeld(outbox: inout Outbox) {
        for number in volatile.works.keys.sorted() {
            guard case .put(let row, _) = volatile.works[number]?.request, row.isRecipients else { continue }
            outbox.observe(.held(row.record))
        }
    }

    private static func emptyVolatile(
        _ placement: Placement, _ configuration: CacheConfiguration, poolGeneration: UInt16, jitterSeed: UInt64
    ) -> Volatile {
        Volatile(
            jitter: JitterGenerator(seed: jitterSeed),
            pool: ConnectionPool(
                serverCount: placement.storageServerCount,
                slotsPerServer: configuration.poolConnectionsPerStorageServer, generation: poolGeneration),
            table: CacheTable(countMax: configuration.entriesMax))
    }
}
