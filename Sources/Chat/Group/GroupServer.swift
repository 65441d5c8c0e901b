internal import DequeModule

/// The part of a chat server that owns the threads which are mapped to it. It gives each message of a thread its place in the thread's order,
/// writes it to the storage, and hands it to the chat server of every member, again and again until that answers.
///
/// All of it is memory. What was stored is finished after a crash: a server that starts loads its threads and goes on with the messages
/// that the storage does not say were fanned out. Loading raises the thread's fence, so that nothing an earlier life sent
/// takes effect any more.
///
/// - `GroupServer+Storage.swift` loads threads and writes them.
/// - `GroupServer+FanOut.swift` brings messages to the chat servers of members.
struct GroupServer: Sendable {
    let number: UInt32
    let placement: Placement
    let mapping: ServerMapping
    let configuration: GroupConfiguration
    let mutant: Mutant?
    let requestTimeoutNanoseconds: UInt64
    let requestRetry: RetryPolicy
    /// Whether a message that comes again is recognised.
    let deduplicates: Bool
    /// Which life of the chat server this is: its fencing token.
    let epoch: UInt32
    var jitter: JitterGenerator
    var threads: [ThreadID: GroupThread] = [:]
    /// Threads that are being loaded, with the posts that wait for them.
    var loading: [ThreadID: Loading] = [:]
    var requests: [UInt64: Request] = [:]
    var deliveries: [UInt64: Delivery] = [:]
    /// How many requests and deliveries there were.
    var ordinal: UInt64 = 0
    /// Messages to the chat server that it is part of.
    var loopback: [Loopback] = []
    /// The numbers of requests that the chat server is to send to the storage, since it knows where that has the thread.
    var requestsToSend: [UInt64] = []

    /// A message to the chat server itself.
    struct Loopback: Sendable {
        let message: GroupMessage
        let words: [UInt64]
    }

    /// What is known of a thread while it is being loaded.
    struct Loading: Sendable {
        var waiting: [(record: MessageRecord, origin: Address)] = []
        var header: StoredRow?
        var stays: [Membership.Stay] = []
        var finishedHead: UInt32 = 0
        var messages: [MessageRecord] = []
    }

    /// A request to the storage.
    struct Request: Sendable {
        /// What it does.
        enum Step: Hashable, Sendable {
            /// Reads the header row, so that raising the fence does not change the rest of it.
            case header
            /// Raises the fence.
            case fence
            /// Reads who is in the thread and how far it is done.
            case members
            /// Reads messages from a place on.
            case messages(first: UInt32)
            /// Writes messages up to a place.
            case write(last: UInt32)
        }

        let thread: ThreadID
        let step: Step
        /// The rows to write.
        var rows: [StoredRow] = []
        var attempts: UInt32 = 0
    }

    /// Messages that a chat server was sent and has not answered for.
    struct Delivery: Sendable {
        let thread: ThreadID
        let server: UInt32
        let places: [UInt32]
        var attempts: UInt32 = 0
        /// How many copies were sent last.
        var copyCount = 0
    }

    /// A server that has loaded nothing.
    ///
    /// - Parameters:
    ///   - number: Which chat server it is part of.
    ///   - placement: Where the servers are.
    ///   - mapping: How threads, and users, are mapped to chat servers.
    ///   - configuration: What is the same for all chat servers.
    ///   - epoch: Which life of the chat server this is.
    ///   - jitterSeed: The seed of the random part of its waits.
    init(
        number: UInt32, placement: Placement, mapping: ServerMapping, configuration: ChatServerConfiguration,
        epoch: UInt32, jitterSeed: UInt64
    ) {
        mutant = configuration.mutant
        self.number = number
        self.placement = placement
        self.mapping = mapping
        self.configuration = configuration.groups ?? .off
        requestTimeoutNanoseconds = configuration.requestTimeoutNanoseconds
        requestRetry = configuration.requestRetry
        deduplicates = configuration.deduplicates
        self.epoch = epoch
        jitter = JitterGenerator(seed: jitterSeed)
    }

    /// Loads every thread of the server, so that what an earlier life left undone is finished.
    mutating func resume() {
        for thread in configuration.directory.threads where mapping.server(of: UInt64(thread.rawValue)) == number {
            load(thread)
        }
    }

    /// The chat server of a sender, perhaps this one, brings a message, perhaps not for the first time.
    mutating func post(
        _ record: MessageRecord, from origin: Address, nowNanoseconds: UInt64, figures: inout GroupFigures,
        outbox: inout Outbox
    ) {
        guard let id = record.thread else { preconditionFailure("a message to a user is posted to no thread") }
        guard configuration.directory.contains(id) else {
            return send(.rejected(record.id), to: origin, outbox: &outbox)
        }
        guard threads[id] != nil else {
            load(id)
            loading[id]?.waiting.append((record, origin))
            return
        }
        if deduplicates, let entry = threads[id]?.entry(of: record.id) {
            outbox.observe(
                Observation(
                    .duplicateSuppressed, device: DeviceID(user: record.sender, index: 0), message: record.id))
            // One that is not stored yet is answered when it is.
            if entry.record.sequence <= threads[id]?.storedHead ?? 0 {
                send(.posted(record.id), to: origin, outbox: &outbox)
            }
            return
        }
        guard threads[id]?.append(record, origin: origin) == true else {
            return send(.rejected(record.id), to: origin, outbox: &outbox)
        }
        figures.messages += 1
        if record.part.action != .say { figures.membershipChanges += 1 }
        write(id, nowNanoseconds: nowNanoseconds)
    }

    /// Sends a message to a chat server, perhaps this one.
    mutating func send(
        _ message: GroupMessage, words: [UInt64] = [], to address: Address, fromPort: UInt32 = 0, outbox: inout Outbox
    ) {
        if address == placement.chatServerAddress(number) {
            loopback.append(Loopback(message: message, words: words))
        } else if words.isEmpty {
            outbox.send(.groups(message), to: address, fromPort: fromPort)
        } else {
            outbox.send(.groups(message), to: address, fromPort: fromPort, attachment: words)
        }
    }

    /// The next number of a request or a delivery, which no other life of the server gives.
    mutating func nextNumber() -> UInt64 {
        ordinal += 1
        return UInt64(epoch) << 40 | ordinal
    }

    /// The wait before a request or a delivery is repeated that was sent so many times.
    mutating func waitNanoseconds(afterAttempts attempts: UInt32) -> UInt64 {
        requestTimeoutNanoseconds
            + (attempts <= 1 ? 0 : requestRetry.waitNanoseconds(afterAttempt: attempts - 1, drawing: &jitter))
    }

    /// Reports the messages that are not fanned out yet.
    func reportHeld(outbox: inout Outbox) {
        for id in threads.keys.sorted() {
            for entry in threads[id]?.entries ?? [] where entry.record.sequence > threads[id]?.finishedHead ?? 0 {
                outbox.observe(.heldForThread(entry.record))
            }
        }
        for id in loading.keys.sorted() {
            for waiting in loading[id]?.waiting ?? [] { outbox.observe(.heldForThread(waiting.record)) }
        }
    }
}
