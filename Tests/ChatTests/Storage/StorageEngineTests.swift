import Testing

@testable import Chat

/// The engine as a whole, against what a plain table would hold.
@Suite("Storage: engine")
struct StorageEngineTests {
    private func configured() -> StorageBench {
        StorageBench {
            $0.flushBytesMax = 2000
            $0.diskChunkBytesMax = 700
            $0.logSegmentBytesMax = 1500
            $0.logSegmentsMax = 4
            $0.compactionFilesMax = 4
            $0.flushAgeNanoseconds = 900
            $0.majorPeriodNanoseconds = 150
            $0.blockingFilesMax = 5
        }
    }

    @Test(
        "with flushes, compactions and crashes at any time, reads are those of a plain table of what was answered",
        arguments: 1...12 as ClosedRange<UInt64>)
    func againstPlainTable(seed: UInt64) {
        var random = JitterGenerator(seed: seed)
        var bench = configured()
        var sent: [UInt32: UInt32] = [:]
        var confirmed: [UInt32: UInt32] = [:]
        for step in 0..<2000 {
            bench.nowNanoseconds += random.below(5)
            let user = UInt32(random.below(4)) * 500
            switch random.below(10) {
            case 0...3:
                // One write of a mailbox is under way at a time, as chat servers do; one that was lost is repeated.
                let place = (confirmed[user] ?? 0) + 1
                sent[user] = place
                bench.receive(
                    .put(StorageBench.row(place, of: user, contentBytes: UInt32(random.below(300))), epoch: 1))
            case 4...7: bench.finishOne()
            case 8 where step % 17 == 0:
                bench.crashAndRestart()
            default:
                let places = bench.places(of: user)
                #expect(places == places.indices.map { UInt32($0) + 1 })
                #expect(places.count >= confirmed[user] ?? 0 && places.count <= sent[user] ?? 0)
            }
            for case .putDone(let user, let sequence, _, false) in bench.answers {
                confirmed[user.rawValue] = max(confirmed[user.rawValue] ?? 0, sequence)
            }
        }
        bench.finish()
        for user: UInt32 in [0, 500, 1000, 1500] {
            let places = bench.places(of: user)
            #expect(places.count >= confirmed[user] ?? 0)
            // Each message has its row in the index, and the contact is the last of them: what a request wrote is there as a whole.
            let rows = bench.server.rows(ofLogicalShard: user % 1000, limit: 100_000).filter { $0.partition == user }
            let index = rows.filter { $0.table == .messageIndex }
            #expect(index.map(\.number) == places)
            #expect(rows.last { $0.table == .recentContacts }?.number == places.last)
        }
        // All of it happened.
        let figures = bench.server.figures
        #expect(figures.flushCounts.reduce(0, +) > 0, "\(figures)")
        #expect(figures.minorCompactionCount > 0 && figures.majorCompactionCount > 0, "\(figures)")
        #expect(figures.replayedCount > 0 && figures.droppedFileCount > 0, "\(figures)")
    }

    @Test("a long run holds what it stores and no more: the log is truncated, and superseded rows go")
    func noGrowth() {
        var bench = StorageBench {
            $0.flushBytesMax = 20_000
            $0.logSegmentBytesMax = 10_000
            $0.logSegmentsMax = 8
        }
        /// Rows in memory and files, records of the log, and files.
        func held() -> (rows: Int, words: Int, files: Int) {
            let memory = bench.server.volatile.regions.values.reduce(0) { $0 + $1.memstore.count }
            return (
                memory + bench.files().reduce(0) { $0 + $1.rows.count }, bench.server.durable.log.wordCount,
                bench.files().count
            )
        }
        // The same 50 places again and again: what is stored does not grow.
        for round in 0..<200 {
            for sequence: UInt32 in 1...50 { bench.put(StorageBench.row(sequence)) }
            bench.finish()
            guard round >= 20 else { continue }
            let held = held()
            // 101 rows, once in each file and in memory; a log of eight segments and what the flush of the oldest lets it grow by.
            #expect(held.files <= 6 && held.rows <= 101 * (held.files + 1) && held.words <= 5 * (9 * 10_148 / 148))
        }
        #expect(bench.server.figures.supersededCount > 10 * 101)
        #expect(bench.server.durable.unfinishedFiles.isEmpty)
        #expect(bench.places().count == 50)
    }
}
