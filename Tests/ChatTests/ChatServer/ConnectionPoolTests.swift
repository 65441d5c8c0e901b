import Testing

@testable import Chat

@Suite("Connection pool")
struct ConnectionPoolTests {
    private func load(_ user: UInt32) -> ConnectionPool.Attempt { .init(request: .load(UserID(user))) }

    @Test("each connection carries one request; the rest wait in order")
    func queue() {
        var pool = ConnectionPool(storageServerCount: 2, slotsPerServer: 1, epoch: 1)
        for user: UInt32 in 1...3 { pool.enqueue(load(user), server: 0) }
        let first = pool.start(server: 0)
        #expect(first?.attempt.request == .load(UserID(1)) && first?.attempt.count == 1)
        let whileBusy = pool.start(server: 0)
        let elsewhere = pool.start(server: 1)
        #expect(whileBusy == nil && elsewhere == nil)
        let finished = pool.finish(atPort: first?.port ?? 0)
        #expect(finished?.request == .load(UserID(1)))
        let second = pool.start(server: 0)
        #expect(second?.attempt.request == .load(UserID(2)))
    }

    @Test("an answer to a connection that was given up is no answer")
    func abandoned() throws {
        var pool = ConnectionPool(storageServerCount: 1, slotsPerServer: 1, epoch: 1)
        pool.enqueue(load(1), server: 0)
        let started = pool.start(server: 0)
        let first = try #require(started)
        let abandoned = pool.abandon(1, atPort: first.port)
        let attempt = try #require(abandoned)
        let late = pool.finish(atPort: first.port)
        #expect(late == nil)
        let number = pool.park(attempt)
        let unparked = pool.unpark(number)
        pool.enqueue(try #require(unparked), server: 0)
        let unparkedAgain = pool.unpark(number)
        #expect(unparkedAgain == nil)
        let restarted = pool.start(server: 0)
        let second = try #require(restarted)
        #expect(second.attempt.count == 2 && second.port != first.port)
        let finished = pool.finish(atPort: second.port)
        #expect(finished != nil)
        let tooLate = pool.abandon(2, atPort: second.port)
        #expect(tooLate == nil, "it was answered in time")
    }

    @Test("a restarted server's connections have other ports")
    func epochs() throws {
        var before = ConnectionPool(storageServerCount: 1, slotsPerServer: 1, epoch: 1)
        var after = ConnectionPool(storageServerCount: 1, slotsPerServer: 1, epoch: 2)
        before.enqueue(load(1), server: 0)
        after.enqueue(load(1), server: 0)
        let old = before.start(server: 0)?.port ?? 0
        let new = after.start(server: 0)?.port ?? 0
        #expect(old != new && old != 0 && new != 0)
        let stale = after.finish(atPort: old)
        #expect(stale == nil)
    }
}
