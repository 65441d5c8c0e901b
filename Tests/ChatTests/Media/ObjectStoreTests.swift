import Testing

@testable import Chat

/// An object store, its disk and its callers played by the test.
private struct Bench {
    static let alice = Address(process: 7, port: 3)
    static let bob = Address(process: 8, port: 0)
    static let photo = message(0)
    var store: ObjectStore
    var effects: [Effect] = []

    init(_ confirmation: ObjectStore.Confirmation = .afterSync) {
        store = ObjectStore(number: 4, confirmation: confirmation)
    }

    static func message(_ ordinal: UInt32) -> MessageID {
        MessageID(sender: UserID(9), clientMessageID: ClientMessageID(deviceIndex: 1, ordinal: ordinal))
    }

    private mutating func perform(_ body: (inout ObjectStore, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&store, &outbox)
        effects = outbox.effects
    }

    mutating func receive(_ message: MediaMessage, from source: Address = alice) {
        perform { $0.receive(.media(message), from: source, outbox: &$1) }
    }

    /// The disk has read or written for a token.
    mutating func written(_ token: UInt64) { perform { $0.written(token, outbox: &$1) } }

    mutating func synced() { perform { $0.synced(outbox: &$1) } }

    /// An upload that becomes durable.
    mutating func keep(_ id: MessageID = photo, bytes: UInt32, token: UInt64) {
        receive(.upload(id, bytes: bytes))
        written(token)
        synced()
    }

    /// What is reported in the end: the messages whose media are there, and their sizes.
    var held: [(message: MessageID, bytes: UInt32)] {
        var outbox = Outbox()
        store.reportHeld(outbox: &outbox)
        return outbox.effects.compactMap {
            guard case .observe(let observation) = $0, observation.kind == .mediaHeld else { return nil }
            return (observation.message, observation.sequence)
        }
    }

    func metric(_ name: String) -> UInt64? {
        var metrics = Metrics()
        store.report(into: &metrics)
        return metrics["media.\(name)"]
    }
}

@Suite("Object store")
struct ObjectStoreTests {
    private let confirmed = Effect.send(.media(.uploaded(Bench.photo)), to: Bench.alice, fromPort: 0)
    private let sync = Effect.sync(bytes: ObjectStore.entryBytes)

    @Test("an upload is written to a file, then its entry is synced, then it is confirmed")
    func upload() {
        var bench = Bench()
        bench.receive(.upload(Bench.photo, bytes: 5000))
        #expect(bench.effects == [.write(0, bytes: 5000, readBytes: 0)])
        bench.written(0)
        #expect(bench.effects == [sync])
        #expect(bench.held.isEmpty)
        bench.synced()
        #expect(bench.effects == [confirmed])
        #expect(bench.held.map(\.message) == [Bench.photo] && bench.held.map(\.bytes) == [5000])
        #expect(bench.metric("objects") == 1 && bench.metric("stored_bytes") == 5000)
    }

    @Test("what is there is read from the disk and sent; what is not is missing")
    func download() {
        var bench = Bench()
        bench.receive(.download(Bench.photo), from: Bench.bob)
        #expect(bench.effects == [.send(.media(.missing(Bench.photo)), to: Bench.bob, fromPort: 0)])
        #expect(bench.metric("missing") == 1)
        bench.keep(bytes: 5000, token: 0)
        bench.receive(.download(Bench.photo), from: Bench.bob)
        #expect(bench.effects == [.write(1, bytes: 0, readBytes: 5000)])
        bench.written(1)
        #expect(
            bench.effects == [.send(.media(.downloaded(Bench.photo, bytes: 5000)), to: Bench.bob, fromPort: 0)])
    }

    @Test("what was confirmed survives a crash, and what was written but not synced does not")
    func crash() {
        var bench = Bench()
        bench.keep(bytes: 100, token: 0)
        let second = Bench.message(1)
        bench.receive(.upload(second, bytes: 200))
        bench.written(1)
        bench.store.crash()
        #expect(bench.held.map(\.message) == [Bench.photo])
        bench.receive(.download(second))
        #expect(bench.effects == [.send(.media(.missing(second)), to: Bench.alice, fromPort: 0)])
        bench.receive(.download(Bench.photo))
        #expect(bench.effects == [.write(0, bytes: 0, readBytes: 100)])
        // The device tries again, and this time it is kept.
        bench.keep(second, bytes: 200, token: 1)
        #expect(bench.held.map(\.message) == [Bench.photo, second])
        #expect(bench.metric("stored_bytes") == 300)
    }

    @Test("an upload that comes again is confirmed and not written again")
    func idempotent() {
        var bench = Bench()
        bench.receive(.upload(Bench.photo, bytes: 100))
        bench.receive(.upload(Bench.photo, bytes: 100))
        #expect(bench.effects.isEmpty, "it is on its way to the disk")
        bench.written(0)
        bench.synced()
        #expect(bench.effects == [confirmed], "both attempts get one answer")
        bench.receive(.upload(Bench.photo, bytes: 100))
        #expect(bench.effects == [confirmed])
        #expect(bench.metric("uploads_repeated") == 2)
        #expect(bench.metric("objects") == 1 && bench.metric("stored_bytes") == 100)
    }

    @Test("uploads that are written while a sync is under way are synced together")
    func groupCommit() {
        var bench = Bench()
        for ordinal: UInt32 in 0..<3 { bench.receive(.upload(Bench.message(ordinal), bytes: 10)) }
        bench.written(0)
        #expect(bench.effects == [sync])
        bench.written(1)
        bench.written(2)
        #expect(bench.effects.isEmpty)
        bench.synced()
        #expect(bench.effects == [.sync(bytes: 2 * ObjectStore.entryBytes), confirmed])
        bench.synced()
        #expect(bench.held.map(\.message) == (0..<3).map(Bench.message))
    }

    @Test("one that confirms early loses what it confirmed in a crash")
    func confirmsEarly() {
        var bench = Bench(.beforeSync)
        bench.receive(.upload(Bench.photo, bytes: 100))
        #expect(bench.effects == [confirmed, .write(0, bytes: 100, readBytes: 0)])
        bench.receive(.download(Bench.photo), from: Bench.bob)
        #expect(
            bench.effects == [.send(.media(.downloaded(Bench.photo, bytes: 100)), to: Bench.bob, fromPort: 0)],
            "it is in memory")
        bench.written(0)
        bench.store.crash()
        bench.receive(.download(Bench.photo), from: Bench.bob)
        #expect(bench.effects == [.send(.media(.missing(Bench.photo)), to: Bench.bob, fromPort: 0)])
        #expect(bench.held.isEmpty)
    }

    @Test("one that confirms early says nothing more once it has synced")
    func confirmsOnce() {
        var bench = Bench(.beforeSync)
        bench.keep(bytes: 100, token: 0)
        #expect(bench.effects.isEmpty)
        #expect(bench.held.map(\.message) == [Bench.photo])
    }
}
