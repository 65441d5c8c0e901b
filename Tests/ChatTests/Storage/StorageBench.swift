@testable import Chat

/// A storage server with its disk: writes that are asked for end when the test says so.
struct StorageBench {
    static let client = Address(process: 5, port: 7)

    var server: StorageServer
    var nowNanoseconds: UInt64 = 0
    /// What the server asked its disk for, oldest first.
    private(set) var disk: [Effect] = []
    private(set) var timers: [TimerToken] = []
    private(set) var answers: [WireMessage] = []

    init(_ configure: (inout StorageConfiguration) -> Void = { _ in }) {
        var configuration = StorageConfiguration()
        configure(&configuration)
        server = StorageServer(configuration: configuration, jitterSeed: 3)
    }

    /// A message in the mailbox of a user.
    static func row(_ sequence: UInt32, of user: UInt32 = 1, contentBytes: UInt32 = 100) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(
                    sender: UserID(900), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: sequence)),
                recipient: UserID(user), contentBytes: contentBytes, sequence: sequence), isRecipients: true)
    }

    /// Hands the server an input and keeps what it wants done.
    mutating func act(_ body: (inout StorageServer, UInt64, inout Outbox) -> Void) {
        var outbox = Outbox()
        body(&server, nowNanoseconds, &outbox)
        for effect in outbox.effects {
            switch effect {
            case .sync, .write: disk.append(effect)
            case .timer(let token, _): timers.append(token)
            case .send(let message, _, _): answers.append(message)
            case .sendAttached, .observe: continue
            }
        }
    }

    mutating func receive(_ message: WireMessage) {
        act { $0.receive(message, from: Self.client, atPort: 0, nowNanoseconds: $1, outbox: &$2) }
    }

    /// Lets the disk do the next thing that it was asked for.
    ///
    /// - Returns: What that was; nothing if it has nothing to do.
    @discardableResult
    mutating func finishOne() -> Effect? {
        guard !disk.isEmpty else { return nil }
        let effect = disk.removeFirst()
        act { server, now, outbox in
            switch effect {
            case .write(let token, _, _): server.written(token, nowNanoseconds: now, outbox: &outbox)
            default: server.synced(nowNanoseconds: now, outbox: &outbox)
            }
        }
        return effect
    }

    /// Lets the disk finish all.
    mutating func finish() {
        while finishOne() != nil {}
    }

    /// Writes a message and lets the disk sync it, and nothing after that.
    mutating func put(_ row: MailboxRow, epoch: UInt32 = 1) {
        receive(.put(row, epoch: epoch))
        while let effect = finishOne() {
            if case .sync = effect { return }
        }
    }

    mutating func crashAndRestart() {
        server.crash()
        disk.removeAll()
        timers.removeAll()
        act { $0.restart(jitterSeed: 4, nowNanoseconds: $1, outbox: &$2) }
    }

    /// The places in the mailbox of a user, as a scan gives them.
    mutating func places(of user: UInt32 = 1) -> [UInt32] {
        answers.removeAll()
        receive(.scan(UserID(user), after: 0, limit: 10_000))
        return answers.compactMap { if case .row(let row) = $0 { row.record.sequence } else { nil } }
    }

    mutating func forgetAnswers() {
        answers.removeAll()
    }

    func files(of shard: UInt32 = 1) -> [StoreFile] {
        server.durable.regions.index(of: shard).map { server.durable.regions.values[$0].files } ?? []
    }

    func flushes(_ trigger: FlushTrigger) -> UInt64 { server.figures.flushCounts[trigger.rawValue] }
}
