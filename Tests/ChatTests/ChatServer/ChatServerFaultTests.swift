import Testing

@testable import Chat

@Suite("Chat server: faults of its disk and its connections")
struct ChatServerFaultTests {
    private let phone = ChatServerBench.device(0)
    private let message = ChatServerBench.message(0, from: 0, to: 1)

    @Test("without room for the log nothing is acknowledged; it is tried again after a while")
    func fullDisk() {
        var bench = ChatServerBench(.afterLog)
        bench.connect(phone)
        bench.submit(message)
        var outbox = Outbox()
        bench.server.syncFailed(outbox: &outbox)
        let token = TimerToken(kind: ChatServer.TimerKind.roomOnDisk.rawValue, value: 0)
        #expect(outbox.effects == [.timer(token, afterNanoseconds: ChatServer.roomWaitNanoseconds)])
        outbox.removeAll()
        bench.server.fire(token, nowNanoseconds: 50, outbox: &outbox)
        #expect(outbox.effects == [.sync(bytes: 58)])
        bench.sync()
        #expect(bench.sent(to: ChatServerBench.address(phone)).count == 1)
    }

    @Test("of rows that were being logged when the power failed, the first are there after the restart")
    func tornWrite() {
        for (draw, logged) in [(UInt64(0), 0), (.max / 4 * 3, 1)] {
            var bench = ChatServerBench(.afterLog)
            bench.connect(phone)
            bench.submit(ChatServerBench.message(0, from: 0, to: 1))
            bench.submit(ChatServerBench.message(1, from: 0, to: 1))
            bench.submit(ChatServerBench.message(2, from: 0, to: 1))
            bench.sync()  // The first row; the other two are being written now.
            bench.server.tearWrite(draw)
            bench.server.crash()
            bench.server.restart(jitterSeed: 1, nowNanoseconds: 0, outbox: &bench.outbox)
            #expect(bench.server.durable.log.numberedRows.count == 1 + logged)
        }
    }

    @Test("what a disk had only in its cache is gone after a loss of power")
    func cachedWrites() {
        var bench = ChatServerBench(.afterLog)
        bench.connect(phone)
        bench.server.beginCaching()
        bench.submit(message)
        bench.sync()
        #expect(bench.server.durable.log.numberedRows.count == 1)
        bench.server.loseCached()
        bench.server.crash()
        #expect(bench.server.durable.log.numberedRows.isEmpty)
    }

    @Test("connections that break are gone at once; devices are told of it, or believe that theirs lives")
    func broken() {
        for tells in [true, false] {
            var bench = ChatServerBench()
            for user: UInt32 in [0, 2, 4] { bench.connect(ChatServerBench.device(user)) }
            let phone = ChatServerBench.device(2)
            var outbox = Outbox()
            bench.server.breakConnections(
                where: { $0 == ChatServerBench.address(phone) }, tells: tells, nowNanoseconds: 5, outbox: &outbox)
            #expect(bench.server.connectionCount == 2)
            bench.effects = outbox.effects
            #expect(bench.sent(to: ChatServerBench.address(phone)) == (tells ? [.reset(phone)] : []))
            bench.receive(.heartbeat(phone), from: ChatServerBench.address(phone))
            #expect(bench.sent(to: ChatServerBench.address(phone)) == [.reset(phone)])
        }
    }
}
