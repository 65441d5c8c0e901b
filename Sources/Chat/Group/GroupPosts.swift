internal import DequeModule

/// Messages that a chat server brings to the chat servers of their threads for its users: from each user to each thread one at a time, so
/// that none overtakes another.
struct GroupPosts: Sendable {
    /// A message that was not answered.
    struct Post: Sendable {
        let record: MessageRecord
        var attempts: UInt32 = 0
    }

    private struct Lane: Hashable, Sendable {
        let sender: UserID
        let thread: ThreadID?

        init(_ record: MessageRecord) {
            sender = record.sender
            thread = record.thread
        }
    }

    private var posts: [MessageID: Post] = [:]
    private var lanes: [Lane: Deque<MessageID>] = [:]

    /// No messages.
    init() {}

    /// Whether a message is under way, or waits.
    func contains(_ id: MessageID) -> Bool { posts[id] != nil }

    /// Takes up a message.
    ///
    /// - Returns: Whether it is its turn.
    mutating func append(_ record: MessageRecord) -> Bool {
        guard posts[record.id] == nil else { return false }
        posts[record.id] = Post(record: record)
        lanes[Lane(record), default: []].append(record.id)
        return lanes[Lane(record)]?.count == 1
    }

    /// A message is about to be sent.
    ///
    /// - Returns: The message, this attempt counted; nothing if it is answered.
    mutating func attempt(_ id: MessageID) -> Post? {
        posts[id]?.attempts += 1
        return posts[id]
    }

    /// A message is answered.
    ///
    /// - Returns: Whether it was not before, and the message whose turn it is then.
    mutating func finish(_ id: MessageID) -> (isNew: Bool, next: MessageID?) {
        guard let record = posts.removeValue(forKey: id)?.record else { return (false, nil) }
        let lane = Lane(record)
        lanes[lane]?.removeFirst()
        guard let next = lanes[lane]?.first else {
            lanes[lane] = nil
            return (true, nil)
        }
        return (true, next)
    }

    /// The messages, in their order.
    var records: [MessageRecord] { posts.values.map(\.record).sorted { $0.id < $1.id } }
}
