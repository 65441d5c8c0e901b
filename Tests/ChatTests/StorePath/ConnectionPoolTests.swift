import Testing

@testable import Chat

@Suite("Connection pool")
struct ConnectionPoolTests {
    private typealias Pool = ConnectionPool<StorageRequest>
    private var figures = PoolFigures()

    private func load(_ user: UInt32) -> Pool.Attempt { .init(request: .load(UserID(user)), askedNanoseconds: 10) }

    @Test("each connection carries one request; the rest wait in order")
    mutating func queue() {
        var pool = Pool(serverCount: 2, slotsPerServer: 1, generation: 1)
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
        var pool = Pool(serverCount: 1, slotsPerServer: 1, generation: 1)
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
        var pool = Pool(serverCount: 1, slotsPerServer: 1, generation: 1)
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

    @Test("a restarted server's connections have ports that none had before, however often they were opened anew")
    mutating func lives() throws {
        var before = Pool(serverCount: 1, slotsPerServer: 2, generation: 65_000)
        var old: Set<UInt32> = []
        for _ in 0..<600 {
            before.enqueue(load(1), server: 0)
            let started = try #require(before.start(server: 0, nowNanoseconds: 10, counting: &figures))
            #expect(started.port != 0 && old.insert(started.port).inserted)
            let failed = before.abandon(timeout: started.timeout, nowNanoseconds: 11, counting: &figures)
            #expect(failed != nil)
        }
        var after = Pool(serverCount: 1, slotsPerServer: 2, generation: before.nextGeneration)
        for user: UInt32 in 1...2 {
            after.enqueue(load(user), server: 0)
            let new = try #require(after.start(server: 0, nowNanoseconds: 12, counting: &figures))
            #expect(!old.contains(new.port))
        }
        for port in old {
            let stale = after.finish(atPort: port, nowNanoseconds: 13, counting: &figures)
            #expect(stale == nil)
        }
    }

    @Test("the utilisation is the share of the connections' time that they carried requests")
    mutating func utilisation() {
        figures.ended(startedNanoseconds: 0, nowNanoseconds: 3_000_000)
        var metrics = Metrics()
        figures.report(as: "storepath", connectionCount: 4, elapsedNanoseconds: 10_000_000, into: &metrics)
        #expect(metrics["storepath.pool_utilisation"] == 75)
    }
}
