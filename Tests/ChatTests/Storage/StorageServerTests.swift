import Testing

@testable import Chat

@Suite("Storage server")
struct StorageServerTests {
    private let client = Address(process: 5, port: 7)

    private func row(_ sequence: UInt32, ordinal: UInt32 = 0) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(sender: UserID(2), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
                recipient: UserID(1), contentBytes: 10, sequence: sequence), isRecipients: true)
    }

    private func receive(_ message: WireMessage, _ server: inout StorageServer) -> [Effect] {
        var outbox = Outbox()
        server.receive(message, from: client, atPort: 0, nowNanoseconds: 7_000, outbox: &outbox)
        return outbox.effects
    }

    private func sync(_ server: inout StorageServer) -> [Effect] {
        var outbox = Outbox()
        server.synced(nowNanoseconds: 7_000, outbox: &outbox)
        return outbox.effects
    }

    private func answers(_ effects: [Effect]) -> [WireMessage] {
        effects.compactMap { if case .send(let message, _, _) = $0 { message } else { nil } }
    }

    @Test("a write is answered once it is on the disk, not before")
    func writeAheadLog() {
        var server = StorageServer()
        #expect(receive(.put(row(1), epoch: 1), &server) == [.sync(bytes: 58)])
        #expect(
            answers(receive(.scan(UserID(1), after: 0, limit: 10), &server)) == [
                .rowsEnd(UserID(1), count: 0, head: 0)
            ])
        #expect(answers(sync(&server)) == [.putDone(UserID(1), sequence: 1, epoch: 1, fenced: false)])
        #expect(
            answers(receive(.scan(UserID(1), after: 0, limit: 10), &server)) == [
                .row(row(1)), .rowsEnd(UserID(1), count: 1, head: 1),
            ])
    }

    @Test("writes that come during a sync share the next one")
    func groupCommit() {
        var server = StorageServer()
        _ = receive(.put(row(1), epoch: 1), &server)
        #expect(receive(.put(row(2), epoch: 1), &server).isEmpty)
        #expect(receive(.put(row(3), epoch: 1), &server).isEmpty)
        #expect(sync(&server).contains(.sync(bytes: 116)))
        #expect(answers(sync(&server)).count == 2)
    }

    @Test("a crash loses what was not synced and nothing else")
    func crash() {
        var server = StorageServer()
        _ = receive(.put(row(1), epoch: 1), &server)
        _ = sync(&server)
        _ = receive(.put(row(2), epoch: 1), &server)
        server.crash()
        restart(&server)
        #expect(
            answers(receive(.scan(UserID(1), after: 0, limit: 10), &server)) == [
                .row(row(1)), .rowsEnd(UserID(1), count: 1, head: 1),
            ])
    }

    @Test("a mailbox that was loaded by a later life refuses writes of an earlier one, even after a crash")
    func fencing() {
        var server = StorageServer()
        _ = receive(.load(UserID(1), epoch: 2, limit: 10), &server)
        let refusal = WireMessage.putDone(UserID(1), sequence: 1, epoch: 1, fenced: true)
        #expect(answers(receive(.put(row(1), epoch: 1), &server)) == [refusal])
        #expect(answers(sync(&server)) == [.rowsEnd(UserID(1), count: 0, head: 0)])
        server.crash()
        restart(&server)
        #expect(answers(receive(.put(row(1), epoch: 1), &server)) == [refusal])
    }

    @Test("a load waits behind the writes that came before it")
    func loadSeesEarlierWrites() {
        var server = StorageServer()
        _ = receive(.put(row(1), epoch: 1), &server)
        #expect(answers(receive(.load(UserID(1), epoch: 2, limit: 10), &server)).isEmpty)
        _ = sync(&server)
        #expect(answers(sync(&server)) == [.row(row(1)), .rowsEnd(UserID(1), count: 1, head: 1)])
    }

    @Test("a load gives the last rows, a scan those after a place")
    func pages() {
        var server = StorageServer()
        for sequence: UInt32 in [3, 1, 2, 5, 4] { write(row(sequence), &server) }
        write(row(2, ordinal: 8), &server)
        #expect(
            answers(receive(.scan(UserID(1), after: 1, limit: 2), &server)) == [
                .row(row(2, ordinal: 8)), .row(row(3)), .rowsEnd(UserID(1), count: 2, head: 5),
            ])
        _ = receive(.load(UserID(1), epoch: 1, limit: 2), &server)
        #expect(answers(sync(&server)) == [.row(row(4)), .row(row(5)), .rowsEnd(UserID(1), count: 2, head: 5)])
        _ = receive(.load(UserID(9), epoch: 1, limit: 2), &server)
        #expect(answers(sync(&server)) == [.rowsEnd(UserID(9), count: 0, head: 0)])
    }

    @Test("a message goes with its place in the index and the last message of its sender; a load with the last login")
    func otherTables() {
        var server = StorageServer()
        _ = receive(.load(UserID(1), epoch: 3, limit: 2), &server)
        _ = sync(&server)
        write(row(1, ordinal: 4), &server)
        write(row(2, ordinal: 5), &server)
        // The first write comes again, late.
        write(row(1, ordinal: 4), &server)
        let rows = server.rows(ofLogicalShard: 1, limit: 100)
        #expect(rows.map(\.table) == [.user, .message, .message, .messageIndex, .messageIndex, .recentContacts])
        #expect(rows[0].first == 7_000 && rows[0].number == 3)
        #expect(rows[1...2].map(\.mailboxRow) == [row(1, ordinal: 4), row(2, ordinal: 5)])
        #expect(rows[3].place == row(1, ordinal: 4).record.id.rawValue && rows[3].number == 1)
        #expect(rows[4].place == row(2, ordinal: 5).record.id.rawValue && rows[4].number == 2)
        #expect(rows[5].place == 2 && rows[5].first == row(2, ordinal: 5).record.id.rawValue && rows[5].number == 2)
    }

    @Test("a message whose record is torn is there in none of the tables after a restart")
    func tornMessage() {
        for wordCount in 0...10 {
            var server = StorageServer()
            write(row(1), &server)
            let before = server.rows(ofLogicalShard: 1, limit: 100)
            server.crash()
            server.durable.log.appendTorn(.mailbox(row(2, ordinal: 1)), wordCount: wordCount)
            restart(&server)
            #expect(server.rows(ofLogicalShard: 1, limit: 100) == before)
            // What is written from then on is not lost behind the torn record.
            write(row(2, ordinal: 2), &server)
            server.crash()
            restart(&server)
            #expect(answers(receive(.scan(UserID(1), after: 1, limit: 2), &server)).first == .row(row(2, ordinal: 2)))
        }
    }

    private func restart(_ server: inout StorageServer) {
        var outbox = Outbox()
        server.restart(nowNanoseconds: 7_000, outbox: &outbox)
        #expect(outbox.effects.isEmpty)
    }

    private func write(_ row: MailboxRow, _ server: inout StorageServer) {
        _ = receive(.put(row, epoch: 9), &server)
        _ = sync(&server)
    }
}
