import Testing

@testable import Chat

@Suite("Storage: compactions")
struct CompactionTests {
    /// The configuration of the choices below: files of up to 10 bytes may always be compacted.
    private static var configuration: StorageConfiguration {
        var configuration = StorageConfiguration()
        configuration.flushBytesMax = 10
        return configuration
    }

    /// With ratio 1.2, at least 3 files and at most 10.
    @Test(
        "files are chosen as HBase chooses them",
        arguments: [
            ([50, 50], nil), ([50, 50, 50], 0..<3), ([200, 50, 50, 50], 1..<4), ([180, 50, 50, 50], 0..<4),
            ([1000, 500, 120, 50, 50], 2..<5), ([1000, 400, 160, 60, 20], nil), ([5, 5, 5], 0..<3),
            ([10, 1, 1, 1], 0..<4), ([11, 1, 1, 1], 1..<4),
            (Array(repeating: 50, count: 14), 0..<10),
            // So many that writes wait: some must go, whatever their sizes.
            ((0..<16).map { 1 << (40 - 2 * $0) }, 13..<16),
        ] as [([UInt64], Range<Int>?)])
    func selection(sizes: [UInt64], chosen: Range<Int>?) {
        #expect(CompactionPolicy.select(sizesBytes: sizes, configuration: Self.configuration) == chosen)
    }

    private func bench() -> StorageBench {
        StorageBench {
            $0.flushBytesMax = 200
            $0.diskChunkBytesMax = 1000
        }
    }

    @Test("three files become one: what was superseded is left out, and bytes are read and written")
    func minor() {
        var bench = bench()
        for sequence: UInt32 in 1...3 {
            bench.put(StorageBench.row(sequence))
            bench.finish()
        }
        // Three messages, three index rows, one contact of three.
        #expect(bench.files().map(\.rows.count) == [7] && bench.server.figures.supersededCount == 2)
        #expect(bench.server.figures.minorCompactionCount == 1 && bench.server.figures.fileCount == 4)
        #expect(bench.server.figures.flushedBytes == 3 * 244)
        #expect(bench.server.figures.compactedBytes == 3 * 244 - 2 * 48)
        #expect(bench.places() == [1, 2, 3])
        bench.crashAndRestart()
        #expect(bench.places() == [1, 2, 3])
    }

    @Test("a crash in the middle of a compaction loses nothing, and it begins again")
    func crashInCompaction() {
        var bench = bench()
        for sequence: UInt32 in 1...3 { bench.put(StorageBench.row(sequence)) }
        while bench.server.volatile.compaction == nil { bench.finishOne() }
        bench.crashAndRestart()
        #expect(bench.server.figures.droppedFileCount == 1)
        #expect(bench.files().count == 3 && bench.places() == [1, 2, 3])
        bench.finish()
        #expect(bench.files().count == 1 && bench.places() == [1, 2, 3])
    }

    @Test("a deleted row stays deleted, until the oldest file is compacted and nothing of it remains")
    func deletion() {
        var bench = bench()
        let keys = (1...2).map { RowKey(.thread, partition: 1, place: $0) }
        func write(_ row: StoredRow, _ bench: inout StorageBench) {
            var outbox = Outbox()
            outbox.sendWrite([row], request: 0, epoch: 0, to: StorageBench.client)
            guard case .sendAttached(let message, _, _, _, _) = outbox.effects[0] else { return }
            bench.act { server, now, answer in
                outbox.words.withUnsafeBufferPointer {
                    server.receive(
                        message, words: $0, from: StorageBench.client, atPort: 0, nowNanoseconds: now,
                        outbox: &answer)
                }
            }
            bench.finish()
        }
        write(StoredRow(keys[0], content: MessageContent(bytes: 200)), &bench)
        write(StoredRow(keys[1], content: MessageContent(bytes: 200)), &bench)
        write(StoredRow(deleting: keys[0]), &bench)
        #expect(bench.server.rows(ofLogicalShard: 1, limit: 9).map(\.key) == [keys[1]])
        #expect(bench.server.row(at: keys[0]) == nil)
        bench.put(StorageBench.row(1))
        bench.finish()
        #expect(bench.files().count == 1 && bench.files()[0].rows.row(at: keys[0]) == nil)
        #expect(bench.server.rows(ofLogicalShard: 1, limit: 9).map(\.table).last == .thread)
    }

    @Test("once in a period all files become one, however few")
    func major() {
        var bench = StorageBench {
            $0.flushBytesMax = 200
            $0.majorPeriodNanoseconds = 1000
        }
        bench.put(StorageBench.row(1))
        bench.put(StorageBench.row(2))
        bench.finish()
        #expect(bench.files().count == 2)
        bench.nowNanoseconds = 499
        #expect(bench.places() == [1, 2] && bench.disk.isEmpty)
        bench.nowNanoseconds = 1500
        _ = bench.places()
        bench.finish()
        #expect(bench.files().map(\.isMajor) == [true] && bench.server.figures.majorCompactionCount == 1)
        // A second one of the same file would change nothing.
        bench.nowNanoseconds = 3000
        #expect(bench.places() == [1, 2] && bench.disk.isEmpty)
    }
}
