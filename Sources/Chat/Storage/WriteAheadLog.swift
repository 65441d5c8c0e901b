internal import DequeModule

/// The write-ahead log of a storage server, as it is on the disk: what is here was synced and survives a crash.
///
/// It is cut into segments, so that its beginning can be dropped once files have all that is in it.
struct WriteAheadLog: Sendable {
    /// A part of the log.
    private struct Segment: Sendable {
        /// The number of its first record.
        let firstRecord: UInt64
        var recordCount: UInt64 = 0
        var words: [UInt64] = []
        var sizeBytes: UInt64 = 0
    }

    private var segments: Deque<Segment> = [Segment(firstRecord: 0)]
    /// Whether records are kept, or only counted because nobody will ever read them.
    private let keepsRecords: Bool

    /// An empty log.
    ///
    /// - Parameter keepsRecords: Whether it may be replayed.
    init(keepsRecords: Bool = true) {
        self.keepsRecords = keepsRecords
    }

    /// The number of the next record; the first was number zero.
    var nextRecord: UInt64 { segments[segments.count - 1].firstRecord + segments[segments.count - 1].recordCount }
    /// How many segments there are.
    var segmentCount: Int { segments.count }
    /// The bytes of all records that were not dropped.
    var sizeBytes: UInt64 { segments.reduce(0) { $0 + $1.sizeBytes } }
    /// How many words all records take that were not dropped.
    var wordCount: Int { segments.reduce(0) { $0 + $1.words.count } }

    /// Appends a record that is synced, in a new segment if the last one has `segmentBytesMax`.
    ///
    /// - Returns: The number of the record.
    @discardableResult
    mutating func append(_ record: LogRecord, segmentBytesMax: UInt64 = .max) -> UInt64 {
        let number = nextRecord
        if segments[segments.count - 1].sizeBytes >= segmentBytesMax {
            // The words of a segment that is full need no more room than they take.
            segments[segments.count - 1].words = Array(segments[segments.count - 1].words[...])
            segments.append(Segment(firstRecord: number))
        }
        let last = segments.count - 1
        if keepsRecords { record.append(to: &segments[last].words) }
        segments[last].recordCount += 1
        segments[last].sizeBytes += record.sizeBytes
        return number
    }

    /// Appends the beginning of a record: the disk lost power while it wrote.
    mutating func appendTorn(_ record: LogRecord, wordCount: Int) {
        var whole: [UInt64] = []
        record.append(to: &whole)
        segments[segments.count - 1].words += whole.prefix(min(wordCount, whole.count - 1))
    }

    /// Drops the segments that have no record from number `record` on.
    mutating func truncate(before record: UInt64) {
        while let first = segments.first, first.recordCount > 0, first.firstRecord + first.recordCount <= record {
            if segments.count == 1 { segments.append(Segment(firstRecord: nextRecord)) }
            segments.removeFirst()
        }
    }

    /// What is wrong with a log.
    struct Damage: Hashable, Sendable {
        /// Records that end before they are whole: the disk lost power while it wrote them.
        var tornCount: UInt64 = 0
        /// Records that are whole and do not have their checksum: what is on the disk has changed.
        var corruptCount: UInt64 = 0
    }

    /// Calls `body` with each record and its number, oldest first, but for those that do not have their checksum, and drops what follows the
    /// last whole one.
    ///
    /// - Returns: What is wrong with the log.
    @discardableResult
    mutating func replay(_ body: (LogRecord, UInt64) -> Void) -> Damage {
        precondition(keepsRecords, "a log whose records are only counted is never read")
        var damage = Damage()
        for index in segments.indices {
            var number = segments[index].firstRecord
            var offset = 0
            segments[index].words.withUnsafeBufferPointer { words in
                while let next = LogRecord.end(words, at: offset) {
                    if let record = LogRecord.read(words, at: offset)?.record {
                        body(record, number)
                    } else {
                        damage.corruptCount += 1
                    }
                    number += 1
                    offset = next
                }
            }
            guard offset < segments[index].words.count else { continue }
            damage.tornCount += 1
            segments[index].words.removeSubrange(offset...)
        }
        return damage
    }

    /// One bit of a record changes, as a disk may do to what is on it.
    ///
    /// - Parameter draw: A random word, which says where.
    /// - Complexity: O(length of the log).
    mutating func corrupt(_ draw: UInt64) {
        guard keepsRecords else { return }
        let (count, remainder) = (segments.reduce(0) { $0 + $1.recordCount }, draw &* 0x9e37_79b9_7f4a_7c15)
        var skipped = draw.multipliedFullWidth(by: count).high
        for index in segments.indices {
            guard skipped < segments[index].recordCount else {
                skipped -= segments[index].recordCount
                continue
            }
            segments[index].words.withUnsafeMutableBufferPointer { words in
                var offset = 0
                for _ in 0..<skipped { offset = LogRecord.end(UnsafeBufferPointer(words), at: offset) ?? offset }
                let end = LogRecord.end(UnsafeBufferPointer(words), at: offset) ?? offset
                let place = remainder.multipliedFullWidth(by: UInt64(end - offset - 1)).high
                words[offset + 1 + Int(place)] ^= 1 << (remainder & 63)
            }
            return
        }
    }
}
