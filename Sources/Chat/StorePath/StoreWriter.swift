internal import DequeModule

/// Who writes a chat server's rows to the storage. The source design names both.
public enum StoreWriter: Hashable, Sendable, CaseIterable {
    /// Each write is a request of its own through the connection pool, as many at a time as it has connections.
    case asynchronous
    /// One writer takes rows from a queue. It has one request outstanding, to whichever storage server, until that is answered or
    /// given up: a storage server that is slow delays the rows of everybody.
    case dedicated
}

/// The queue of a dedicated writer.
struct DedicatedWriter: Sendable {
    private var queue: Deque<ConnectionPool<StorageRequest>.Attempt> = []
    /// Whether a request is outstanding.
    private var isBusy = false

    /// How many writes wait.
    var count: Int { queue.count }

    /// Queues a write.
    mutating func enqueue(_ attempt: ConnectionPool<StorageRequest>.Attempt) {
        queue.append(attempt)
    }

    /// Takes the next write, unless one is outstanding.
    mutating func start() -> ConnectionPool<StorageRequest>.Attempt? {
        guard !isBusy, let next = queue.popFirst() else { return nil }
        isBusy = true
        return next
    }

    /// The write that was outstanding is answered or given up.
    mutating func finish() {
        precondition(isBusy, "a writer finishes what it has started")
        isBusy = false
    }
}
