import Testing

@testable import Chat

@Suite("Connection pool")
struct ConnectionPoolTests {
    private typealias Pool = ConnectionPool<StorageRequest>
    private var figures = PoolFigures()

    private func load(_ user: UInt32) -> Pool.Attempt { .init(request: .load(UserID(user)), askedNanoseconds: 10) }

    @Test("each connection carries one request; the rest wait in order")
    mutating func queue() {
        var pool = Pool(serverCount: 2, slotsPerServer: 1, epoch: 1)
        for user: UInt32 in 1...3 { pool.enqueue(load(user), server: 0) }
        let first = pool.start(server: 0, nowNanoseconds: 10, counting: &figures)
        #expect(first?.attempt.request == .load(UserID(1)) && first?.attempt.count == 1)
        let whileBusy = pool.start(server: 0, nowNanoseconds: 10, counting: &figures)
        let elsewhere = pool.start(server: 1, nowNanoseconds: 10, counting: &figures)
        #expect(whileBusy == nil && elsewhere == nil && pool.queuedCount == 2)
        let finished = pool.finish(atPort: first?.port ?? 0, nowNanoseconds: 15, counting: &figures)
        #expect(finished?.request == .load(UserID(1)) && finished?.server == 0)
        let second = pool.start(server: 0, nowNanoseconds: 15, counting: &figures)
        #expect(second?.attempt.request == .load(UserID(2)))
        #expect(figures.waitCount == 1 && figures.waitGreatestNanoseconds == 5 && figures.busyNanoseconds == 5)
    }

    @Test("an answer to a connection that was given up is no answer")
    mutating func abandoned() throws {
        var pool = Pool(serverCount: 1, slotsPerServer: 1, epoch: 1)
        pool.enqueue(load(1), server: 0)
        let started = pool.start(server: 0, nowNanoseconds: 10, counting: &figures)
        let first = try #require(started)
        let abandoned = pool.abandon(timeout: first.timeout, nowNanoseconds: 20, counting: &figures)
        let attempt = try #require(abandoned?.attempt)
        let late = pool.finish(atPort: first.port, nowNanoseconds: 21, counting: &figures)
        #expect(late == nil && figures.busyNanoseconds == 10)
        let number = pool.park(attempt)
        let unparked = pool.unpark(number)
        pool.enqueue(try #require(unparked), server: 0)
        let unparkedAgain = pool.unpark(number)
        #expect(unparkedAgain == nil)
        let restarted = pool.start(server: 0, nowNanoseconds: 30, counting: &figures)
        let second = try #require(restarted)
        #expect(second.attempt.count == 2 && second.port != first.port && figures.repeatCount == 1)
        let finished = pool.finish(atPort: second.port, nowNanoseconds: 31, counting: &figures)
        #expect(finished != nil)
        let tooLate = pool.abandon(timeout: second.timeout, nowNanoseconds: 40, counting: &figures)
        #expect(tooLate == nil, "it was answered in time")
    }

    @Test("the time-out of a request that was answered does not strike the next one on the connection")
    mutating func staleTimeout() throws {
        var pool = Pool(serverCount: 1, slotsPerServer: 1, epoch: 1)
        pool.enqueue(load(1), server: 0)
        pool.enqueue(load(2), server: 0)
        let started = pool.start(server: 0, nowNanoseconds: 10, counting: &figures)
        let first = try #require(started)
        #expect(pool.awaits(timeout: first.timeout))
        _ = pool.finish(atPort: first.port, nowNanoseconds: 11, counting: &figures)
        let next = pool.start(server: 0, nowNanoseconds: 11, counting: &figures)
        let second = try #require(next)
        #expect(second.port == first.port)
        #expect(pool.awaits(timeout: second.timeout) && !pool.awaits(timeout: first.timeout))
        let stale = pool.abandon(timeout: first.timeout, nowNanoseconds: 20, counting: &figures)
        #expect(stale == nil)
        let due = pool.abandon(timeout: second.timeout, nowNanoseconds: 21, counting: &figures)
        #expect(due?.attempt.request == .load(UserID(2)))
    }

    @Test("a restarted server's connections have other ports")
    mutating func epochs() throws {
        var before = Pool(serverCount: 1, slotsPerServer: 1, epoch: 1)
        var after = Pool(serverCount: 1, slotsPerServer: 1, epoch: 2)
        before.enqueue(load(1), server: 0)
        after.enqueue(load(1), server: 0)
        let old = before.start(server: 0, nowNanoseconds: 10, counting: &figures)?.port ?? 0
        let new = after.start(server: 0, nowNanoseconds: 10, counting: &figures)?.port ?? 0
        #expect(old != new && old != 0 && new != 0)
        let stale = after.finish(atPort: old, nowNanoseconds: 11, counting: &figures)
        #expect(stale == nil)
    }

    @Test("the utilisation is the share of the connections' time that they carried requests")
    mutating func utilisation() {
        figures.ended(startedNanoseconds: 0, nowNanoseconds: 3_000_000)
        var metrics = Metrics()
        figures.report(as: "storepath", connectionCount: 4, elapsedNanoseconds: 10_000_000, into: &metrics)
        #expect(metrics["storepath.pool_utilisation"] == 75)
    }
}
