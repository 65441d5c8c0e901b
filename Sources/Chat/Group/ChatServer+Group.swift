extension ChatServer {
    /// What a chat server remembers of groups; a crash takes all of it.
    struct Groups: Sendable {
        /// The threads that are mapped to it.
        var owner: GroupServer
        /// Messages of its users on their way to threads.
        var posts = GroupPosts()
        /// Messages of threads on their way into the mailboxes of its users.
        var inbox = GroupInbox()
    }

    // MARK: The chat server of a sender

    /// A device of one of this server's users submits a message of a thread that is not known to be placed yet.
    mutating func submittedToThread(_ record: MessageRecord, outbox: inout Outbox) {
        if configuration.deduplicates, volatile.groups?.posts.contains(record.id) == true {
            return suppressDuplicate(of: record.id, in: record.sender, outbox: &outbox)
        }
        if volatile.groups?.posts.append(record) == true {
            post(record.id, outbox: &outbox)
        }
    }

    mutating func groupPostTimerFired(_ id: MessageID, outbox: inout Outbox) {
        guard volatile.groups?.posts.contains(id) == true else { return }
        groupFigures.retries += 1
        post(id, outbox: &outbox)
    }

    private mutating func post(_ id: MessageID, outbox: inout Outbox) {
        guard let post = volatile.groups?.posts.attempt(id), let thread = post.record.thread,
            let wait = volatile.groups?.owner.waitNanoseconds(afterAttempts: post.attempts)
        else { return }
        let address = placement.chatServerAddress(chatServer(of: thread))
        volatile.groups?.owner.send(.post(post.record), to: address, outbox: &outbox)
        outbox.timer(TimerToken(kind: TimerKind.groupPost.rawValue, value: id.rawValue), afterNanoseconds: wait)
    }

    /// The chat server of the thread has taken the message, or will not take it.
    private mutating func posted(_ id: MessageID, isTaken: Bool, outbox: inout Outbox) {
        guard let answer = volatile.groups?.posts.finish(id), answer.isNew else { return }
        if !isTaken, let address = volatile.connections.address(of: id.device) {
            outbox.send(.groups(.refused(id)), to: address)
        }
        if let next = answer.next { post(next, outbox: &outbox) }
    }

    // MARK: The chat server of members

    /// The chat server of a thread, perhaps this one, hands over copies of messages for users of this server.
    private mutating func delivered(
        _ words: UnsafeBufferPointer<UInt64>, of thread: ThreadID, number: UInt64, from source: Address,
        nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        var copies: [MessageRecord] = []
        GroupBatch.forEachCopy(in: words, of: thread) { copies.append($0) }
        let batch = GroupInbox.Batch(source: source, number: number)
        guard volatile.groups?.inbox.begin(batch, copies: copies) == true else { return }
        for copy in copies {
            process(.forward(copy), from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        }
    }

    /// The mailbox of a member is here: put a copy of a message of a thread into it, unless it has one.
    mutating func copyReceived(_ record: MessageRecord, outbox: inout Outbox) {
        guard configuration.deduplicates, let row = volatile.mailboxes[record.recipient]?.row(of: record.id) else {
            return place(record, in: record.recipient, outbox: &outbox)
        }
        suppressDuplicate(of: record.id, in: record.recipient, outbox: &outbox)
        // One that is not committed yet is answered for when it is.
        if row.record.sequence <= committedHead(of: record.recipient) { copyTaken(row.record, outbox: &outbox) }
    }

    /// The server has taken responsibility for a copy of a message of a thread.
    mutating func copyTaken(_ record: MessageRecord, outbox: inout Outbox) {
        for batch in volatile.groups?.inbox.taken(record) ?? [] {
            volatile.groups?.owner.send(.delivered(number: batch.number), to: batch.source, outbox: &outbox)
        }
    }

    // MARK: Both, and the chat server of the thread

    /// Handles a message about threads.
    mutating func receive(
        _ message: GroupMessage, words: UnsafeBufferPointer<UInt64>, from source: Address, nowNanoseconds: UInt64,
        outbox: inout Outbox
    ) {
        switch message {
        case .post(let record):
            volatile.groups?.owner.post(
                record, from: source, nowNanoseconds: nowNanoseconds, figures: &groupFigures, outbox: &outbox)
        case .posted(let id): posted(id, isTaken: true, outbox: &outbox)
        case .rejected(let id): posted(id, isTaken: false, outbox: &outbox)
        case .deliver(let thread, let number, _):
            delivered(
                words, of: thread, number: number, from: source, nowNanoseconds: nowNanoseconds, outbox: &outbox)
        case .delivered(let number):
            volatile.groups?.owner.delivered(
                number, nowNanoseconds: nowNanoseconds, figures: &groupFigures, outbox: &outbox)
        case .refused, .put: preconditionFailure("a chat server is never sent \(message)")
        }
    }

    /// Handles an answer of the storage to a request about a thread.
    mutating func receive(
        _ message: TablesMessage, words: UnsafeBufferPointer<UInt64>, nowNanoseconds: UInt64, outbox: inout Outbox
    ) {
        switch message {
        case .written(let request, let isFenced):
            volatile.groups?.owner.wrote(
                request, isFenced: isFenced, nowNanoseconds: nowNanoseconds, figures: &groupFigures, outbox: &outbox)
        case .rows(let request, _, let isComplete, _):
            volatile.groups?.owner.read(
                request, rows: TablesMessage.rows(in: words), isComplete: isComplete, nowNanoseconds: nowNanoseconds,
                figures: &groupFigures, outbox: &outbox)
        case .write, .scan: preconditionFailure("a chat server is never sent \(message)")
        }
    }

    /// Does what the owner of threads has left to the chat server: handles what the server says to itself, and what follows from it, and sends
    /// requests to the storage.
    mutating func settleGroups(nowNanoseconds: UInt64, outbox: inout Outbox) {
        guard configuration.groups != nil else { return }
        let own = placement.chatServerAddress(number)
        while let loopback = volatile.groups?.owner.loopback, !loopback.isEmpty {
            volatile.groups?.owner.loopback = []
            for message in loopback {
                message.words.withUnsafeBufferPointer {
                    receive(message.message, words: $0, from: own, nowNanoseconds: nowNanoseconds, outbox: &outbox)
                }
            }
        }
        guard let numbers = volatile.groups?.owner.requestsToSend, !numbers.isEmpty else { return }
        volatile.groups?.owner.requestsToSend = []
        for number in numbers {
            guard let request = volatile.groups?.owner.requests[number] else { continue }
            // The rows of a thread are where those of a user with the same number are.
            let partition = UserID(request.thread.rawValue)
            if request.attempts > 0 { lookUpShard(of: partition, outbox: &outbox) }
            let address = placement.storageServerAddress(storageServer(of: partition))
            volatile.groups?.owner.transmit(number, to: address, outbox: &outbox)
        }
    }

    /// Reports the messages of threads that the server still carries.
    func reportHeldForThreads(outbox: inout Outbox) {
        for record in volatile.groups?.posts.records ?? [] { outbox.observe(.heldForThread(record)) }
        volatile.groups?.owner.reportHeld(outbox: &outbox)
    }
}
