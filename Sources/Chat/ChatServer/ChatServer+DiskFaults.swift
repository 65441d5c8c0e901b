/// What the disk of a chat server may do to it. Whoever runs the server says when.
extension ChatServer {
    /// How long the server waits before it tries a sync again for which there was no room, in nanoseconds.
    static let roomWaitNanoseconds: UInt64 = 100_000_000

    /// The sync that the server asked for has failed, since there is no room on the disk. Nothing is acknowledged that is not on the log: it
    /// waits until there is room.
    public mutating func syncFailed(outbox: inout Outbox) {
        storePathFigures.failedSyncCount += 1
        outbox.timer(
            TimerToken(kind: TimerKind.roomOnDisk.rawValue, value: 0), afterNanoseconds: Self.roomWaitNanoseconds)
    }

    /// The server is about to lose power in the middle of a sync: a first part of the rows that were to be written is on its logs, though nobody
    /// was told. The row that is torn is left out, as its checksum demands.
    ///
    /// - Parameter draw: A random word, which says how many rows are on the disk.
    public mutating func tearWrite(_ draw: UInt64) {
        let underway = volatile.logBuffer.underway
        let count = draw.multipliedFullWidth(by: UInt64(underway.count)).high
        for record in underway.prefix(Int(count)) {
            switch record {
            case .placed(let row): if isAwaitingLog(row) { _ = durable.log.append(row) }
            case .failed(let row): _ = durable.failedLog.append(row)
            }
        }
        storePathFigures.tornCount += underway.isEmpty ? 0 : 1
    }

    /// From now on the disk says that it has what is only in its cache, until the next crash.
    public mutating func beginCaching() {
        withoutCache = durable
    }

    /// The server is about to lose power, and with it what the disk has only in its cache.
    public mutating func loseCached() {
        guard let withoutCache else { return }
        durable = withoutCache
    }
}
