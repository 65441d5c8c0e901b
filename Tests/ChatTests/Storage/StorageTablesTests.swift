import Testing

@testable import Chat

@Suite("Storage tables")
struct StorageTablesTests {
    private let client = Address(process: 5, port: 7)

    private func row(_ table: StorageTable, _ partition: UInt32, _ place: UInt64, number: UInt32 = 0) -> StoredRow {
        StoredRow(
            RowKey(table, partition: partition, place: place), first: place &* 3, second: .max, number: number,
            content: MessageContent(bytes: 20), flags: 0x7f)
    }

    /// Sends a request as the outbox of a client has it, and lets the server sync until nothing waits.
    private func ask(
        _ server: inout StorageServer, isSynced: Bool = true, _ request: (inout Outbox) -> Void
    ) -> (messages: [TablesMessage], rows: [StoredRow]) {
        var outbox = Outbox()
        request(&outbox)
        let sent = outbox.effects[0]
        var answer = Outbox()
        outbox.words.withUnsafeBufferPointer { words in
            switch sent {
            case .send(let message, _, _):
                server.receive(message, from: client, atPort: 2, nowNanoseconds: 0, outbox: &answer)
            case .sendAttached(let message, _, _, let first, let count):
                let attached = UnsafeBufferPointer(rebasing: words[Int(first)..<Int(first + count)])
                server.receive(message, words: attached, from: client, atPort: 2, nowNanoseconds: 0, outbox: &answer)
            default: Issue.record("a client sends requests, not \(sent)")
            }
        }
        while isSynced, !server.volatile.buffer.isEmpty { server.synced(nowNanoseconds: 0, outbox: &answer) }
        let messages = answer.effects.compactMap { effect -> TablesMessage? in
            switch effect {
            case .send(.tables(let message), client, 2), .sendAttached(.tables(let message), client, 2, _, _): message
            default: nil
            }
        }
        return (messages, answer.words.withUnsafeBufferPointer { TablesMessage.rows(in: $0) })
    }

    private func write(
        _ rows: [StoredRow], _ server: inout StorageServer, epoch: UInt32 = 0, isSynced: Bool = true
    ) -> [TablesMessage] {
        ask(&server, isSynced: isSynced) { $0.sendWrite(rows, request: 11, epoch: epoch, to: client) }.messages
    }

    private func scan(
        _ range: RowRange, _ server: inout StorageServer
    ) -> (messages: [TablesMessage], rows: [StoredRow]) {
        ask(&server, isSynced: false) { $0.send(.tables(.scan(request: 12, range)), to: client) }
    }

    private func restart(_ server: inout StorageServer) {
        var outbox = Outbox()
        server.restart(nowNanoseconds: 0, outbox: &outbox)
        #expect(outbox.effects.isEmpty)
    }

    @Test("a batch is answered once it is durable, and read by range in both directions")
    func writeAndScan() {
        var server = StorageServer()
        let rows = [5, 1, 9, 3].map { row(.groupMessage, 4, $0) }
        #expect(write(rows, &server, isSynced: false).isEmpty)
        #expect(scan(RowRange(.groupMessage, partition: 4, limit: 9), &server).rows == [])
        var outbox = Outbox()
        server.synced(nowNanoseconds: 0, outbox: &outbox)
        #expect(
            outbox.effects == [.send(.tables(.written(request: 11, isFenced: false)), to: client, fromPort: 2)])
        _ = write([row(.groupMessage, 3, 2), row(.thread, 3, 4)], &server)
        _ = write([row(.groupMessage, 5, 2)], &server)

        let all = scan(RowRange(.groupMessage, partition: 4, limit: 9), &server)
        #expect(all.rows.map(\.place) == [1, 3, 5, 9] && Set(all.rows) == Set(rows))
        #expect(all.messages == [.rows(request: 12, count: 4, isComplete: true, contentBytes: 80)])
        let back = scan(
            RowRange(.groupMessage, partition: 4, places: 2...9, limit: 2, isBackwards: true), &server)
        #expect(back.rows.map(\.place) == [9, 5])
        #expect(back.messages == [.rows(request: 12, count: 2, isComplete: false, contentBytes: 40)])
        #expect(scan(RowRange(.groupMessage, partition: 4, places: 6...8, limit: 2), &server).rows.isEmpty)
        #expect(scan(RowRange(.thread, partition: 4, limit: 2, isBackwards: true), &server).rows.isEmpty)
    }

    @Test("a row supersedes the one with its key, and a deletion hides it")
    func supersede() {
        var server = StorageServer()
        _ = write([row(.thread, 4, 1), row(.thread, 4, 2)], &server)
        _ = write(
            [row(.thread, 4, 1, number: 8), StoredRow(deleting: RowKey(.thread, partition: 4, place: 2))], &server)
        #expect(scan(RowRange(.thread, partition: 4, limit: 9), &server).rows == [row(.thread, 4, 1, number: 8)])
        server.crash()
        restart(&server)
        #expect(scan(RowRange(.thread, partition: 4, limit: 9), &server).rows == [row(.thread, 4, 1, number: 8)])
    }

    @Test("a header row raises the fence of its partition key at once, and it never goes down")
    func fencing() {
        var server = StorageServer()
        #expect(write([row(.thread, 4, 0, number: 3)], &server, epoch: 3, isSynced: false).isEmpty)
        let refused = TablesMessage.written(request: 11, isFenced: true)
        #expect(write([row(.groupMessage, 4, 1)], &server, epoch: 2, isSynced: false) == [refused])
        _ = write([row(.thread, 4, 0, number: 1)], &server, epoch: 4)
        #expect(write([row(.groupMessage, 4, 1)], &server, epoch: 2) == [refused])
        server.crash()
        restart(&server)
        #expect(write([row(.groupMessage, 4, 1)], &server, epoch: 2) == [refused])
        #expect(write([row(.message, 4, 1)], &server, epoch: 1) == [.written(request: 11, isFenced: false)])
        #expect(scan(RowRange(.groupMessage, partition: 4, limit: 9), &server).rows.isEmpty)
    }

    @Test("after a crash all rows of a batch are there, or none")
    func tornBatch() {
        let rows = [row(.user, 6, 0), row(.message, 6, 1), row(.messageIndex, 6, 2)]
        for wordCount in 0...20 {
            var server = StorageServer()
            _ = write([row(.message, 6, 9)], &server)
            server.crash()
            server.durable.log.appendTorn(.batch(rows), wordCount: wordCount)
            restart(&server)
            #expect(server.rows(ofLogicalShard: 6, limit: 9) == [row(.message, 6, 9)])
        }
        var server = StorageServer()
        server.durable.log.append(.batch(rows))
        restart(&server)
        #expect(server.rows(ofLogicalShard: 6, limit: 9) == rows)
    }

    @Test("the rows of a logical shard can be read in pieces, and dropped for good")
    func shards() {
        var server = StorageServer()
        _ = write([row(.user, 6, 0, number: 2), row(.message, 6, 1)], &server)
        _ = write([row(.message, 1006, 1), row(.message, 1006, 2)], &server)
        _ = write([row(.thread, 6, 1)], &server)
        _ = write([row(.message, 7, 1)], &server)
        let all = server.rows(ofLogicalShard: 6, limit: 100)
        #expect(all.map(\.partition) == [6, 6, 1006, 1006, 6])
        let first = server.rows(ofLogicalShard: 6, limit: 3)
        #expect(first + server.rows(ofLogicalShard: 6, notBefore: all[3].key, limit: 100) == all)

        var outbox = Outbox()
        server.dropRows(ofLogicalShard: 6, outbox: &outbox)
        #expect(outbox.effects == [.sync(bytes: 48)])
        #expect(server.rows(ofLogicalShard: 6, limit: 100) == all)
        server.synced(nowNanoseconds: 0, outbox: &outbox)
        server.crash()
        restart(&server)
        #expect(server.rows(ofLogicalShard: 6, limit: 100).isEmpty)
        #expect(server.rows(ofLogicalShard: 7, limit: 100).count == 1)
        #expect(write([row(.message, 6, 1)], &server, epoch: 1) == [.written(request: 11, isFenced: false)])
    }
}
