internal import DequeModule

extension GroupThread {
    /// Messages on their way to one chat server, one batch at a time, so that none overtakes another.
    struct Lane: Sendable {
        let server: UInt32
        /// The messages that wait.
        var places: Deque<UInt32>
        /// The number of the batch that is under way.
        var delivery: UInt64?
    }

    /// Lets a message wait until a chat server is sent what comes next.
    mutating func enqueue(_ place: UInt32, for server: UInt32) {
        if let lane = lanes.firstIndex(where: { $0.server == server }) {
            lanes[lane].places.append(place)
        } else {
            lanes.append(Lane(server: server, places: [place]))
        }
    }

    /// Takes the next messages for a chat server.
    ///
    /// - Parameters:
    ///   - number: What the batch is called.
    ///   - overlaps: Whether it goes out though one before it is under way.
    /// - Returns: Their places; nothing if a batch is under way or no message waits.
    mutating func startBatch(_ number: UInt64, for server: UInt32, overlaps: Bool = false) -> [UInt32]? {
        guard let lane = lanes.firstIndex(where: { $0.server == server }),
            lanes[lane].delivery == nil || overlaps, !lanes[lane].places.isEmpty
        else { return nil }
        // Half of what an attachment holds leaves room for members who join before the batch is repeated.
        let words = GroupBatch.wordCount(memberCount: membership.stays.count)
        let count = max(1, min(GroupConfiguration.batchEntriesMax, Outbox.attachmentWordsMax / 2 / words))
        let places = Array(lanes[lane].places.prefix(count))
        lanes[lane].places.removeFirst(places.count)
        lanes[lane].delivery = number
        return places
    }

    /// The batch that was under way to a chat server is answered for.
    mutating func endBatch(for server: UInt32) {
        guard let lane = lanes.firstIndex(where: { $0.server == server }) else { return }
        lanes[lane].delivery = nil
        if lanes[lane].places.isEmpty { lanes.remove(at: lane) }
    }
}
