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
        server.receive(message, from: client, atPort: 0, outbox: &outbox)
        return outbox.effects
    }

    private func sync(_ server: inout StorageServer) -> [Effect] {
        var outbox = Outbox()
        server.synced(outbox: &outbox)
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
        server.restart()
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
        server.restart()
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
        var memstore = Memstore()
        for sequence: UInt32 in [3, 1, 2, 5, 4] { memstore.put(row(sequence)) }
        memstore.put(row(2, ordinal: 8))
        #expect(memstore.lastRows(of: UserID(1), limit: 2).map(\.record.sequence) == [4, 5])
        #expect(memstore.rows(of: UserID(1), after: 1, limit: 2).map(\.record.id.clientMessageID.ordinal) == [8, 0])
        #expect(memstore.head(of: UserID(1)) == 5 && memstore.head(of: UserID(9)) == 0)
    }
}
