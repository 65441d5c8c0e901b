internal import DequeModule

extension GroupServer {
    /// Loads a thread, unless it is here or being loaded.
    mutating func load(_ thread: ThreadID) {
        guard threads[thread] == nil, loading[thread] == nil else { return }
        loading[thread] = Loading()
        start(Request(thread: thread, step: .header))
    }

    /// Writes what the storage lacks of a thread, unless a request is under way.
    mutating func write(_ id: ThreadID, nowNanoseconds: UInt64) {
        guard threads[id]?.needsWriting == true,
            let batch = threads[id]?.rowsToWrite(epoch: epoch, nowNanoseconds: nowNanoseconds)
        else { return }
        start(Request(thread: id, step: .write(last: batch.lastPlace), rows: batch.rows))
    }

    /// The storage has answered a request with rows.
    mutating func read(
        _ number: UInt64, rows: [StoredRow], isComplete: Bool, nowNanoseconds: UInt64, figures: inout GroupFigures,
        outbox: inout Outbox
    ) {
        guard let request = requests.removeValue(forKey: number) else { return }
        let thread = request.thread
        switch request.step {
        case .header:
            loading[thread]?.header = rows.first
            let header = StoredRow(
                headerOf: thread, membershipHash: rows.first?.first ?? 0, createdNanoseconds: rows.first?.second ?? 0,
                epoch: epoch)
            start(Request(thread: thread, step: .fence, rows: [header]))
        case .members:
            precondition(isComplete, "the members of a thread are read at once")
            loading[thread]?.stays = rows.compactMap(\.stay)
            let finished = rows.first { $0.place == StoredRow.threadProgressPlace }?.number ?? 0
            loading[thread]?.finishedHead = finished
            let recent = UInt32(GroupConfiguration.recentEntriesMax)
            let first = finished > recent ? finished - recent + 1 : 1
            start(Request(thread: thread, step: .messages(first: first)))
        case .messages:
            loading[thread]?.messages += rows.map(\.threadMessage)
            guard isComplete || rows.isEmpty else {
                let next = (loading[thread]?.messages.last?.sequence ?? 0) + 1
                return start(Request(thread: thread, step: .messages(first: next)))
            }
            loaded(thread, nowNanoseconds: nowNanoseconds, figures: &figures, outbox: &outbox)
        case .fence, .write: preconditionFailure("a write is not answered with rows")
        }
    }

    /// The storage has written what a request asked it to, or refused it because a later life has the thread.
    mutating func wrote(
        _ number: UInt64, isFenced: Bool, nowNanoseconds: UInt64, figures: inout GroupFigures, outbox: inout Outbox
    ) {
        guard let request = requests.removeValue(forKey: number) else { return }
        let id = request.thread
        precondition(!isFenced, "a chat server that lives is fenced off by itself")
        guard case .write(let last) = request.step else {
            return start(Request(thread: id, step: .members))
        }
        let first = (threads[id]?.storedHead ?? 0) + 1
        threads[id]?.wrote(upTo: last)
        if first <= last {
            observe(request.rows, of: id, outbox: &outbox)
            for place in first...last {
                if let entry = threads[id]?.entry(at: place), let origin = entry.origin {
                    send(.posted(entry.record.id), to: origin, outbox: &outbox)
                }
                fanOut(place, of: id, figures: &figures, outbox: &outbox)
            }
        }
        write(id, nowNanoseconds: nowNanoseconds)
    }

    /// A request may not have been answered: repeat it.
    mutating func requestTimerFired(_ number: UInt64, figures: inout GroupFigures) {
        guard requests[number] != nil else { return }
        figures.retries += 1
        requestsToSend.append(number)
    }

    private mutating func start(_ request: Request) {
        let number = nextNumber()
        requests[number] = request
        requestsToSend.append(number)
    }

    /// Sends a request to a storage server, unless it is answered.
    mutating func transmit(_ number: UInt64, to address: Address, outbox: inout Outbox) {
        guard var request = requests[number] else { return }
        request.attempts += 1
        requests[number] = request
        let partition = request.thread.rawValue
        func scan(_ range: RowRange) {
            outbox.send(.tables(.scan(request: number, range)), to: address)
        }
        switch request.step {
        case .header: scan(RowRange(.thread, partition: partition, places: 0...0, limit: 1))
        case .members: scan(RowRange(.thread, partition: partition, places: 1...UInt64.max, limit: RowRange.limitMax))
        case .messages(let first):
            scan(
                RowRange(
                    .groupMessage, partition: partition, places: UInt64(first)...UInt64.max,
                    limit: RowRange.limitMax))
        case .fence, .write: outbox.sendWrite(request.rows, request: number, epoch: epoch, to: address)
        }
        outbox.timer(
            TimerToken(kind: ChatServer.TimerKind.groupRequest.rawValue, value: number),
            afterNanoseconds: waitNanoseconds(afterAttempts: request.attempts))
    }

    /// A thread is here: go on with what was not fanned out, and take up what waited.
    private mutating func loaded(
        _ id: ThreadID, nowNanoseconds: UInt64, figures: inout GroupFigures, outbox: inout Outbox
    ) {
        guard let loading = loading.removeValue(forKey: id) else { return }
        let thread: GroupThread
        if loading.stays.isEmpty {
            thread = GroupThread(id, members: configuration.directory.members(of: id), nowNanoseconds: nowNanoseconds)
        } else {
            thread = GroupThread(
                id, createdNanoseconds: loading.header?.second ?? 0, stays: loading.stays,
                finishedHead: loading.finishedHead, messages: loading.messages)
        }
        threads[id] = thread
        for stay in thread.membership.stays { observe(stay, of: id, outbox: &outbox) }
        for entry in thread.entries { outbox.observe(.placed(entry.record)) }
        if thread.finishedHead < thread.storedHead {
            for place in thread.finishedHead + 1...thread.storedHead {
                fanOut(place, of: id, figures: &figures, outbox: &outbox)
            }
        }
        for waiting in loading.waiting {
            post(
                waiting.record, from: waiting.origin, nowNanoseconds: nowNanoseconds, figures: &figures,
                outbox: &outbox)
        }
    }

    /// Reports what is durable now.
    private func observe(_ rows: [StoredRow], of thread: ThreadID, outbox: inout Outbox) {
        for row in rows where !row.isDeleted {
            if let stay = row.table == .thread ? row.stay : nil {
                observe(stay, of: thread, outbox: &outbox)
            } else if row.table == .groupMessage {
                outbox.observe(.placed(row.threadMessage))
            }
        }
    }

    private func observe(_ stay: Membership.Stay, of thread: ThreadID, outbox: inout Outbox) {
        outbox.observe(.memberSince(stay, of: thread))
        if stay.last != .max { outbox.observe(.memberUpTo(stay, of: thread)) }
    }
}
