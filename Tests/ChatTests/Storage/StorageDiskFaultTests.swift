import Testing

@testable import Chat

@Suite("Disks of storage servers")
struct StorageDiskFaultTests {
    private let client = Address(process: 5, port: 7)

    private func row(_ sequence: UInt32) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(
                    sender: UserID(2), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: sequence)),
                recipient: UserID(1), contentBytes: 10, sequence: sequence), isRecipients: true)
    }

    private func put(_ sequence: UInt32, _ server: inout StorageServer) -> [Effect] {
        var outbox = Outbox()
        server.receive(.put(row(sequence), epoch: 1), from: client, atPort: 0, nowNanoseconds: 0, outbox: &outbox)
        return outbox.effects
    }

    private func sync(_ server: inout StorageServer) -> [Effect] {
        var outbox = Outbox()
        server.synced(nowNanoseconds: 0, outbox: &outbox)
        return outbox.effects
    }

    private func restart(_ server: inout StorageServer) {
        var outbox = Outbox()
        server.restart(nowNanoseconds: 0, outbox: &outbox)
        server.restartShards(outbox: &outbox)
    }

    /// The places of the rows that the server has.
    private func places(_ server: StorageServer) -> [UInt64] {
        server.rows(ofLogicalShard: 1, limit: 100).filter { $0.table == .message }.map(\.place)
    }

    private func figure(_ name: String, _ server: StorageServer) -> UInt64? {
        var metrics = Metrics()
        server.report(into: &metrics)
        return metrics["storage.\(name)"]
    }

    @Test("a server that loses power in the middle of a sync has whole records or none, wherever the write was torn")
    func tornWrite() {
        var counts: Set<Int> = []
        for part: UInt64 in 0..<40 {
            var server = StorageServer()
            _ = put(1, &server)
            _ = put(2, &server)
            _ = put(3, &server)
            _ = sync(&server)  // The first record; now the sync of the other two is under way.
            server.tearWrite(part << 58 &+ part << 40)
            server.crash()
            restart(&server)
            let found = places(server)
            #expect(found == Array([1, 2, 3].prefix(found.count)) && (1...2).contains(found.count))
            counts.insert(found.count)
            // What is written from then on is not lost behind what was torn.
            _ = put(4, &server)
            _ = sync(&server)
            server.crash()
            restart(&server)
            #expect(places(server) == found + [4])
        }
        #expect(counts == [1, 2])
    }

    @Test("nothing is torn if nothing was being written")
    func nothingToTear() {
        var server = StorageServer()
        server.tearWrite(.max)
        server.crash()
        restart(&server)
        #expect(places(server).isEmpty && figure("torn_records", server) == 0)
    }

    @Test("what a disk had only in its cache is gone after a loss of power, and there after any other crash")
    func cachedWrites() {
        for losesPower in [false, true] {
            var server = StorageServer()
            _ = put(1, &server)
            _ = sync(&server)
            server.beginCaching()
            _ = put(2, &server)
            #expect(sync(&server).contains { if case .send(.putDone, _, _) = $0 { true } else { false } })
            if losesPower { server.loseCached() }
            server.crash()
            restart(&server)
            #expect(places(server) == (losesPower ? [1] : [1, 2]))
            #expect(figure("lost_records", server) == (losesPower ? 1 : 0))
            // The cache is gone with the crash.
            server.loseCached()
            #expect(places(server) == (losesPower ? [1] : [1, 2]))
        }
    }

    @Test(
        "without room on the disk a write is not answered, further ones are refused, and all goes on when there is room"
    )
    func fullDisk() {
        var server = StorageServer()
        #expect(put(1, &server) == [.sync(bytes: 58)])
        var outbox = Outbox()
        server.syncFailed(outbox: &outbox)
        #expect(
            outbox.effects == [
                .timer(StorageServer.roomToken, afterNanoseconds: StorageServer.roomWaitNanoseconds)
            ])
        #expect(put(2, &server).isEmpty)
        outbox.removeAll()
        server.receive(
            .scan(UserID(1), after: 0, limit: 9), from: client, atPort: 0, nowNanoseconds: 0, outbox: &outbox)
        #expect(outbox.effects.count == 1, "a full disk can be read")
        outbox.removeAll()
        server.fire(StorageServer.roomToken, nowNanoseconds: 0, outbox: &outbox)
        #expect(outbox.effects == [.sync(bytes: 58)])
        #expect(sync(&server).contains { if case .send(.putDone, _, _) = $0 { true } else { false } })
        #expect(put(3, &server) == [.sync(bytes: 58)])
        #expect(figure("failed_syncs", server) == 1 && figure("writes_without_room", server) == 1)
        _ = sync(&server)
        #expect(places(server) == [1, 3])
    }

    @Test("a bit that changes anywhere in the log is found at the restart, and the server does not come back")
    func corruption() {
        for part: UInt64 in 0..<64 {
            var server = StorageServer()
            for sequence: UInt32 in 1...3 {
                _ = put(sequence, &server)
                _ = sync(&server)
            }
            server.corrupt(part << 58 | part)
            server.crash()
            restart(&server)
            #expect(figure("corrupt_records", server) == 1)
            #expect(figure("torn_records", server) == 0)
            #expect(put(4, &server).isEmpty)
            #expect(places(server).count == 2)
        }
    }
}
