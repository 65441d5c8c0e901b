internal import DequeModule

/// A chat server's connections to the storage: a fixed number to each storage server, one request at a time on each, and a
/// queue of requests that wait for one. A request that is not answered in time is repeated after a wait on a new
/// connection, so that a late answer to the first attempt is not taken for an answer to the second.
struct ConnectionPool: Sendable {
    /// What is asked of the storage.
    enum Request: Hashable, Sendable {
        case load(UserID)
        case put(MailboxRow)
        case scan(DeviceID, after: UInt32)

        /// The user whose rows it is about, and so the storage server that it goes to.
        var user: UserID {
            switch self {
            case .load(let user): user
            case .put(let row): row.owner
            case .scan(let device, _): device.user
            }
        }
    }

    /// A request and how often it was sent.
    struct Attempt: Hashable, Sendable {
        let request: Request
        var count: UInt32 = 0
    }

    /// One connection; its port changes when it is opened anew.
    private struct Slot: Sendable {
        var generation: UInt16
        var attempt: Attempt?
        var rows: [MailboxRow] = []
    }

    private let slotsPerServer: UInt32
    private var slots: [Slot]
    /// The requests that wait for a connection to each storage server.
    private var queues: [Deque<Attempt>]
    /// Requests that wait for the time of their next attempt, by the number that their timer carries.
    private var parked: [UInt64: Attempt] = [:]
    private var nextParked: UInt64 = 0

    /// A pool of unused connections.
    ///
    /// - Parameter epoch: Which life of the chat server it belongs to, so that an answer to an earlier one is not taken for
    ///   its own.
    /// - Precondition: There are at most 65,535 connections, since a port has 16 bits for them.
    init(storageServerCount: UInt32, slotsPerServer: UInt32, epoch: UInt32) {
        let count = storageServerCount * slotsPerServer
        precondition(count <= UInt16.max, "a pool of \(count) connections has more than 65,535")
        self.slotsPerServer = slotsPerServer
        slots = Array(
            repeating: Slot(generation: UInt16(truncatingIfNeeded: epoch &<< 8)), count: Int(count))
        queues = Array(repeating: [], count: Int(storageServerCount))
    }

    /// Queues a request to a storage server.
    mutating func enqueue(_ attempt: Attempt, server: UInt32) {
        queues[Int(server)].append(attempt)
    }

    /// Takes the next request to a storage server that a free connection can carry.
    ///
    /// - Returns: The attempt, now counted, and the port of the connection.
    mutating func start(server: UInt32) -> (attempt: Attempt, port: UInt32)? {
        let first = Int(server * slotsPerServer)
        guard !queues[Int(server)].isEmpty,
            let slot = (first..<first + Int(slotsPerServer)).first(where: { slots[$0].attempt == nil })
        else { return nil }
        var attempt = queues[Int(server)].removeFirst()
        attempt.count += 1
        slots[slot].attempt = attempt
        return (attempt, port(ofSlot: slot))
    }

    /// Keeps a row that came in at `port` until the answer is complete. A row for a connection that is no more is ignored.
    mutating func collect(_ row: MailboxRow, atPort port: UInt32) {
        guard let slot = slot(ofPort: port) else { return }
        slots[slot].rows.append(row)
    }

    /// The answer that came in at `port` is complete; the connection is free again.
    ///
    /// - Returns: The request and the rows, or nothing if the connection is no more.
    mutating func finish(atPort port: UInt32) -> (request: Request, rows: [MailboxRow])? {
        guard let slot = slot(ofPort: port), let attempt = slots[slot].attempt else { return nil }
        let rows = slots[slot].rows
        slots[slot].attempt = nil
        slots[slot].rows = []
        return (attempt.request, rows)
    }

    /// Gives up waiting for the answer at `port` and opens the connection anew.
    ///
    /// - Returns: The attempt that failed, or nothing if it was answered in time.
    mutating func abandon(_ count: UInt32, atPort port: UInt32) -> Attempt? {
        guard let slot = slot(ofPort: port), let attempt = slots[slot].attempt, attempt.count == count else {
            return nil
        }
        slots[slot] = Slot(generation: slots[slot].generation &+ 1)
        return attempt
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

    private func port(ofSlot slot: Int) -> UInt32 {
        UInt32(slots[slot].generation) << 16 | UInt32(slot + 1)
    }

    private func slot(ofPort port: UInt32) -> Int? {
        let slot = Int(port & 0xffff) - 1
        guard slots.indices.contains(slot), self.port(ofSlot: slot) == port else { return nil }
        return slot
    }
}
