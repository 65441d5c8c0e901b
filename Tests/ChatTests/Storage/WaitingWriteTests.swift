import Testing

@testable import Chat

@Suite("Storage: writes that wait")
struct WaitingWriteTests {
    private func done(_ sequence: UInt32) -> WireMessage {
        .putDone(UserID(1), sequence: sequence, epoch: 1, fenced: false)
    }

    @Test("a write waits while its region has too many files, others do not, and goes on after a compaction")
    func files() {
        var bench = StorageBench {
            $0.flushBytesMax = 200
            $0.blockingFilesMax = 3
        }
        for sequence: UInt32 in 1...3 { bench.put(StorageBench.row(sequence)) }
        while bench.files().count < 3 { bench.finishOne() }
        bench.nowNanoseconds = 10
        bench.receive(.put(StorageBench.row(4), epoch: 1))
        bench.receive(.put(StorageBench.row(1, of: 2), epoch: 1))
        #expect(bench.server.figures.waitedCount == 1 && bench.timers == [StorageServer.waitToken])
        bench.nowNanoseconds = 50
        bench.finish()
        #expect(bench.answers.last == done(4) && bench.places() == [1, 2, 3, 4])
        #expect(bench.server.figures.waitedNanoseconds == 40)
    }

    @Test("after the longest wait a write goes on in spite of the files")
    func endOfWait() {
        var bench = StorageBench {
            $0.flushBytesMax = 200
            $0.blockingFilesMax = 3
            $0.blockingWaitNanoseconds = 100
        }
        for sequence: UInt32 in 1...3 { bench.put(StorageBench.row(sequence)) }
        while bench.files().count < 3 { bench.finishOne() }
        bench.receive(.put(StorageBench.row(4), epoch: 1))
        bench.nowNanoseconds = 60
        bench.receive(.put(StorageBench.row(5), epoch: 1))
        let disk = bench.disk
        bench.nowNanoseconds = 100
        bench.act { $0.fire(StorageServer.waitToken, nowNanoseconds: $1, outbox: &$2) }
        #expect(bench.disk == disk + [.sync(bytes: 148)])
        #expect(bench.timers.count == 2 && bench.server.volatile.waiting.writes.count == 1)
    }

    @Test("writes wait while a region's memory is full, in their order, and are refused after the longest wait")
    func memory() {
        var bench = StorageBench {
            $0.flushBytesMax = 200
            $0.blockMultiplier = 2
            $0.blockingWaitNanoseconds = 100
        }
        /// Two writes of which the first is being flushed when the second is in memory.
        func fill(_ sequences: ClosedRange<UInt32>, epoch: UInt32) {
            for sequence in sequences { bench.receive(.put(StorageBench.row(sequence), epoch: epoch)) }
            bench.finishOne()
            bench.finishOne()
        }
        fill(1...2, epoch: 1)
        #expect(bench.server.volatile.memstoresBytes == 488)
        bench.receive(.put(StorageBench.row(3), epoch: 1))
        bench.receive(.load(UserID(1), epoch: 2, limit: 5))
        bench.finish()
        // The load fences off what comes after it, not what came before.
        #expect(
            bench.answers == [
                done(1), done(2), done(3), .row(StorageBench.row(1)), .row(StorageBench.row(2)),
                .row(StorageBench.row(3)), .rowsEnd(UserID(1), count: 3, head: 3),
            ])
        fill(4...5, epoch: 2)
        bench.receive(.put(StorageBench.row(6), epoch: 2))
        bench.nowNanoseconds = 100
        bench.act { $0.fire(StorageServer.waitToken, nowNanoseconds: $1, outbox: &$2) }
        bench.finish()
        #expect(bench.server.figures.refusedCount == 1 && bench.places() == [1, 2, 3, 4, 5])
    }
}
