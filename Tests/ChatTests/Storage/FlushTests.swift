import Testing

@testable import Chat

@Suite("Storage: flushes")
struct FlushTests {
    /// A message of 100 bytes takes 148 bytes, its row in the index 48, the contact 48 once.
    private static let firstBytes: UInt64 = 244
    private static let nextBytes: UInt64 = 196

    @Test("a memstore is written to a file once it is large, in chunks, and read meanwhile and afterwards")
    func bySize() {
        var bench = StorageBench {
            $0.flushBytesMax = 600
            $0.diskChunkBytesMax = 300
        }
        bench.put(StorageBench.row(1))
        bench.put(StorageBench.row(2))
        #expect(bench.disk.isEmpty)
        bench.put(StorageBench.row(3))
        #expect(bench.disk == [.write(DiskToken.flush.rawValue, bytes: 300, readBytes: 0)])
        #expect(bench.places() == [1, 2, 3] && bench.files().isEmpty)
        // A write that comes meanwhile is in the next memstore.
        bench.put(StorageBench.row(4))
        #expect(bench.places() == [1, 2, 3, 4])
        bench.finish()
        #expect(bench.files().map(\.rows.count) == [7] && bench.flushes(.size) == 1)
        #expect(bench.server.figures.flushedBytes == Self.firstBytes + 2 * Self.nextBytes)
        #expect(bench.server.volatile.memstoresBytes == Self.firstBytes)
        #expect(bench.places() == [1, 2, 3, 4])
        bench.crashAndRestart()
        #expect(bench.places() == [1, 2, 3, 4] && bench.server.figures.replayedCount == 1)
    }

    @Test("a crash in the middle of a flush drops the file, and the log has everything")
    func crashInFlush() {
        for finished in 0..<8 {
            var bench = StorageBench {
                $0.flushBytesMax = 600
                $0.diskChunkBytesMax = 100
            }
            for sequence: UInt32 in 1...3 { bench.put(StorageBench.row(sequence)) }
            for _ in 0..<finished { bench.finishOne() }
            let isWhole = finished == 7
            bench.crashAndRestart()
            #expect(bench.server.figures.droppedFileCount == (isWhole ? 0 : 1))
            #expect(bench.server.figures.replayedCount == (isWhole ? 0 : 3))
            #expect(bench.places() == [1, 2, 3])
            // The restarted server finds the memstore large, and flushes it.
            bench.finish()
            #expect(bench.files().count == 1 && bench.places() == [1, 2, 3])
        }
    }

    @Test("an old memstore is flushed when the server next handles something, whatever that is")
    func byAge() {
        var bench = StorageBench { $0.flushAgeNanoseconds = 1000 }
        bench.put(StorageBench.row(1))
        bench.nowNanoseconds = 600
        bench.put(StorageBench.row(1, of: 2))
        bench.put(StorageBench.row(2))
        bench.nowNanoseconds = 999
        #expect(bench.places() == [1, 2] && bench.disk.isEmpty)
        bench.nowNanoseconds = 1000
        #expect(bench.places() == [1, 2])
        bench.finish()
        #expect(bench.files().count == 1 && bench.files(of: 2).isEmpty && bench.flushes(.age) == 1)
        #expect(bench.timers.isEmpty)
        bench.nowNanoseconds = 1600
        _ = bench.places()
        bench.finish()
        #expect(bench.files(of: 2).count == 1 && bench.server.volatile.memstoresBytes == 0)
    }

    @Test("a long log has the oldest memstore flushed until it can be truncated, and is empty once all is flushed")
    func byLog() {
        var bench = StorageBench {
            $0.logSegmentBytesMax = 148
            $0.logSegmentsMax = 3
        }
        bench.put(StorageBench.row(1))
        bench.put(StorageBench.row(1, of: 2))
        bench.put(StorageBench.row(2))
        #expect(bench.server.durable.log.segmentCount == 3 && bench.disk.isEmpty)
        bench.put(StorageBench.row(2, of: 2))
        bench.finish()
        // The log began with the first user's; the second user's keep it from there on.
        #expect(bench.files().count == 1 && bench.files(of: 2).isEmpty && bench.flushes(.log) == 1)
        #expect(bench.server.durable.log.segmentCount == 3)
        bench.put(StorageBench.row(3, of: 2))
        bench.finish()
        #expect(bench.files(of: 2).count == 1 && bench.server.durable.log.sizeBytes == 0)
        bench.crashAndRestart()
        #expect(bench.places() == [1, 2] && bench.places(of: 2) == [1, 2, 3])
        #expect(bench.server.figures.replayedCount == 0)
        // The numbers of records go on.
        bench.put(StorageBench.row(3))
        bench.crashAndRestart()
        #expect(bench.places() == [1, 2, 3])
    }

    @Test("the largest memstore is flushed when all of them take much of the heap, and writes wait beyond its share")
    func byHeap() {
        var bench = StorageBench {
            $0.heapBytes = 2000
            $0.memstoresPartsPerBillion = 500_000_000
            $0.flushFromPartsPerBillion = 900_000_000
        }
        bench.put(StorageBench.row(1))
        bench.put(StorageBench.row(1, of: 2))
        bench.put(StorageBench.row(2, of: 2))
        #expect(bench.disk.isEmpty)
        bench.put(StorageBench.row(1, of: 3))
        #expect(bench.disk == [.write(DiskToken.flush.rawValue, bytes: 440, readBytes: 0)])
        bench.receive(.put(StorageBench.row(1, of: 4, contentBytes: 1000), epoch: 1))
        bench.finish()
        #expect(bench.files(of: 2).count == 1)
        // The large one was flushed as well.
        #expect(bench.files(of: 4).count == 1 && bench.flushes(.heap) == 2)
        #expect(bench.server.volatile.memstoresBytes == 2 * Self.firstBytes)
    }

    @Test("rows of a shard that is dropped while it is flushed do not come back")
    func dropInFlush() {
        var bench = StorageBench {
            $0.flushBytesMax = 400
            $0.diskChunkBytesMax = 100
        }
        bench.put(StorageBench.row(1))
        bench.put(StorageBench.row(2))
        bench.finishOne()
        bench.act { server, _, outbox in server.dropRows(ofLogicalShard: 1, outbox: &outbox) }
        bench.finish()
        #expect(bench.places().isEmpty && bench.files().isEmpty && bench.server.volatile.memstoresBytes == 0)
        bench.put(StorageBench.row(7))
        bench.crashAndRestart()
        #expect(bench.places() == [7])
    }
}
