extension CacheServer {
    /// Sends what work needs to the storage as soon as the pool has a free connection.
    mutating func ask(_ number: UInt64, outbox: inout Outbox) {
        enqueue(ConnectionPool.Attempt(request: number, askedNanoseconds: nowNanoseconds), outbox: &outbox)
    }

    /// A storage server has answered completely at one of the pool's ports.
    mutating func answered(_ answer: WireMessage, atPort port: UInt32, outbox: inout Outbox) {
        guard
            let (number, server, rows) = volatile.pool.finish(
                atPort: port, nowNanoseconds: nowNanoseconds, counting: &figures.pool)
        else { return }
        startRequests(to: server, outbox: &outbox)
        guard let work = volatile.works[number] else { return }
        switch (work.request, answer) {
        case (.put, .putDone(_, _, _, let fenced)): putAnswered(number, isFenced: fenced, outbox: &outbox)
        case (.load(let user, _, _), .rowsEnd(_, let count, let head)) where rows.count == Int(count):
            fill(user, with: rows)
            send(rows, of: user, head: head, to: work.caller, outbox: &outbox)
            end(number, outbox: &outbox)
        case (.claim(let user, _, _, _), .balancing(.claimed(_, let count, _, _, _))) where rows.count == Int(count):
            fill(user, with: rows)
            for row in rows { outbox.send(.row(row), to: work.caller.source, fromPort: work.caller.port) }
            outbox.send(answer, to: work.caller.source, fromPort: work.caller.port)
            end(number, outbox: &outbox)
        case (.claim, .balancing(.owned)):
            outbox.send(answer, to: work.caller.source, fromPort: work.caller.port)
            end(number, outbox: &outbox)
        case (.scan(let user, _, _), .rowsEnd(_, let count, let head)) where rows.count == Int(count):
            send(rows, of: user, head: head, to: work.caller, outbox: &outbox)
            end(number, outbox: &outbox)
        case (.refill(let device, let reading, _), .rowsEnd(_, let count, _)) where rows.count == Int(count):
            fill(device.user, with: rows)
            sendIndices(CacheEntry(rows: rows), to: device, reading: reading, by: work.caller, outbox: &outbox)
            end(number, outbox: &outbox)
        case (_, .rowsEnd), (_, .balancing(.claimed)): end(number, outbox: &outbox)
        default: preconditionFailure("\(answer) does not answer \(work.request)")
        }
    }

    /// A write that is confirmed is repeated until it is done. Everything else is given up without an answer: whoever asked for it will
    /// repeat it.
    mutating func poolTimedOut(_ value: UInt64, outbox: inout Outbox) {
        guard
            let (attempt, server) = volatile.pool.abandon(
                timeout: value, nowNanoseconds: nowNanoseconds, counting: &figures.pool)
        else { return }
        if volatile.works[attempt.request]?.isConfirmed == true {
            outbox.timer(
                TimerToken(kind: TimerKind.poolRetry.rawValue, value: volatile.pool.park(attempt)),
                afterNanoseconds: configuration.requestRetry.waitNanoseconds(
                    afterAttempt: attempt.count, drawing: &volatile.jitter))
        } else {
            end(attempt.request, outbox: &outbox)
        }
        startRequests(to: server, outbox: &outbox)
    }

    mutating func poolRetryTimerFired(_ value: UInt64, outbox: inout Outbox) {
        guard let attempt = volatile.pool.unpark(value) else { return }
        enqueue(attempt, outbox: &outbox)
    }

    private mutating func enqueue(_ attempt: ConnectionPool<UInt64>.Attempt, outbox: inout Outbox) {
        guard let work = volatile.works[attempt.request] else { return }
        let server = placement.storageServer(of: work.user)
        volatile.pool.enqueue(attempt, server: server)
        startRequests(to: server, outbox: &outbox)
        figures.pool.waiting(volatile.pool.queuedCount)
    }

    private mutating func startRequests(to server: UInt32, outbox: inout Outbox) {
        while let (attempt, port, timeout) = volatile.pool.start(
            server: server, nowNanoseconds: nowNanoseconds, counting: &figures.pool)
        {
            guard let work = volatile.works[attempt.request] else {
                preconditionFailure("only work that is not done asks the storage")
            }
            let message: WireMessage =
                switch work.request {
                case .put(let row, let epoch): .put(row, epoch: epoch)
                case .load(let user, let epoch, let limit): .load(user, epoch: epoch, limit: limit)
                case .claim(let user, let server, let previous, let limit):
                    .balancing(.claim(user, server: server, previous: previous, limit: limit))
                case .scan(let user, let after, let limit): .scan(user, after: after, limit: limit)
                case .refill(let device, _, let head):
                    // What was written and not committed yet comes after `head`, so that there must be room for it.
                    .scan(
                        device.user, after: head - min(head, UInt32(CacheConfiguration.rowsMax / 2)),
                        limit: UInt32(CacheConfiguration.rowsMax))
                }
            outbox.send(message, to: placement.storageServerAddress(server), fromPort: port)
            outbox.timer(
                TimerToken(kind: TimerKind.poolTimeout.rawValue, value: timeout),
                afterNanoseconds: configuration.requestTimeoutNanoseconds)
        }
    }
}
