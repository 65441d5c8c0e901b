import Chat
import Invariants

/// A run as a test tells it: who did what when.
struct History {
    private(set) var observations: [Observation] = []
    var sequenced = true
    var connectedAtStart: [RunRecord.ConnectedAtStart] = []
    var end: UInt64 = 100
    var settle: UInt64 = 10

    /// Devices are written `a0`, `a1`, `b0`: the user, then the index.
    static func device(_ name: String) -> DeviceID {
        let user = UserID(UInt32(name.unicodeScalars.first!.value - 97))
        return DeviceID(user: user, index: UInt8(name.dropFirst()) ?? 0)
    }

    /// Messages are written `a0.3`: the device that sent it, and its count.
    static func message(_ name: String) -> MessageID {
        let parts = name.split(separator: ".")
        let device = device(String(parts[0]))
        return MessageID(
            sender: device.user,
            clientMessageID: ClientMessageID(deviceIndex: device.index, ordinal: UInt32(parts[1]) ?? 0))
    }

    /// With `mediaBytes` the message refers to media.
    mutating func sent(_ message: String, to recipient: String, mediaBytes: UInt32 = 0, at time: UInt64) {
        let id = Self.message(message)
        observations.append(
            Observation(
                .sent, device: id.device, message: id, counterpart: Self.device(recipient).user, detail: mediaBytes,
                timeNanoseconds: time * 1_000_000_000))
    }

    mutating func acked(_ message: String, at time: UInt64) {
        let id = Self.message(message)
        add(.acknowledged, id.device, id, UserID(0), 0, time)
    }

    mutating func failed(_ message: String, at time: UInt64) {
        let id = Self.message(message)
        add(.failed, id.device, id, UserID(0), 0, time)
    }

    mutating func shown(_ message: String, on device: String, to recipient: String, at time: UInt64, number: UInt32 = 0)
    {
        add(.displayed, Self.device(device), Self.message(message), Self.device(recipient).user, number, time)
    }

    mutating func connected(_ device: String, at time: UInt64) {
        add(.connected, Self.device(device), MessageID(rawValue: 0), UserID(0), 0, time)
    }

    mutating func disconnected(_ device: String, at time: UInt64) {
        add(.disconnected, Self.device(device), MessageID(rawValue: 0), UserID(0), 0, time)
    }

    /// A device learns that what it lacks up to a place is no longer kept.
    mutating func expired(on device: String, upTo number: UInt32, at time: UInt64) {
        add(.expired, Self.device(device), MessageID(rawValue: 0), UserID(0), number, time)
    }

    mutating func mailbox(_ kind: Observation.Kind, _ user: String, _ message: String, number: UInt32, at time: UInt64)
    {
        add(kind, Self.device(user), Self.message(message), UserID(0), number, time)
    }

    /// A place in a mailbox for a message that its sender's chat server received at a time of its clock.
    mutating func assigned(_ user: String, _ message: String, number: UInt32, received: UInt64, at time: UInt64) {
        let nanoseconds = received * 1_000_000_000
        observations.append(
            Observation(
                .assigned, device: Self.device(user), message: Self.message(message),
                counterpart: UserID(UInt32(truncatingIfNeeded: nanoseconds)), sequence: number,
                detail: UInt32(nanoseconds >> 32), timeNanoseconds: time * 1_000_000_000))
    }

    /// A device reads pages of what there is up to the place `head`; the rows are those that it gets, the newest first.
    mutating func read(
        _ rows: [String], on device: String, head: UInt32, with other: String? = nil, since: UInt64 = 0,
        asked: UInt32 = .max, at time: UInt64
    ) {
        let reader = Self.device(device)
        add(
            other == nil ? .messageWalkBegan : .conversationWalkBegan, reader,
            MessageID(rawValue: since * 1_000_000_000), other.map { Self.device($0).user } ?? UserID(0), head, time)
        for row in rows { add(.pageRow, reader, Self.message(row), UserID(0), 0, time) }
        add(.pageWalkEnded, reader, MessageID(rawValue: 0), UserID(0), asked, time + 1)
    }

    mutating func sent(_ message: String, toThread thread: UInt32, at time: UInt64) {
        let id = Self.message(message)
        add(.sent, id.device, id, id.sender, thread, time)
    }

    /// The thread has a message at a place.
    mutating func placed(_ message: String, in thread: UInt32, at place: UInt32, time: UInt64) {
        let id = Self.message(message)
        add(.placed, id.device, id, UserID(thread), place, time)
    }

    /// A user is a member of a thread from a place on, and up to another if one is given.
    mutating func member(_ user: String, of thread: UInt32, since first: UInt32, upTo last: UInt32? = nil, time: UInt64)
    {
        add(.memberSince, Self.device(user), MessageID(rawValue: 0), UserID(thread), first, time)
        if let last { add(.memberUpTo, Self.device(user), MessageID(rawValue: 0), UserID(thread), last, time) }
    }

    /// A server of number `server` holds `count` connections and may hold `limit`.
    mutating func held(connections count: UInt32, limit: UInt32, by server: UInt32, at time: UInt64) {
        add(
            .connectionsAtLimit, Self.device("a0"), MessageID(rawValue: UInt64(limit)), UserID(server), count, time)
    }

    /// A logical shard moves to another storage server. The shard of user `b` is 1.
    mutating func moved(shard: UInt32, at time: UInt64) {
        add(.shardMoved, DeviceID(user: UserID(shard), index: 0), MessageID(rawValue: 0), UserID(1), 2, time)
    }

    /// In the end the storage has a row.
    mutating func readable(_ user: String, _ message: String, number: UInt32) {
        add(.readable, Self.device(user), Self.message(message), UserID(0), number, end)
    }

    /// In the end a storage server has a copy of a shard.
    mutating func copy(ofShard shard: UInt32, at server: UInt32, rows: UInt32, hash: UInt64) {
        add(
            .shardCopy, DeviceID(user: UserID(shard), index: 0), MessageID(rawValue: hash), UserID(server), rows, end)
    }

    /// The mailbox of a user goes to a chat server, which has the token of a term from then on.
    mutating func took(_ user: String, by server: UInt32, term: UInt32, at time: UInt64) {
        add(.ownerTook, Self.device(user), MessageID(rawValue: 0), UserID(server), term << 17 | server, time)
    }

    /// A write of a chat server to the mailbox of a user is accepted.
    mutating func wrote(_ message: String, _ user: String, by server: UInt32, term: UInt32, at time: UInt64) {
        add(.ownerWrote, Self.device(user), Self.message(message), UserID(server), term << 17 | server, time)
    }

    /// Users are written by their letter.
    mutating func shows(_ user: String, online: Bool, on device: String, from source: StatusSource, at time: UInt64) {
        add(
            .statusShown, Self.device(device), MessageID(rawValue: 0), Self.device(user).user,
            source.rawValue << 1 | (online ? 1 : 0), time)
    }

    mutating func hides(_ user: String, on device: String, at time: UInt64) {
        add(.statusHidden, Self.device(device), MessageID(rawValue: 0), Self.device(user).user, 0, time)
    }

    mutating func came(_ user: String, at time: UInt64) {
        add(.cameOnline, Self.device(user), MessageID(rawValue: 0), UserID(0), 0, time)
    }

    mutating func went(_ user: String, at time: UInt64) {
        add(.wentOffline, Self.device(user), MessageID(rawValue: 0), UserID(0), 0, time)
    }

    /// A device reads the indices of its user: messages with their places.
    mutating func read(
        _ device: String, messages: [(String, UInt32)], conversations: [(String, UInt32)], at time: UInt64
    ) {
        mailbox(.recentAsked, device, "a0.0", number: 0, at: time)
        for (message, number) in messages { mailbox(.recentMessage, device, message, number: number, at: time) }
        for (message, number) in conversations {
            mailbox(.recentConversation, device, message, number: number, at: time)
        }
        mailbox(.recentRead, device, "a0.0", number: 0, at: time)
    }

    private mutating func add(
        _ kind: Observation.Kind, _ device: DeviceID, _ message: MessageID, _ counterpart: UserID, _ number: UInt32,
        _ time: UInt64
    ) {
        observations.append(
            Observation(
                kind, device: device, message: message, counterpart: counterpart, sequence: number,
                timeNanoseconds: time * 1_000_000_000))
    }

    /// What was observed, in order of time.
    var record: RunRecord { record(of: observations) }

    private func record(of observations: [Observation]) -> RunRecord {
        var record = RunRecord(connectedAtStart: connectedAtStart)
        for observation in observations { record.observe(observation) }
        return record
    }

    /// Judges the observations of the history, or some others.
    func judge(_ invariant: Invariant, of others: [Observation]? = nil) -> InvariantResult {
        Judge(
            record(of: others ?? observations), endNanoseconds: end * 1_000_000_000,
            settleNanoseconds: settle * 1_000_000_000,
            isSequenced: sequenced,
            presence: PresenceBounds(
                staleNanoseconds: 20_000_000_000, flapNanoseconds: 5_000_000_000, lateNanoseconds: 5_000_000_000),
            names: Names()
        ).judge(invariant)
    }

    struct Names: NameTable {
        func name(of user: UserID) -> String { String(UnicodeScalar(UInt8(97 + user.rawValue))) }
        func name(of device: DeviceID) -> String { "\(name(of: device.user))\(device.index)" }
        func name(of thread: ThreadID) -> String { "thread \(thread.rawValue)" }
        func name(of message: MessageID) -> String {
            "\(name(of: message.device)).\(message.clientMessageID.ordinal)"
        }
    }
}
