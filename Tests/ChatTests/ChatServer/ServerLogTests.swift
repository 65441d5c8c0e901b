import Testing

@testable import Chat

@Suite("Chat server: log and mailbox")
struct ServerLogTests {
    private func record(_ ordinal: UInt32) -> MessageRecord {
        MessageRecord(
            id: MessageID(sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
            recipient: UserID(2), contentBytes: 1)
    }

    @Test("a record is dropped when it and those before it are finished")
    func truncation() {
        var log = ServerLog()
        let sent = log.append(MailboxRow(record: record(0), isRecipients: false))
        let received = log.append(MailboxRow(record: record(1), isRecipients: true))
        let steps = [received, sent, sent].map { (isLast: log.progress($0), left: log.numberedRows.count) }
        #expect(steps.map(\.isLast) == [true, false, true], "a sender's row must be stored and forwarded")
        #expect(steps.map(\.left) == [2, 2, 0])
    }

    @Test("after a restart everything that is not dropped must be done again")
    func forgets() {
        var log = ServerLog()
        let sent = log.append(MailboxRow(record: record(0), isRecipients: false))
        var steps = [log.progress(sent)]
        log.forgetProgress()
        steps += [sent, sent].map { log.progress($0) }
        #expect(steps == [false, false, true] && log.numberedRows.isEmpty)
    }

    @Test("a mailbox gives places in order, finds rows, and keeps what the storage does not have")
    func mailbox() {
        var mailbox = Mailbox(owner: UserID(1), storedRows: [], head: 40)
        for ordinal: UInt32 in 0..<10 {
            let row = mailbox.append(record(ordinal), isRecipients: false)
            #expect(row.record.sequence == 41 + ordinal)
        }
        #expect(mailbox.row(of: record(3).id)?.record.sequence == 44)
        #expect(mailbox.row(at: 40) == nil && mailbox.row(at: 50)?.record.id == record(9).id)
        #expect(mailbox.hasRows(after: 40) && !mailbox.hasRows(after: 39) && mailbox.hasRows(after: 50))
        mailbox.trim(keeping: 4)
        #expect(mailbox.rows.count == 10)
        mailbox.committedHead = 50
        mailbox.storedHead = 45
        mailbox.trim(keeping: 4)
        #expect(mailbox.rows.first?.record.sequence == 46)
    }
}
