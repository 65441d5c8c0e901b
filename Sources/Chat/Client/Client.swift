internal import DequeModule

/// The program on one device of one user: it connects through a load balancer, submits what its user sends and submits it
/// again until it is settled, and shows what arrives.
///
/// It is a state machine without input or output of its own. It is handed messages, timers and its user's wishes, together
/// with the time on the device's clock, and appends effects to an outbox. Its state survives a lost connection; it is what
/// a real program keeps in its local database.
///
/// - `Client+Polling.swift` asks for what is new where no connection stays open.
/// - `Client+Pages.swift` fetches pages of the past that the user wants to read.
/// - `Client+Connection.swift` connects, keeps the connection alive and reconnects.
/// - `Client+Balancing.swift` goes on to another chat server if one is full.
/// - `Client+Sending.swift` is the outbox of messages to submit.
/// - `Client+Showing.swift` puts what arrives in order and fetches what is missing.
/// - `Client+Presence.swift` shows who is online.
/// - `Client+Media.swift` sends large content to object stores, and gets it from there.
public struct Client: Sendable {
    /// Which device it runs on.
    public let device: DeviceID
    /// Its own endpoint in the process that it is part of.
    let port: UInt32
    let placement: Placement
    var jitter: JitterGenerator

    // MARK: Connection

    var connection: Connection = .offline
    /// Counts the phases of connecting; a timer that carries an older count is stale.
    var connectionGeneration: UInt32 = 0
    /// Failed attempts to connect since the last success.
    var connectAttempts: UInt32 = 0
    /// Full servers that refused the device since the last success.
    var refusedCount: UInt32 = 0
    /// Servers that sent it on since a load balancer was asked.
    var redirectCount: UInt8 = 0
    /// Whether it has lost an open connection and opened none since.
    var isAway = false
    /// When the chat server was last heard of, in nanoseconds of the device's clock.
    var lastHeardNanoseconds: UInt64 = 0

    // MARK: Sending

    var nextOrdinal: UInt32 = 0
    /// Messages that are not settled, in the order in which the user sent them.
    var unsettled: Deque<Outgoing> = []

    // MARK: Showing

    /// The device has every row of the mailbox up to and including this place.
    var cursor: UInt32 = 0
    /// Rows beyond the cursor that have arrived, by place.
    var ahead: [Arrival] = []
    /// Rows of the page that is being fetched.
    var page: [MessageRecord] = []
    /// The last place in the mailbox that the device has heard of.
    var knownHead: UInt32 = 0
    /// The last place in the mailbox when the connection opened: everything up to it is history.
    var historyHead: UInt32 = 0
    /// The place after which a page was asked for, while it is on its way.
    var fetchingAfter: UInt32?
    /// Counts fetches; a timer that carries an older count is stale.
    var fetchGeneration: UInt32 = 0
    /// What was shown lately, in a ring, so that a server that lost its memory cannot make the device show it twice.
    var recentlyShown: [MessageID] = []
    var recentlyShownNext = 0
    /// Places that the device told a chat server it has, the oldest first, since when it has no sign that one heard of them.
    var unconfirmed: [ShownPlace] = []
    /// Whether a chat server waits to hear that its push has arrived.
    var owesReceipt = false

    // MARK: Presence

    /// What the device shows of who is online, while it is connected.
    var presence: PresenceView?

    // MARK: Media

    /// What the device sends to object stores and gets from them.
    var media = MediaTransfers()

    // MARK: Reading what is recent

    /// The reading that is under way.
    var reading: Reading?
    /// The number of the next request of a reading.
    var nextReading: UInt16 = 0

    // MARK: Reading

    /// What the user wants to read of the past; the first is being read.
    var pageWalks: [PageWalk] = []
    /// Counts requests for pages; an answer or a timer that carries an older count is stale.
    var pageRequestNumber: UInt32 = 0

    /// How many messages ``recentlyShown`` remembers.
    static let recentlyShownMax = 64

    /// How many places ``unconfirmed`` remembers.
    static let unconfirmedMax = 8

    /// A place of the mailbox and the message that the device showed last when it had the mailbox up to there.
    struct ShownPlace: Hashable, Sendable {
        let sequence: UInt32
        let message: MessageID
    }

    /// How far the device has got with connecting.
    enum Connection: Hashable, Sendable {
        /// The user does not want to be online.
        case offline
        /// Waiting before the next attempt.
        case waiting
        /// A load balancer was asked for the chat server.
        case resolving
        /// The chat server was asked for a connection.
        case opening(chatServer: UInt32)
        /// The connection is open.
        case online(chatServer: UInt32)
    }

    /// A message on its way out.
    struct Outgoing: Hashable, Sendable {
        let record: MessageRecord
        /// How often it was submitted.
        var attempts: UInt32 = 0
        /// Whether it is submitted and waits for an answer, or for its turn to be submitted again.
        var isInFlight = false
    }

    /// A row that arrived before one that comes earlier in the mailbox.
    struct Arrival: Hashable, Sendable {
        let record: MessageRecord
        /// Whether it has been shown all the same, as it is when messages are shown as they arrive.
        var isShown: Bool
    }

    /// The timers that a device asks for.
    enum TimerKind: UInt16 {
        case connect = 1
        case heartbeat
        case retry
        case fetch
        case poll
        case page
        case viewport = 16
        case reading = 17
        case mediaTimeout = 18
        case mediaRetry = 19
        case connectTimeout = 20
    }

    /// A device that is offline and has shown nothing.
    ///
    /// - Parameters:
    ///   - device: Which device it is.
    ///   - port: Its endpoint in the process that runs it.
    ///   - placement: Where the servers are.
    ///   - jitterSeed: The seed of the random part of its waits.
    public init(device: DeviceID, port: UInt32, placement: Placement, jitterSeed: UInt64) {
        self.device = device
        self.port = port
        self.placement = placement
        jitter = JitterGenerator(seed: jitterSeed)
    }

    /// Handles a message from a load balancer, a chat server or an object store, with the words that came with it.
    public mutating func receive(
        _ message: WireMessage, from source: Address,
        attachment: UnsafeBufferPointer<UInt64> = UnsafeBufferPointer(start: nil, count: 0), nowNanoseconds: UInt64,
        configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        if case .assigned(_, let chatServer) = message {
            guard connection == .resolving else { return }
            open(chatServer: chatServer, configuration: configuration, outbox: &outbox)
            return
        }
        if case .balancing(let message) = message {
            receive(message, from: source, configuration: configuration, outbox: &outbox)
            return
        }
        if case .media(let message) = message {
            receive(message, nowNanoseconds: nowNanoseconds, configuration: configuration, outbox: &outbox)
            return
        }
        // A word from a chat server that the device has since given up is ignored, as a closed socket would do.
        guard let chatServer, source == placement.chatServerAddress(chatServer) else { return }
        lastHeardNanoseconds = nowNanoseconds
        switch message {
        case .opened(_, let head): opened(head: head, configuration: configuration, outbox: &outbox)
        case .refused: refused(configuration: configuration, outbox: &outbox)
        case .reset: connectionLost(configuration: configuration, outbox: &outbox)
        case .heartbeatReply(_, let head):
            // The server answers in the order in which it was told: had it another message at one of the places, it would have said so.
            unconfirmed.removeAll()
            learn(head: head, configuration: configuration, outbox: &outbox)
        case .accepted(let id, let sequence, let timestampNanoseconds):
            accepted(
                id, sequence: sequence, timestampNanoseconds: timestampNanoseconds, configuration: configuration,
                outbox: &outbox)
        case .groups(.refused(let id)): refused(id, configuration: configuration, outbox: &outbox)
        case .undelivered(let id): undelivered(id, configuration: configuration, outbox: &outbox)
        case .push(let row, let wantsReceipt):
            pushed(row.record, wantsReceipt: wantsReceipt, configuration: configuration, outbox: &outbox)
        case .pageRow(let row): page.append(row.record)
        case .pageEnd(_, let last, let head, let missing):
            pageEnded(last: last, head: head, missing: missing, configuration: configuration, outbox: &outbox)
        case .pages(let message):
            receive(message, attachment: attachment, configuration: configuration, outbox: &outbox)
        case .polled(_, let number, let head, _, let missing):
            polled(
                number: number, head: head, missing: missing, attachment: attachment, configuration: configuration,
                outbox: &outbox)
        case .presence(let message):
            received(message, attachment: attachment, configuration: configuration, outbox: &outbox)
        case .cache(.recentRow(let recent)): recentRowArrived(recent)
        case .cache(.recentEnd(_, let number, let messages, let conversations)):
            recentEnded(reading: number, rowCount: Int(messages) + Int(conversations), outbox: &outbox)
        default: preconditionFailure("a device is never sent \(message)")
        }
    }

    /// Handles a timer that the device asked for.
    public mutating func fire(
        _ token: TimerToken, nowNanoseconds: UInt64, configuration: ClientConfiguration, outbox: inout Outbox
    ) {
        guard let kind = TimerKind(rawValue: token.kind) else {
            preconditionFailure("a device has no timer of kind \(token.kind)")
        }
        switch kind {
        case .connect: connectTimerFired(token.value, configuration: configuration, outbox: &outbox)
        case .connectTimeout: connectTimedOut(token.value, configuration: configuration, outbox: &outbox)
        case .heartbeat:
            heartbeatTimerFired(
                token.value, nowNanoseconds: nowNanoseconds, configuration: configuration, outbox: &outbox)
        case .retry: retryTimerFired(token.value, configuration: configuration, outbox: &outbox)
        case .fetch:
            fetchTimerFired(
                token.value, nowNanoseconds: nowNanoseconds, configuration: configuration, outbox: &outbox)
        case .page: pageTimerFired(token.value, configuration: configuration, outbox: &outbox)
        case .poll: pollTimerFired(token.value, configuration: configuration, outbox: &outbox)
        case .viewport: viewportTimerFired(token.value, configuration: configuration, outbox: &outbox)
        case .reading: readingTimerFired(token.value, configuration: configuration, outbox: &outbox)
        case .mediaTimeout: mediaTimedOut(token.value, configuration: configuration, outbox: &outbox)
        case .mediaRetry: mediaRetryTimerFired(token.value, configuration: configuration, outbox: &outbox)
        }
    }

    /// Whether a timer of the device is a time-out: what it is for has happened, most likely, when it is due.
    public static func isTimeout(_ token: TimerToken) -> Bool {
        switch TimerKind(rawValue: token.kind) {
        case .connectTimeout, .retry, .fetch: true
        default: false
        }
    }

    /// Whether a time-out would do anything if it were due now. One that would not never will.
    public func awaits(_ token: TimerToken) -> Bool {
        switch TimerKind(rawValue: token.kind) {
        case .connectTimeout: awaitsConnection(token.value)
        case .retry: awaitsAnswer(token.value)
        case .fetch: awaitsRows(token.value)
        default: true
        }
    }

    /// Reports the messages that the device still has to settle, as ``Observation/Kind/held``.
    public func reportHeld(outbox: inout Outbox) {
        for outgoing in unsettled {
            outbox.observe(outgoing.record.thread == nil ? .held(outgoing.record) : .heldForThread(outgoing.record))
        }
    }
}
