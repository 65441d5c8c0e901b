import Testing

@testable import Chat

@Suite("Write-ahead log")
struct WriteAheadLogTests {
    private static let records: [LogRecord] = [
        .mailbox(StorageBench.row(1)), .row(StoredRow(loginOf: UserID(3), epoch: 9, atNanoseconds: 1 << 40)),
        .batch([
            StoredRow(RowKey(.thread, partition: 5, place: 0)),
            StoredRow(RowKey(.groupMessage, partition: 5, place: 1)),
        ]), .drop(logicalShard: 7),
    ]

    @Test("what is appended is what is replayed, with its number")
    func replay() {
        var log = WriteAheadLog()
        for record in Self.records { log.append(record, segmentBytesMax: 100) }
        var replayed: [LogRecord] = []
        let damage = log.replay { record, number in
            #expect(number == replayed.count)
            replayed.append(record)
        }
        #expect(replayed == Self.records && damage == WriteAheadLog.Damage())
        #expect(log.wordCount == Self.records.reduce(0) { $0 + $1.wordCount } && log.segmentCount > 1)
    }

    @Test("a log that nobody reads counts as one that is kept, and takes no words")
    func counted() {
        var (kept, counted) = (WriteAheadLog(), WriteAheadLog(keepsRecords: false))
        for round in 0..<20 {
            for record in Self.records {
                #expect(
                    kept.append(record, segmentBytesMax: 500) == counted.append(record, segmentBytesMax: 500))
            }
            if round == 15 {
                kept.truncate(before: 30)
                counted.truncate(before: 30)
            }
            #expect(kept.nextRecord == counted.nextRecord && kept.sizeBytes == counted.sizeBytes)
            #expect(kept.segmentCount == counted.segmentCount && counted.wordCount == 0)
        }
        counted.corrupt(5)
        #expect(kept.segmentCount > 2 && kept.wordCount > 0)
    }
}
