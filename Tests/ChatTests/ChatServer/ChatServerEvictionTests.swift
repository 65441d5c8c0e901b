import Testing

@testable import Chat

private typealias Bench = ChatServerBench

@Suite("Chat server: mailboxes in memory")
struct ChatServerEvictionTests {
    @Test("a device that is connected from the start has its mailbox loaded with its first message")
    func loadsOnDemand() {
        var bench = Bench()
        let phone = Bench.device(0)
        bench.server.openAtStart(phone, at: Bench.address(phone))
        #expect(bench.server.connectionCount == 1)
        bench.submit(Bench.message(0, from: 0, to: 2))
        #expect(bench.storageRequests.map(\.0) == [.load(UserID(0), epoch: 1, limit: 64)])
        #expect(bench.sent(to: Bench.address(phone)).isEmpty)
        bench.sendRows([], of: phone.user, port: bench.storageRequests[0].port)
        guard case .accepted(_, sequence: 1, _)? = bench.sent(to: Bench.address(phone)).first else {
            Issue.record("the message is not accepted")
            return
        }
    }

    @Test("a device that is not connected is told so at once, loaded or not")
    func unconnected() {
        var bench = Bench()
        let phone = Bench.device(0)
        bench.submit(Bench.message(0, from: 0, to: 2))
        #expect(bench.sent(to: Bench.address(phone)) == [.reset(phone)] && bench.storageRequests.isEmpty)
    }

    @Test("mailboxes beyond the limit go, the oldest first, once all their rows are stored")
    func evicts() {
        var bench = Bench(mailboxesMax: 2)
        for user: UInt32 in [0, 2, 4] {
            let phone = Bench.device(user)
            bench.server.openAtStart(phone, at: Bench.address(phone))
            bench.receive(.forward(Bench.message(user, from: 1, to: user)), from: Bench.other)
            bench.sendRows([], of: phone.user, port: bench.storageRequests[0].port)
        }
        #expect(bench.server.volatile.mailboxes.count == 3, "no row is stored yet")
        let puts = bench.storageRequests
        #expect(puts.count == 1)
        bench.receive(
            .putDone(UserID(4), sequence: 1, epoch: 1, fenced: false), from: Bench.storage, port: puts[0].port)
        #expect(Set(bench.server.volatile.mailboxes.keys) == [UserID(0), UserID(2)], "the others have something to do")
    }
}
