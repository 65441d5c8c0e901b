internal import DequeModule

/// How the primary of a shard brings one copy up to date and keeps it so. One step is under way at a time; it is repeated until it is
/// answered.
///
/// The copy is probed first. If it is at the primary's position already, log records follow; else its rows are replaced by the primary's,
/// chunk by chunk while writes go on, and the log records since the copy began follow (catch-up). To write a row twice changes nothing,
/// and the records come in the order of the log, so that the copy ends as the primary is.
struct ShardStream: Sendable {
    /// What is done next.
    enum Phase: Hashable, Sendable {
        /// To ask whether the copy is at a position.
        case probing(ShardPosition)
        /// To send the rows from a key on. `start` is the position at which that began.
        case copying(chunk: UInt32, from: RowKey, start: ShardPosition)
        /// To send log records.
        case following
    }

    /// The number of the server that has the copy.
    let peer: UInt32
    /// The server that the copy replaces once it is up to date; nothing if it is one more.
    var replaces: UInt32?
    /// Whether it is not yet a member.
    var isJoining: Bool
    /// Whether writes are answered only once this copy has them.
    var isRequired: Bool
    var phase: Phase
    /// The log records that the copy does not have for certain, in order.
    var tail: Deque<LogRecord> = []
    /// The number up to which it has them.
    var acknowledged: UInt64
    /// How many records of the tail are on their way.
    var inFlightCount = 0
    /// The key at which the chunk after the one on its way begins; nothing if that is the last.
    var nextChunk: RowKey?
    /// Whether the coordinator was told that the copy is up to date.
    var isReported = false
    /// Whether a step waits for its answer.
    var isWaiting = false
    /// Counts the steps and their repetitions, so that a timer knows whether it is stale.
    var stepCount: UInt32 = 0

    /// A copy about which nothing is known.
    init(peer: UInt32, replaces: UInt32?, isJoining: Bool, isRequired: Bool, position: ShardPosition) {
        self.peer = peer
        self.replaces = replaces
        self.isJoining = isJoining
        self.isRequired = isRequired
        phase = .probing(position)
        acknowledged = position.number
    }

    /// A copy that is as empty as the primary's.
    init(emptyPeer peer: UInt32, isRequired: Bool) {
        self.init(peer: peer, replaces: nil, isJoining: false, isRequired: isRequired, position: ShardPosition())
        phase = .following
    }

    /// Replaces whatever the copy has, from its first row on.
    mutating func startCopying(at position: ShardPosition) {
        phase = .copying(chunk: 0, from: .first, start: position)
        tail.removeAll()
        inFlightCount = 0
        acknowledged = position.number
    }

    /// The primary's log has a record that it did not write as the primary, and is at a position with it. The copy is to follow, or, if the
    /// record is not the next one after those that it was sent, is looked at afresh.
    mutating func pass(_ record: LogRecord, to position: ShardPosition) {
        if position.number == acknowledged + UInt64(tail.count) + 1 {
            tail.append(record)
        } else {
            phase = .probing(position)
            tail.removeAll()
            inFlightCount = 0
            acknowledged = position.number
            isWaiting = false
        }
    }

    /// The log records that go out together: some, and never more words than a message may carry.
    func nextRecords(countMax: Int) -> (words: [UInt64], count: Int, contentBytes: UInt32) {
        var words: [UInt64] = []
        var count = 0
        var bytes: UInt64 = 0
        for record in tail.prefix(countMax) {
            var next: [UInt64] = []
            record.append(to: &next)
            guard count == 0 || words.count + next.count <= Outbox.attachmentWordsMax else { break }
            words += next
            count += 1
            bytes += record.contentBytes
        }
        return (words, count, UInt32(clamping: bytes))
    }

    /// The copy has the records on their way.
    mutating func acknowledge(upTo last: UInt64) {
        guard last > acknowledged else { return }
        let count = min(Int(last - acknowledged), tail.count)
        tail.removeFirst(count)
        acknowledged += UInt64(count)
        inFlightCount = 0
    }
}

extension LogRecord {
    /// The size of the contents that the record stands for, which its words do not carry.
    var contentBytes: UInt64 {
        switch self {
        case .mailbox(let row): UInt64(row.record.contentBytes)
        case .row(let row): UInt64(row.contentBytes)
        case .batch(let rows): rows.reduce(0) { $0 + UInt64($1.contentBytes) }
        case .drop: 0
        }
    }
}
