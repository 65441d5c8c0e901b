/// What is on the disk of a storage server.
struct DiskContents: Sendable {
    let durable: StorageServer.Durable
    let archive: Archive.Durable?
}

/// What a disk may do to the server. Whoever runs the server says when.
extension StorageServer {
    /// The timer after which a sync is tried again for which there was no room.
    static let roomToken = TimerToken(kind: 48, value: 0)
    /// How long the server waits before that, in nanoseconds.
    static let roomWaitNanoseconds: UInt64 = 100_000_000

    /// The sync that the server asked for has failed, since there is no room on the disk. What was to be written waits, and is answered once
    /// it is on the disk; writes that come meanwhile are refused.
    public mutating func syncFailed(outbox: inout Outbox) {
        volatile.isDiskFull = true
        figures.failedSyncCount += 1
        outbox.timer(Self.roomToken, afterNanoseconds: Self.roomWaitNanoseconds)
    }

    /// The server is about to lose power in the middle of a sync: of the words that were to be written, a first part is on the disk. Records
    /// that are whole were written though nobody was told; the one that is not is found by its checksum when the log is replayed. What
    /// data nodes have of them is what they are sent after that.
    ///
    /// - Parameter draw: A random word, which says how many words are on the disk.
    public mutating func tearWrite(_ draw: UInt64) {
        let underway = volatile.buffer.underway
        let total = underway.reduce(0) { $0 + $1.record.wordCount }
        var remaining = Int(draw.multipliedFullWidth(by: UInt64(total)).high)
        for pending in underway {
            guard remaining >= pending.record.wordCount else {
                durable.log.appendTorn(pending.record, wordCount: remaining)
                return
            }
            remaining -= pending.record.wordCount
            durable.log.append(pending.record, segmentBytesMax: configuration.logSegmentBytesMax)
            if shardSeat != nil { durable.shardPositions[Int(pending.record.logicalShard)] = pending.position }
        }
    }

    /// From now on the disk says that it has what is only in its cache, until the next crash.
    public mutating func beginCaching() {
        withoutCache = DiskContents(durable: durable, archive: archive?.durable)
    }

    /// The server is about to lose power, and with it what the disk has only in its cache.
    public mutating func loseCached() {
        guard let contents = withoutCache else { return }
        figures.lostRecordCount += durable.log.nextRecord - contents.durable.log.nextRecord
        durable = contents.durable
        if let archived = contents.archive { archive?.durable = archived }
    }

    /// A bit of a record on the log changes. It is found when the log is replayed: rather than serve rows with a hole in them, the server says so
    /// and does not come back. Where there are copies of the rows, those take its place.
    ///
    /// - Parameter draw: A random word, which says where.
    public mutating func corrupt(_ draw: UInt64) {
        durable.log.corrupt(draw)
    }
}
