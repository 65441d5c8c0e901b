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

    /// One connection; its port changes when it is opened anew.
    private struct Slot: Sendable {
        var generation: UInt16
        var attempt: Attempt?
        var startedNanoseconds: UInt64 = 0
        /// How many time-outs are set for the connection, of this attempt and of those that were answered in time.
        var timeoutsDue: UInt32 = 0
        var rows: [MailboxRow] = []
    }

    private let slotsPerServer: UInt32
    private var slots: [Slot]
    /// The requests that wait for a connection to each server.
    private var queues: [Deque<Attempt>]
    /// How many requests wait for a connection.
    private(set) var queuedCount = 0
    /// Requests that wait for the time of their next attempt, by the number that their timer carries.
    private var parked: [UInt64: Attempt] = [:]
    private var nextParked: UInt64 = 0

    /// A pool of unused connections.
    ///
    /// - Parameter epoch: Which life of its owner it belongs to, so that an answer to an earlier one is not taken for its own.
    /// - Precondition: There are at most 65,535 connections, since a port has 16 bits for them.
    init(serverCount: UInt32, slotsPerServer: UInt32, epoch: UInt32) {
        let count = serverCount * slotsPerServer
        precondition(count <= UInt16.max, "a pool of \(count) connections has more than 65,535")
        self.slotsPerServer = slotsPerServer
        slots = Array(
            repeating: Slot(generation: UInt16(truncatingIfNeeded: epoch &<< 8)), count: Int(count))
        queues = Array(repeating: [], count: Int(serverCount))
    }

    /// The number of connections.
    var connectionCount: Int { slots.count }

    /// Queues a request to a server.
    mutating func enqueue(_ attempt: Attempt, server: UInt32) {
        queues[Int(server)].append(attempt)
        queuedCount += 1
    }

    /// Takes the next request to a server that a free connection can carry.
    ///
    /// - Returns: The attempt, now counted, and the port of the connection.
    mutating func start(
        server: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (attempt: Attempt, port: UInt32)? {
        let first = Int(server * slotsPerServer)
        guard !queues[Int(server)].isEmpty,
            let slot = (first..<first + Int(slotsPerServer)).first(where: { slots[$0].attempt == nil })
        else { return nil }
        var attempt = queues[Int(server)].removeFirst()
        queuedCount -= 1
        attempt.count += 1
        slots[slot].attempt = attempt
        slots[slot].startedNanoseconds = nowNanoseconds
        slots[slot].timeoutsDue += 1
        figures.started(
            attempt: attempt.count, askedNanoseconds: attempt.askedNanoseconds, nowNanoseconds: nowNanoseconds)
        return (attempt, port(ofSlot: slot))
    }

    /// Keeps a row that came in at `port` until the answer is complete. A row for a connection that is no more is ignored.
    mutating func collect(_ row: MailboxRow, atPort port: UInt32) {
        guard let slot = slot(ofPort: port) else { return }
        slots[slot].rows.append(row)
    }

    /// The answer that came in at `port` is complete; the connection is free again.
    ///
    /// - Returns: The request, the server that answered and the rows, or nothing if the connection is no more.
    mutating func finish(
        atPort port: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (request: Request, server: UInt32, rows: [MailboxRow])? {
        guard let slot = slot(ofPort: port), let attempt = slots[slot].attempt else { return nil }
        let rows = slots[slot].rows
        figures.ended(startedNanoseconds: slots[slot].startedNanoseconds, nowNanoseconds: nowNanoseconds)
        slots[slot].attempt = nil
        slots[slot].rows = []
        return (attempt.request, server(ofSlot: slot), rows)
    }

    /// A time-out of the connection at `port` is over. If it is that of the attempt which the connection carries, gives up waiting for the
    /// answer and opens the connection anew. Time-outs of a connection end in the order in which its attempts began.
    ///
    /// - Returns: The attempt that failed and the server that did not answer, or nothing if it was answered in time.
    mutating func abandon(
        atPort port: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (attempt: Attempt, server: UInt32)? {
        guard let slot = slot(ofPort: port) else { return nil }
        slots[slot].timeoutsDue -= 1
        guard slots[slot].timeoutsDue == 0, let attempt = slots[slot].attempt else { return nil }
        figures.ended(startedNanoseconds: slots[slot].startedNanoseconds, nowNanoseconds: nowNanoseconds)
        slots[slot] = Slot(generation: slots[slot].generation &+ 1)
        return (attempt, server(ofSlot: slot))
    }

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

    private func server(ofSlot slot: Int) -> UInt32 { UInt32(slot) / slotsPerServer }

    private func port(ofSlot slot: Int) -> UInt32 {
        UInt32(slots[slot].generation) << 16 | UInt32(slot + 1)
    }

    private func slot(ofPort port: UInt32) -> Int? {
        let slot = Int(port & 0xffff) - 1
        guard slots.indices.contains(slot), self.port(ofSlot: slot) == port else { return nil }
        return slot
    }
}
