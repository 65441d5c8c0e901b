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

    /// The connections to one server, and what waits for one.
    private struct Group: Sendable {
        let server: UInt32
        var slots: [Slot]
        var queue: Deque<Attempt> = []
    }

    /// Where a connection is.
    private struct Place {
        let group: Int
        let slot: Int
    }

    private let slotsPerServer: UInt32
    private let generation: UInt16
    /// The group of each server, plus one; zero for a server that was never asked anything, so that ten thousand pools of connections to a
    /// thousand servers take little.
    private var groupOfServer: [UInt16]
    private var groups: [Group] = []
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
        generation = UInt16(truncatingIfNeeded: epoch &<< 8)
        groupOfServer = Array(repeating: 0, count: Int(serverCount))
    }

    /// The number of connections.
    var connectionCount: Int { groupOfServer.count * Int(slotsPerServer) }

    /// Queues a request to a server.
    mutating func enqueue(_ attempt: Attempt, server: UInt32) {
        groups[group(of: server)].queue.append(attempt)
        queuedCount += 1
    }

    /// Takes the next request to a server that a free connection can carry.
    ///
    /// - Returns: The attempt, now counted, and the port of the connection.
    mutating func start(
        server: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (attempt: Attempt, port: UInt32)? {
        let group = group(of: server)
        guard !groups[group].queue.isEmpty, let slot = groups[group].slots.firstIndex(where: { $0.attempt == nil })
        else { return nil }
        var attempt = groups[group].queue.removeFirst()
        queuedCount -= 1
        attempt.count += 1
        groups[group].slots[slot].attempt = attempt
        groups[group].slots[slot].startedNanoseconds = nowNanoseconds
        groups[group].slots[slot].timeoutsDue += 1
        figures.started(
            attempt: attempt.count, askedNanoseconds: attempt.askedNanoseconds, nowNanoseconds: nowNanoseconds)
        return (attempt, port(of: Place(group: group, slot: slot)))
    }

    /// Keeps a row that came in at `port` until the answer is complete. A row for a connection that is no more is ignored.
    mutating func collect(_ row: MailboxRow, atPort port: UInt32) {
        guard let place = place(ofPort: port) else { return }
        groups[place.group].slots[place.slot].rows.append(row)
    }

    /// The answer that came in at `port` is complete; the connection is free again.
    ///
    /// - Returns: The request, the server that answered and the rows, or nothing if the connection is no more.
    mutating func finish(
        atPort port: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (request: Request, server: UInt32, rows: [MailboxRow])? {
        guard let place = place(ofPort: port), let attempt = groups[place.group].slots[place.slot].attempt else {
            return nil
        }
        let slot = groups[place.group].slots[place.slot]
        figures.ended(startedNanoseconds: slot.startedNanoseconds, nowNanoseconds: nowNanoseconds)
        groups[place.group].slots[place.slot].attempt = nil
        groups[place.group].slots[place.slot].rows = []
        return (attempt.request, groups[place.group].server, slot.rows)
    }

    /// A time-out of the connection at `port` is over. If it is that of the attempt which the connection carries, gives up waiting for the
    /// answer and opens the connection anew. Time-outs of a connection end in the order in which its attempts began.
    ///
    /// - Returns: The attempt that failed and the server that did not answer, or nothing if it was answered in time.
    mutating func abandon(
        atPort port: UInt32, nowNanoseconds: UInt64, counting figures: inout PoolFigures
    ) -> (attempt: Attempt, server: UInt32)? {
        guard let place = place(ofPort: port) else { return nil }
        groups[place.group].slots[place.slot].timeoutsDue -= 1
        let slot = groups[place.group].slots[place.slot]
        guard slot.timeoutsDue == 0, let attempt = slot.attempt else { return nil }
        figures.ended(startedNanoseconds: slot.startedNanoseconds, nowNanoseconds: nowNanoseconds)
        groups[place.group].slots[place.slot] = Slot(generation: slot.generation &+ 1)
        return (attempt, groups[place.group].server)
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

    /// The group of a server, which is made when it is asked for.
    private mutating func group(of server: UInt32) -> Int {
        let known = groupOfServer[Int(server)]
        guard known == 0 else { return Int(known) - 1 }
        groups.append(
            Group(server: server, slots: Array(repeating: Slot(generation: generation), count: Int(slotsPerServer))))
        groupOfServer[Int(server)] = UInt16(groups.count)
        return groups.count - 1
    }

    private func port(of place: Place) -> UInt32 {
        let group = groups[place.group]
        return UInt32(group.slots[place.slot].generation) << 16 | group.server * slotsPerServer + UInt32(place.slot + 1)
    }

    private func place(ofPort port: UInt32) -> Place? {
        guard port & 0xffff > 0 else { return nil }
        let number = port & 0xffff - 1
        let server = Int(number / slotsPerServer)
        guard server < groupOfServer.count, groupOfServer[server] > 0 else { return nil }
        let place = Place(group: Int(groupOfServer[server]) - 1, slot: Int(number % slotsPerServer))
        return self.port(of: place) == port ? place : nil
    }
}
