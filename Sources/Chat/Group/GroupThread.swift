internal import DequeModule

/// A group-chat object: the order of a thread's messages, who is in it, and what is still to be done for its messages.
struct GroupThread: Sendable {
    let id: ThreadID
    /// When it was first written, in nanoseconds of the clock of its chat server then.
    var createdNanoseconds: UInt64
    /// Who is in it.
    private(set) var membership: Membership
    /// The messages at hand, without gaps; the last one has the place ``lastPlace``.
    private(set) var entries: Deque<Entry> = []
    /// The last place that was given.
    private(set) var lastPlace: UInt32 = 0
    /// Messages up to this place are in the storage.
    private(set) var storedHead: UInt32 = 0
    /// Messages up to this place are fanned out: the chat server of every member who gets them has them.
    private(set) var finishedHead: UInt32 = 0
    /// The ``finishedHead`` that the storage has.
    private var writtenFinishedHead: UInt32 = 0
    /// Stays that have changed since the storage was last written, and those that it may forget.
    private var changedStays: [Membership.Stay] = []
    private var forgottenStays: [Membership.Stay] = []
    /// Whether the storage has the thread.
    private var isWritten: Bool
    /// Whether a request to the storage is under way. There is one at a time.
    var isWriting = false
    /// What goes to each chat server that something waits for or is under way to.
    var lanes: [Lane] = []

    /// A message with its place, and what is left to do for it.
    struct Entry: Sendable {
        /// The message; its `sequence` is its place in the thread.
        let record: MessageRecord
        /// Whom to tell that it is stored; nothing if nobody waits.
        let origin: Address?
        /// How many chat servers have not answered for it yet; nothing before it was sent to any.
        var awaitedCount: Int?
    }

    /// A thread of which the storage has nothing.
    init(_ id: ThreadID, members: [UserID], nowNanoseconds: UInt64) {
        self.id = id
        createdNanoseconds = nowNanoseconds
        membership = Membership(members)
        changedStays = membership.stays
        isWritten = false
    }

    /// A thread as the storage has it.
    ///
    /// - Parameter messages: The messages without gaps up to the last, and from before the first that is not fanned out.
    init(
        _ id: ThreadID, createdNanoseconds: UInt64, stays: [Membership.Stay], finishedHead: UInt32,
        messages: [MessageRecord]
    ) {
        self.id = id
        self.createdNanoseconds = createdNanoseconds
        self.finishedHead = finishedHead
        writtenFinishedHead = finishedHead
        lastPlace = messages.last?.sequence ?? finishedHead
        // A change may have been written before its message, which then never was: it has not happened.
        var kept: [Membership.Stay] = []
        for var stay in stays {
            if stay.first > lastPlace {
                forgottenStays.append(stay)
                continue
            }
            if stay.last != .max, stay.last > lastPlace {
                stay.last = .max
                changedStays.append(stay)
            }
            kept.append(stay)
        }
        membership = Membership(stays: kept)
        storedHead = lastPlace
        entries = Deque(
            messages.map { Entry(record: $0, origin: nil, awaitedCount: $0.sequence <= finishedHead ? 0 : nil) })
        isWritten = true
    }

    /// The message with an identifier, if it is at hand.
    ///
    /// - Complexity: O(messages at hand); the newest are looked at first.
    func entry(of id: MessageID) -> Entry? { entries.last { $0.record.id == id } }

    /// The message at a place, if it is at hand.
    func entry(at place: UInt32) -> Entry? { index(of: place).map { entries[$0] } }

    /// Gives a message the next place. What it changes of the membership, it changes.
    ///
    /// - Returns: Whether the thread takes it: its sender must be a member, and a change must change something.
    mutating func append(_ record: MessageRecord, origin: Address) -> Bool {
        precondition(lastPlace < MessageRecord.sequenceMax, "thread \(id.rawValue) is full")
        guard membership.contains(record.sender) else { return false }
        switch record.part.action {
        case .say: break
        case .add:
            guard let stay = membership.add(record.recipient, at: lastPlace + 1) else { return false }
            noteChanged(stay)
        case .remove:
            guard let stay = membership.remove(record.recipient, at: lastPlace + 1) else { return false }
            noteChanged(stay)
        }
        lastPlace += 1
        var placed = record
        placed.sequence = lastPlace
        entries.append(Entry(record: placed, origin: origin))
        return true
    }

    /// Whether the storage lacks something of the thread that it should have now: a message, or, once nothing is under way, how far
    /// the thread is done.
    var needsWriting: Bool {
        !isWriting && (storedHead < lastPlace || (finishedHead == lastPlace && writtenFinishedHead < finishedHead))
    }

    /// The rows that the storage lacks, a batch of messages at most; they are taken to be on their way.
    ///
    /// - Returns: The rows and the place of the last message among them.
    mutating func rowsToWrite(epoch: UInt32, nowNanoseconds: UInt64) -> (rows: [StoredRow], lastPlace: UInt32) {
        let last = min(lastPlace, storedHead + UInt32(GroupConfiguration.batchEntriesMax))
        var rows: [StoredRow] = []
        if storedHead < last {
            for place in storedHead + 1...last {
                guard let entry = entry(at: place) else {
                    preconditionFailure("a message is at hand until it is stored")
                }
                rows.append(StoredRow(threadMessage: entry.record, in: id))
            }
        }
        // A change is written with its message or before it: then the members at every place in the storage are known.
        if !isWritten || !changedStays.isEmpty {
            rows.append(
                StoredRow(
                    headerOf: id, membershipHash: membership.currentHash, createdNanoseconds: createdNanoseconds,
                    epoch: epoch))
        }
        rows += changedStays.map { StoredRow($0, in: id) }
        rows += forgottenStays.map { StoredRow(forgetting: $0, in: id) }
        rows.append(StoredRow(progressOf: id, finishedHead: finishedHead, updatedNanoseconds: nowNanoseconds))
        changedStays.removeAll()
        forgottenStays.removeAll()
        isWritten = true
        isWriting = true
        writtenFinishedHead = finishedHead
        return (rows, last)
    }

    /// The storage has the messages up to a place.
    mutating func wrote(upTo place: UInt32) {
        isWriting = false
        storedHead = place
    }

    /// A message was sent to so many chat servers.
    mutating func fannedOut(_ place: UInt32, serverCount: Int) {
        guard let index = index(of: place) else { return }
        entries[index].awaitedCount = serverCount
        finish()
    }

    /// A chat server has answered for a message.
    mutating func answered(_ place: UInt32) {
        guard let index = index(of: place), let count = entries[index].awaitedCount else { return }
        precondition(count > 0, "more chat servers answered for a message than it was sent to")
        entries[index].awaitedCount = count - 1
        finish()
    }

    private mutating func noteChanged(_ stay: Membership.Stay) {
        changedStays.removeAll { $0.user == stay.user && $0.first == stay.first }
        changedStays.append(stay)
    }

    /// Notes how far the thread is done, and forgets what is no longer needed.
    private mutating func finish() {
        let before = finishedHead
        while finishedHead < storedHead, entry(at: finishedHead + 1)?.awaitedCount == 0 { finishedHead += 1 }
        guard finishedHead > before else { return }
        forgottenStays += membership.forget(upTo: finishedHead)
        while entries.count > GroupConfiguration.recentEntriesMax, let first = entries.first,
            first.record.sequence <= finishedHead
        {
            entries.removeFirst()
        }
    }

    private func index(of place: UInt32) -> Int? {
        guard let first = entries.first?.record.sequence, place >= first, place <= lastPlace else { return nil }
        return Int(place - first)
    }
}
