/// A bug that is planted on purpose, to prove that the invariants find it.
///
/// A component has at most one, which its configuration carries; where it has none, each place of these bugs costs a comparison with nothing.
/// No key of a scenario plants one: it takes code of this package, which only `--mutant` and tests call.
package enum Mutant: String, Hashable, Sendable, CaseIterable {
    // MARK: Devices

    /// A device that reconnects takes what it has missed for read.
    case historySkipped = "history-skipped"
    /// A device puts the rows that it missed in the order of their timestamps, rather than of their places.
    case redeliveryByTimestamp = "redelivery-by-timestamp"
    /// A device that waits to submit a message again submits the next one meanwhile.
    case retryOvertaken = "retry-overtaken"
    /// A device shows a row that arrives before one that comes earlier.
    case shownOnArrival = "shown-on-arrival"
    /// A device counts the rows to skip for the next page, while new ones come in above them.
    case pageByOffset = "page-by-offset"
    /// A device asks once, rather than again and again, about those whose status it shows.
    case viewportAskedOnce = "viewport-asked-once"

    // MARK: Chat servers

    /// A chat server takes a message that is submitted again for a new one.
    case submittedTwice = "submitted-twice"
    /// A chat server acknowledges a message before its log has it.
    case acknowledgedBeforeLog = "acknowledged-before-log"
    /// A chat server acknowledges a message before the storage has it.
    case acknowledgedBeforeStore = "acknowledged-before-store"
    /// A chat server that restarts goes on counting places where the storage ends, not where its log does.
    case numbersFromStorage = "numbers-from-storage"
    /// A chat server forwards messages when it finds the time, rather than when it places them.
    case forwardedLater = "forwarded-later"
    /// A chat server that gets no answer to what it forwarded drops it.
    case forwardDropped = "forward-dropped"
    /// A chat server takes rows for received once it has answered a long poll with them.
    case pollAnsweredOnce = "poll-answered-once"
    /// A chat server opens one connection more than it may hold.
    case capacityOffByOne = "capacity-off-by-one"
    /// A chat server replays its log of failed requests from the end.
    case failedLogNewestFirst = "failed-log-newest-first"
    /// A chat server tells friends of who comes online at once.
    case presenceWithoutDelay = "presence-without-delay"

    // MARK: Groups

    /// A batch of messages of a thread goes to those who were members at the first of them.
    case batchToFirstMembers = "batch-to-first-members"
    /// A batch of messages of a thread does not wait for the answer to the one before it.
    case batchesOverlap = "batches-overlap"

    // MARK: Cache servers

    /// A cache server confirms a row before the storage has it.
    case cacheBeforeDatabase = "cache-before-database"
    /// A cache server fills an entry from the storage without the lock of the user.
    case cacheFilledWithoutLock = "cache-filled-without-lock"
    /// A cache server answers a reading while one index has a message and the other has not.
    case readBetweenIndices = "read-between-indices"

    // MARK: Storage servers

    /// A storage server takes a write of an earlier owner.
    case writeWithoutFencing = "write-without-fencing"
    /// A storage server does not send a copy what is written while an earlier write is on its way there.
    case copyMissesWrite = "copy-misses-write"
    /// A storage server goes on taking writes to a shard once the server that takes it over is up to date.
    case cutOverWithoutStop = "cut-over-without-stop"
}
