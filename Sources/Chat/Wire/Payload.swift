/// A ``WireMessage`` on the wire: its kind, and up to four words. Every unused bit is zero, so that equal messages are
/// equal bits.
@frozen
public struct Payload: Hashable, Sendable {
    /// Which message it is.
    public let kind: UInt16
    /// The fields, packed.
    public let words: (UInt64, UInt64, UInt64, UInt64)

    /// Restores a payload from its parts.
    @inlinable
    public init(kind: UInt16, words: (UInt64, UInt64, UInt64, UInt64)) {
        self.kind = kind
        self.words = words
    }

    /// Equal kinds and equal words.
    @inlinable
    public static func == (left: Payload, right: Payload) -> Bool {
        left.kind == right.kind && left.words == right.words
    }

    /// Feeds the kind and the words to a hasher.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}

extension Payload {
    /// From this kind on, each 64 kinds belong to a ``MessageArea`` beyond the first. The kinds between those of this enumeration
    /// and here are left to whoever carries messages, for events of its own.
    public static var areaKindBase: UInt16 { 256 }

    /// The kinds of the first area, in the order of ``WireMessage``. The numbers are part of the trace digest.
    enum Kind: UInt16, CaseIterable {
        case resolve = 1, assigned, open, opened, refused, reset, close, heartbeat, heartbeatReply
        case submit, accepted, undelivered, push, received, fetch, pageRow, pageEnd
        case forward, forwarded
        case put, putDone, load, scan, row, rowsEnd
        case poll, polled
    }

    /// Packs a message.
    public init(_ message: WireMessage) {
        switch message {
        case .resolve(let device): self.init(.resolve, device.word)
        case .assigned(let device, let chatServer): self.init(.assigned, device.word, UInt64(chatServer))
        case .open(let device): self.init(.open, device.word)
        case .opened(let device, let head): self.init(.opened, device.word, UInt64(head))
        case .refused(let device): self.init(.refused, device.word)
        case .reset(let device): self.init(.reset, device.word)
        case .close(let device): self.init(.close, device.word)
        case .heartbeat(let device): self.init(.heartbeat, device.word)
        case .heartbeatReply(let device, let head): self.init(.heartbeatReply, device.word, UInt64(head))
        case .submit(let record): self.init(.submit, record)
        case .accepted(let id, let sequence, let timestamp):
            self.init(.accepted, id.rawValue, UInt64(sequence), timestamp)
        case .undelivered(let id): self.init(.undelivered, id.rawValue)
        case .push(let row, let wantsReceipt):
            self.init(.push, row, row.record.part.rawValue << 1 | (wantsReceipt ? 1 : 0))
        case .received(let device, let sequence): self.init(.received, device.word, UInt64(sequence))
        case .fetch(let device, let after): self.init(.fetch, device.word, UInt64(after))
        case .pageRow(let row): self.init(.pageRow, row)
        case .pageEnd(let device, let last, let head, let missing):
            self.init(.pageEnd, device.word, Self.pair(last, head), UInt64(missing))
        case .poll(let device, let after, let number): self.init(.poll, device.word, Self.pair(after, number))
        case .polled(let device, let number, let head, let contentBytes, let missing):
            self.init(.polled, device.word, Self.pair(number, head), Self.pair(contentBytes, missing))
        case .forward(let record): self.init(.forward, record)
        case .forwarded(let id, let delivered): self.init(.forwarded, id.rawValue, delivered ? 1 : 0)
        case .put(let row, let epoch):
            precondition(row.record.thread == nil, "a row of a thread is attached to a `GroupMessage.put`")
            self.init(.put, row, epoch)
        case .putDone(let user, let sequence, let epoch, let fenced):
            self.init(.putDone, UInt64(user.rawValue), Self.pair(sequence, epoch), fenced ? 1 : 0)
        case .load(let user, let epoch, let limit):
            self.init(.load, UInt64(user.rawValue), Self.pair(epoch, limit))
        case .scan(let user, let after, let limit):
            self.init(.scan, UInt64(user.rawValue), Self.pair(after, limit))
        case .row(let row): self.init(.row, row)
        case .rowsEnd(let user, let count, let head):
            self.init(.rowsEnd, UInt64(user.rawValue), Self.pair(count, head))
        case .pages(let message): self = message.payload
        case .cache(let message): self = message.payload
        case .tables(let message): self = message.payload
        case .sharding(let message): self = message.payload
        case .balancing(let message): self.init(message)
        case .presence(let message): self.init(message)
        case .replication(let message): self = message.payload
        case .groups(let message): self = message.payload
        case .media(let message): self = message.payload
        }
    }

    /// Unpacks the message. Every payload comes from ``init(_:)``, so that an unknown kind is a defect and traps.
    public var message: WireMessage {
        switch MessageArea(kind: kind) {
        case .chat: chatMessage
        case .pages: .pages(PageMessage(self))
        case .cache: .cache(CacheMessage(self))
        case .tables: .tables(TablesMessage(self))
        case .sharding: .sharding(ShardingMessage(self))
        case .balancing: .balancing(balancingMessage)
        case .presence: .presence(presenceMessage)
        case .replication: .replication(ReplicationMessage(self))
        case .groups: .groups(GroupMessage(self))
        case .media: .media(MediaMessage(self))
        }
    }

    private var chatMessage: WireMessage {
        guard let kind = Kind(rawValue: kind) else { preconditionFailure("no wire message has kind \(kind)") }
        switch kind {
        case .resolve: return .resolve(device)
        case .assigned: return .assigned(device, chatServer: low(words.1))
        case .open: return .open(device)
        case .opened: return .opened(device, head: low(words.1))
        case .refused: return .refused(device)
        case .reset: return .reset(device)
        case .close: return .close(device)
        case .heartbeat: return .heartbeat(device)
        case .heartbeatReply: return .heartbeatReply(device, head: low(words.1))
        case .submit: return .submit(row.record)
        case .accepted:
            return .accepted(
                MessageID(rawValue: words.0), sequence: low(words.1), timestampNanoseconds: words.2)
        case .undelivered: return .undelivered(MessageID(rawValue: words.0))
        case .push: return .push(row(of: ThreadPart(rawValue: extra >> 1)), wantsReceipt: extra & 1 != 0)
        case .received: return .received(device, sequence: low(words.1))
        case .fetch: return .fetch(device, after: low(words.1))
        case .pageRow: return .pageRow(row)
        case .pageEnd: return .pageEnd(device, last: low(words.1), head: high(words.1), missing: low(words.2))
        case .poll: return .poll(device, after: low(words.1), number: high(words.1))
        case .polled:
            return .polled(
                device, number: low(words.1), head: high(words.1), contentBytes: low(words.2), missing: high(words.2))
        case .forward: return .forward(row.record)
        case .forwarded: return .forwarded(MessageID(rawValue: words.0), delivered: words.1 != 0)
        case .put: return .put(row(of: .none), epoch: extra)
        case .putDone:
            return .putDone(user, sequence: low(words.1), epoch: high(words.1), fenced: words.2 != 0)
        case .load: return .load(user, epoch: low(words.1), limit: high(words.1))
        case .scan: return .scan(user, after: low(words.1), limit: high(words.1))
        case .row: return .row(row)
        case .rowsEnd: return .rowsEnd(user, count: low(words.1), head: high(words.1))
        }
    }

    init(_ kind: Kind, _ first: UInt64 = 0, _ second: UInt64 = 0, _ third: UInt64 = 0) {
        self.init(kind: kind.rawValue, words: (first, second, third, 0))
    }

    init(_ kind: Kind, _ record: MessageRecord) {
        self.init(kind, MailboxRow(record: record, isRecipients: false))
    }

    init(_ kind: Kind, _ row: MailboxRow) {
        self.init(kind, row, row.record.part.rawValue)
    }

    init(_ kind: Kind, _ row: MailboxRow, _ extra: UInt32) {
        self.init(kind: kind.rawValue, row, extra)
    }

    /// Packs a row, with half a word for the message's own use.
    init(kind: UInt16, _ row: MailboxRow, _ extra: UInt32) {
        let record = row.record
        precondition(record.sequence <= MessageRecord.sequenceMax, "a place in a mailbox has 31 bits")
        let place = record.sequence << 1 | (row.isRecipients ? 1 : 0)
        self.init(
            kind: kind,
            words: (
                record.id.rawValue, Self.pair(record.recipient.rawValue, record.content.rawValue),
                record.timestampNanoseconds, Self.pair(place, extra)
            ))
    }

    static func pair(_ low: UInt32, _ high: UInt32) -> UInt64 { UInt64(high) << 32 | UInt64(low) }
    func low(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word) }
    func high(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word >> 32) }

    var device: DeviceID {
        DeviceID(user: UserID(low(words.0)), index: UInt8(truncatingIfNeeded: words.0 >> 32))
    }
    var user: UserID { UserID(low(words.0)) }
    var extra: UInt32 { high(words.3) }
    /// A row whose part of a thread is the extra half word.
    var row: MailboxRow { row(of: ThreadPart(rawValue: extra)) }
    func row(of part: ThreadPart) -> MailboxRow {
        let place = low(words.3)
        let record = MessageRecord(
            id: MessageID(rawValue: words.0), recipient: UserID(low(words.1)),
            content: MessageContent(rawValue: high(words.1)), timestampNanoseconds: words.2, sequence: place >> 1,
            part: part)
        return MailboxRow(record: record, isRecipients: place & 1 != 0)
    }
}

extension DeviceID {
    /// The device in one word: the user in the lower half, the index above.
    var word: UInt64 { UInt64(index) << 32 | UInt64(user.rawValue) }
}

extension Payload {
    /// Whether messages of a kind ask to open a connection, which costs a chat server more than others.
    public static func isOpening(kind: UInt16) -> Bool {
        kind == Kind.open.rawValue || kind == BalancingMessage.Kind.openAnother.rawValue
    }
}
