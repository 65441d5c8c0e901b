import Testing

@testable import Chat

/// One cache server between a chat server and a storage server, both played by the test.
private struct Bench {
    static let placement = Placement(
        firstProcess: 0, loadBalancerCount: 1, chatServerCount: 1, storageServerCount: 1, cacheServerCount: 1)
    static let chatServer = placement.chatServerAddress(0)
    static let storage = placement.storageServerAddress(0)
    static let alice = UserID(9)
    static let phone = DeviceID(user: alice, index: 0)
    var server: CacheServer
    var now: UInt64 = 0
    var effects: [Effect] = []
    var timers: [TimerToken] = []

    init(
        isLocking: Bool = true, confirmation: CacheConfiguration.Confirmation = .afterDatabase, entriesMax: Int = 10
    ) {
        server = CacheServer(
            placement: Self.placement,
            configuration: CacheConfiguration(
                entriesMax: entriesMax, isLocking: isLocking, confirmation: confirmation,
                poolConnectionsPerStorageServer: 4, requestTimeoutNanoseconds: 200,
                requestRetry: RetryPolicy(
                    firstNanoseconds: 100, factorThousandths: 1000, maxNanoseconds: 100, jitterPartsPerBillion: 0,
                    attemptsMax: 0)), jitterSeed: 1)
    }

    private mutating func perform(_ body: (inout CacheServer, UInt64, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&server, now, &outbox)
        effects = outbox.effects
        for case .timer(let token, _) in effects { timers.append(token) }
    }

    /// A message from the chat server, at one of its ports, or from the storage.
    mutating func receive(_ message: WireMessage, from source: Address = chatServer, port: UInt32 = 0) {
        perform { $0.receive(message, from: source, atPort: port, nowNanoseconds: $1, outbox: &$2) }
    }

    mutating func fire(_ kind: CacheServer.TimerKind) {
        let due = timers.filter { $0.kind == kind.rawValue }
        timers.removeAll { $0.kind == kind.rawValue }
        for token in due { perform { $0.fire(token, nowNanoseconds: $1, outbox: &$2) } }
    }

    static func row(_ place: UInt32, from sender: UInt32 = 1) -> MailboxRow {
        CacheTableTests.row(place, from: sender, to: alice.rawValue, in: alice.rawValue)
    }

    mutating func put(_ place: UInt32) { receive(.put(Self.row(place), epoch: 1), port: place) }

    mutating func ask(reading: UInt16 = 1, head: UInt32 = 0) {
        receive(.cache(.recent(Self.phone, reading: reading, head: head)))
    }

    /// The requests to the storage of the last input, with their ports.
    var requests: [(message: WireMessage, port: UInt32)] {
        effects.compactMap {
            if case .send(let message, Self.storage, let port) = $0 { (message, port) } else { nil }
        }
    }

    /// What was said to the chat server.
    var answers: [WireMessage] {
        effects.compactMap { if case .send(let message, Self.chatServer, _) = $0 { message } else { nil } }
    }

    /// The places of both indices in the answer to a reading; nothing if there is none.
    var read: (messages: [UInt32], conversations: [UInt32])? {
        guard case .cache(.recentEnd)? = answers.last else { return nil }
        var read: (messages: [UInt32], conversations: [UInt32]) = ([], [])
        for case .cache(.recentRow(let recent)) in answers {
            if recent.isConversation {
                read.conversations.append(recent.row.record.sequence)
            } else {
                read.messages.append(recent.row.record.sequence)
            }
        }
        return read
    }

    /// The storage has written a row.
    mutating func stored(_ place: UInt32, port: UInt32, fenced: Bool = false) {
        receive(.putDone(Self.alice, sequence: place, epoch: 1, fenced: fenced), from: Self.storage, port: port)
    }

    /// The storage sends rows.
    mutating func sendRows(_ places: [UInt32], port: UInt32) {
        for place in places { receive(.row(Self.row(place)), from: Self.storage, port: port) }
        receive(
            .rowsEnd(Self.alice, count: UInt32(places.count), head: places.last ?? 0), from: Self.storage, port: port)
    }

    /// Loads the mailbox, which has these rows.
    mutating func load(_ places: [UInt32]) {
        receive(.load(Self.alice, epoch: 1, limit: 64), port: 77)
        sendRows(places, port: requests[0].port)
    }

    func metric(_ name: String) -> UInt64? {
        var metrics = Metrics()
        server.report(elapsedNanoseconds: 1, into: &metrics)
        return metrics["cache.\(name)"]
    }
}

@Suite("Cache server")
struct CacheServerTests {
    private let confirmed = WireMessage.putDone(Bench.alice, sequence: 2, epoch: 1, fenced: false)

    @Test("a load goes through to the storage, for the sake of its fence, and fills the cache")
    func load() {
        var bench = Bench()
        bench.receive(.load(Bench.alice, epoch: 1, limit: 64), port: 7)
        #expect(bench.requests.map(\.message) == [.load(Bench.alice, epoch: 1, limit: 64)])
        bench.sendRows([1], port: bench.requests[0].port)
        #expect(bench.answers == [.row(Bench.row(1)), .rowsEnd(Bench.alice, count: 1, head: 1)])
        bench.ask(head: 1)
        #expect(bench.requests.isEmpty && bench.read?.messages == [1] && bench.metric("hits") == 1)
    }

    @Test("a claim goes through to the storage, which says who owns the mailbox; the new owner's rows fill the cache")
    func claim() {
        var bench = Bench()
        let claim = WireMessage.balancing(.claim(Bench.alice, server: 0, previous: 0, limit: 64))
        bench.receive(claim, port: 7)
        #expect(bench.requests.map(\.message) == [claim])
        let owned = WireMessage.balancing(.owned(Bench.alice, by: 1))
        bench.receive(owned, from: Bench.storage, port: bench.requests[0].port)
        #expect(bench.answers == [owned])
        bench.receive(.balancing(.claim(Bench.alice, server: 0, previous: 1, limit: 64)), port: 7)
        let port = bench.requests[0].port
        bench.put(2)
        #expect(bench.requests.isEmpty, "a claim has the lock of the user")
        bench.receive(.row(Bench.row(1)), from: Bench.storage, port: port)
        let claimed = WireMessage.balancing(
            .claimed(
                Bench.alice, count: 1, head: 1, token: FencingToken(rawValue: 0).next(owner: 0), isContinued: false))
        bench.receive(claimed, from: Bench.storage, port: port)
        #expect(bench.answers == [.row(Bench.row(1)), claimed])
        #expect(bench.requests.map(\.message) == [.put(Bench.row(2), epoch: 1)])
        bench.ask(head: 1)
        #expect(bench.read?.messages == [1] && bench.metric("hits") == 1)
    }

    @Test("a claim of which the storage's rows did not all arrive is left for the chat server to repeat")
    func brokenClaim() {
        var bench = Bench()
        bench.receive(.balancing(.claim(Bench.alice, server: 0, previous: 0, limit: 64)), port: 7)
        let claimed = WireMessage.balancing(
            .claimed(Bench.alice, count: 1, head: 1, token: FencingToken(rawValue: 0).next(owner: 0), isContinued: true)
        )
        bench.receive(claimed, from: Bench.storage, port: bench.requests[0].port)
        #expect(bench.answers.isEmpty)
        bench.put(2)
        #expect(!bench.requests.isEmpty, "the lock is free")
    }

    @Test("a write is confirmed once the storage has the row and both indices have it")
    func writeThrough() {
        var bench = Bench()
        bench.load([1])
        bench.put(2)
        let port = bench.requests[0].port
        bench.ask()
        #expect(bench.read?.messages == [1], "the storage does not have it yet")
        bench.stored(2, port: port)
        #expect(bench.answers.isEmpty)
        bench.fire(.secondIndex)
        #expect(bench.answers == [confirmed])
        bench.ask()
        #expect(bench.read?.messages == [1, 2] && bench.read?.conversations == [2])
    }

    @Test("a reading between the updates of the indices waits with the lock, and sees one of them without")
    func atomicity() {
        for isLocking in [true, false] {
            var bench = Bench(isLocking: isLocking)
            bench.load([1])
            bench.put(2)
            bench.stored(2, port: bench.requests[0].port)
            bench.now = 10
            bench.ask()
            if isLocking {
                #expect(bench.read == nil)
                bench.now = 15
                bench.fire(.secondIndex)
                #expect(bench.read?.messages == [1, 2] && bench.read?.conversations == [2])
                #expect(bench.metric("lock_waits") == 1 && bench.metric("lock_wait_greatest") == 5)
            } else {
                #expect(bench.read?.messages == [1] && bench.read?.conversations == [2])
            }
        }
    }

    @Test("writes of a user go through one at a time with the lock")
    func lock() {
        var bench = Bench()
        bench.load([1])
        bench.put(2)
        let port = bench.requests[0].port
        bench.put(3)
        #expect(bench.requests.isEmpty)
        bench.now = 30
        bench.stored(2, port: port)
        bench.fire(.secondIndex)
        #expect(bench.requests.map(\.message) == [.put(Bench.row(3), epoch: 1)])
        #expect(bench.metric("lock_waits") == 1 && bench.metric("lock_wait_greatest") == 30)
    }

    @Test("a write that overlaps a refill is not lost with the lock, and is without")
    func lostUpdate() {
        for isLocking in [true, false] {
            var bench = Bench(isLocking: isLocking)
            bench.ask(head: 1)
            let refill = bench.requests[0]
            #expect(refill.message == .scan(Bench.alice, after: 0, limit: 128))
            bench.put(2)
            let write = bench.requests.first
            bench.sendRows([1], port: refill.port)
            if isLocking { #expect(write == nil && bench.requests.count == 1) }
            bench.stored(2, port: write?.port ?? bench.requests[0].port)
            bench.fire(.secondIndex)
            #expect(bench.answers == [confirmed])
            bench.ask(head: 2)
            #expect(bench.read?.messages == (isLocking ? [1, 2] : [1]))
        }
    }

    @Test("confirmed before the database, a write is in the cache at once, and repeated until the storage has it")
    func confirmsEarly() {
        var bench = Bench(confirmation: .beforeDatabase)
        bench.load([1])
        bench.put(2)
        #expect(bench.requests.isEmpty)
        bench.fire(.secondIndex)
        #expect(bench.answers == [confirmed] && bench.requests.map(\.message) == [.put(Bench.row(2), epoch: 1)])
        bench.fire(.poolTimeout)
        bench.fire(.poolRetry)
        #expect(bench.requests.map(\.message) == [.put(Bench.row(2), epoch: 1)])
        bench.server.crash()
        bench.server.restart(jitterSeed: 2)
        bench.ask(head: 2)
        #expect(bench.requests.count == 1 && bench.read == nil, "the crash took what was confirmed")
    }

    @Test("a write that the storage refuses changes nothing and is refused")
    func fenced() {
        var bench = Bench()
        bench.load([1])
        bench.put(2)
        bench.stored(2, port: bench.requests[0].port, fenced: true)
        #expect(bench.answers == [.putDone(Bench.alice, sequence: 2, epoch: 1, fenced: true)])
        bench.ask()
        #expect(bench.read?.messages == [1])
    }

    @Test("a write that the storage does not answer is left to the chat server to repeat, and gives up the lock")
    func givesUp() {
        var bench = Bench()
        bench.load([1])
        bench.put(2)
        bench.put(2)
        bench.fire(.poolTimeout)
        #expect(bench.answers.isEmpty && bench.requests.map(\.message) == [.put(Bench.row(2), epoch: 1)])
    }

    @Test("pages that the entry has come from memory, others from the storage")
    func scans() {
        var bench = Bench()
        bench.load([3, 4])
        bench.receive(.scan(Bench.alice, after: 3, limit: 10))
        #expect(bench.answers == [.row(Bench.row(4)), .rowsEnd(Bench.alice, count: 1, head: 4)])
        bench.receive(.scan(Bench.alice, after: 1, limit: 10))
        #expect(bench.requests.map(\.message) == [.scan(Bench.alice, after: 1, limit: 10)])
        bench.sendRows([2, 3, 4], port: bench.requests[0].port)
        #expect(bench.answers.count == 4 && bench.metric("hits") == 1 && bench.metric("misses") == 1)
    }

    @Test("rows that were lost on the way from the storage fill no entry")
    func lostRows() {
        var bench = Bench()
        bench.receive(.load(Bench.alice, epoch: 1, limit: 64), port: 7)
        bench.receive(.rowsEnd(Bench.alice, count: 2, head: 2), from: Bench.storage, port: bench.requests[0].port)
        #expect(bench.answers.isEmpty && bench.metric("entries") == 0)
    }
}
