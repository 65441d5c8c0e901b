internal import DequeModule

/// A server's connections to the servers of another tier: a fixed number to each, one request at a time on each, and a queue of
/// requests that wait for one. A request that is not answered in time is repeated on a new connection, so that a late answer
/// to the first attempt is not taken for an answer to the second.
struct ConnectionPool<Request: Hashable & Sendable>: Sendable {
    /// A request and how often it was sent.
    struct Attempt: Hashable, Sendable {
        let request: Request
        /// When it was asked for, in nanoseconds of the server's clock.
        let askedNanoseconds: UInt64
        var count: UInt32 = 0
    }

    /// A connection that carries a request.
    private struct Slot: Sendable {
        /// How often connections of the number were opened, in all lives of the owner: the port changes with it.
        let generation: UInt16
        /// The number of the attempt, among all of the pool.
        let number: UInt32
        let attempt: Attempt
        let startedNanoseconds: UInt64
        var rows: [MailboxRow] = []
    }

    private let serverCount: UInt32
    private let slotsPerServer: UInt32
    /// The generation of connections that were not opened anew.
    private let generation: UInt16
    /// How often the connection was opened anew that was so most often.
    private var reopenedMax: UInt16 = 0
    /// The connections that carry a request, by number; nothing of the others, so that ten thousand pools of connections to a thousand
    /// servers take little.
    private var slots: FlatTable<UInt32, Slot> = [:]
    /// The generations of connections that were opened anew, by number.
    private var generations: FlatTable<UInt32, UInt16> = [:]
    /// Requests that wait for a connection, by server.
    private var queues: FlatTable<UInt32, Deque<Attempt>> = [:]
    /// The last request that was asked for. It is among the waiting ones only once there is no connection for it.
    private var newest: (attempt: Attempt, server: UInt32)?
    /// How many attempts were started.
    private var startedCount: UInt32 = 0
    /// How many requests wait for a connection.
    private(set) var queuedCount = 0
    /// Requests that wait for the time of their next attempt, by the number that their timer carries.
    private var parked: [UInt64: Attempt] = [:]
    private var nextParked: UInt64 = 0

    /// A pool of unused connections.
    ///
    /// - Parameter generation: The ``nextGeneration`` of the pool in the owner's life before, so that an answer to a request of that is not taken for
    ///   one of its own.
    /// - Precondition: There are at most 65,535 connections, since a port has 16 bits for them.
    init(serverCount: UInt32, slotsPerServer: UInt32, generation: UInt16) {
        let count = serverCount * slotsPerServer
        precondition(count <= UInt16.max, "a pool of \(count) connections has more than 65,535")
        self.serverCount = serverCount
        self.slotsPerServer = slotsPerServer
        self.generation = generation
    }

    /// The generation of a pool's connections in the first life of its owner.
    static var firstGeneration: UInt16 { 0x100 }

    /// A generation of connections that this pool has not had, so that nobody answers to it yet: the next whose lower eight bits are zero, since most
    /// connections are not opened anew as often, and a port shows the life at a glance. Generations begin again after 65,536.
    var nextGeneration: UInt16 { ((generation &+ reopenedMax) | 0xff) &+ 1 }

    /// The number of connections.
    var connectionCount: Int { Int(serverCount * slotsPerServer) }

    /// Queues a request to a server.
    mutating func enqueue(_ attempt: Attempt, server: UInt32) {
        queueNewest()
        queuedCount += 1
        newest = (attempt, server)
        if queues.contains(server) { queueNewest() }
    }

    /// Takes the next request to a server that a free connection can carry.
    ///
    /// - Returns: The attempt, now counted, the port of the connection, and what to write on the timer of its time-out.
    mutating func start(
        server: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (attempt: Attempt, port: UInt32, timeout: UInt64)? {
        guard queuedCount > 0, let number = freeSlot(of: server), var attempt = takeNext(for: server) else {
            return nil
        }
        queuedCount -= 1
        attempt.count += 1
        startedCount &+= 1
        let generation = generations[number] ?? generation
        slots.insert(
            Slot(generation: generation, number: startedCount, attempt: attempt, startedNanoseconds: nowNanoseconds),
            for: number)
        figures.started(
            attempt: attempt.count, askedNanoseconds: attempt.askedNanoseconds, nowNanoseconds: nowNanoseconds)
        let port = UInt32(generation) << 16 | number
        return (attempt, port, UInt64(startedCount) << 32 | UInt64(port))
    }

    /// Keeps a row that came in at `port` until the answer is complete. A row for a connection that is no more is ignored.
    mutating func collect(_ row: MailboxRow, atPort port: UInt32) {
        guard let number = busySlot(ofPort: port) else { return }
        slots.update(number) { $0.rows.append(row) }
    }

    /// The answer that came in at `port` is complete; the connection is free again.
    ///
    /// - Returns: The request, the server that answered and the rows, or nothing if the connection is no more.
    mutating func finish(
        atPort port: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (request: Request, server: UInt32, rows: [MailboxRow])? {
        guard let number = busySlot(ofPort: port), let slot = slots.removeValue(forKey: number) else { return nil }
        figures.ended(startedNanoseconds: slot.startedNanoseconds, nowNanoseconds: nowNanoseconds)
        return (slot.attempt.request, server(ofSlot: number), slot.rows)
    }

    /// A time-out is over. If its attempt was not answered, gives up waiting for that and opens the connection anew.
    ///
    /// - Returns: The attempt that failed and the server that did not answer, or nothing if it was answered in time.
    mutating func abandon(
        timeout: UInt64, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (attempt: Attempt, server: UInt32)? {
        guard let number = busySlot(ofTimeout: timeout), let slot = slots.removeValue(forKey: number) else {
            return nil
        }
        figures.ended(startedNanoseconds: slot.startedNanoseconds, nowNanoseconds: nowNanoseconds)
        generations[number] = slot.generation &+ 1
        reopenedMax = max(reopenedMax, slot.generation &+ 1 &- generation)
        return (slot.attempt, server(ofSlot: number))
    }

    /// Asks for the memory of the connection that has a port.
    func prefetch(port: UInt32) {
        slots.prefetch(port & 0xffff)
    }

    /// Whether the attempt that a time-out is for waits for its answer still.
    func awaits(timeout: UInt64) -> Bool { busySlot(ofTimeout: timeout) != nil }

    /// Puts an attempt aside until its timer fires.
    ///
    /// - Returns: The number to write on the timer.
    mutating func park(_ attempt: Attempt) -> UInt64 {
        nextParked += 1
        parked[nextParked] = attempt
        return nextParked
    }

    /// Takes back an attempt that was put aside.
    mutating func unpark(_ number: UInt64) -> Attempt? {
        parked.removeValue(forKey: number)
    }

    /// Puts the newest request behind those that wait for a connection to its server.
    private mutating func queueNewest() {
        guard let (attempt, server) = newest else { return }
        newest = nil
        queues.update(server, default: []) { $0.append(attempt) }
    }

    /// Takes the request to a server that has waited longest.
    private mutating func takeNext(for server: UInt32) -> Attempt? {
        if let (attempt, asked) = newest, asked == server {
            newest = nil
            return attempt
        }
        guard let (next, isLast) = queues.update(server, { ($0.popFirst(), $0.isEmpty) }) else { return nil }
        if isLast { queues[server] = nil }
        return next
    }

    /// The number of the first connection to a server that carries nothing. Numbers begin at one.
    private func freeSlot(of server: UInt32) -> UInt32? {
        let first = server * slotsPerServer + 1
        return (first..<first + slotsPerServer).first { !slots.contains($0) }
    }

    private func server(ofSlot number: UInt32) -> UInt32 { (number - 1) / slotsPerServer }

    /// The number of the connection that has a port, if it carries a request.
    private func busySlot(ofPort port: UInt32) -> UInt32? {
        let number = port & 0xffff
        let generation = slots.withAddress(of: number) { $0.pointee.generation }
        return generation == UInt16(truncatingIfNeeded: port >> 16) ? number : nil
    }

    /// The number of the connection that carries the attempt of a time-out, if it is not answered.
    private func busySlot(ofTimeout timeout: UInt64) -> UInt32? {
        guard let number = busySlot(ofPort: UInt32(truncatingIfNeeded: timeout)),
            slots.withAddress(of: number, { $0.pointee.number }) == UInt32(truncatingIfNeeded: timeout >> 32)
        else { return nil }
        return number
    }
}
