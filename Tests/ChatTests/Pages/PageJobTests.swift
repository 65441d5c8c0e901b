import Testing

@testable import Chat

@Suite("Pages: putting one together")
struct PageJobTests {
    private static let me = DeviceID(user: UserID(0), index: 0)

    private func request(
        _ start: PageRequest.Start, size: UInt32 = 3, with counterpart: UInt32? = nil, since: UInt64 = 0
    ) -> PageRequest {
        PageRequest(
            device: Self.me, number: 1, page: 0, size: size, counterpart: counterpart.map { UserID($0) },
            sinceNanoseconds: since, start: start)
    }

    /// The row at a place: from user 1 at odd places and to user 2 at even ones, received at ten times the place.
    private func row(_ place: UInt32) -> MailboxRow {
        let isReceived = place % 2 == 1
        return MailboxRow(
            record: MessageRecord(
                id: MessageID(
                    sender: UserID(isReceived ? 1 : 0),
                    clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: place)),
                recipient: UserID(isReceived ? 0 : 2), contentBytes: 1, timestampNanoseconds: UInt64(place) * 10,
                sequence: place),
            isRecipients: isReceived)
    }

    /// Puts a page together from rows that are all at hand.
    private func page(_ request: PageRequest, head: UInt32) -> PageJob {
        var job = PageJob(request, head: head)
        while !job.isDone { job.take(row(job.nextPlace)) }
        return job
    }

    private func places(_ job: PageJob) -> [UInt32] { job.rows.map(\.record.sequence) }

    @Test("the first page has the newest rows, the next begins where it ended, the last one reaches the oldest row")
    func cursor() {
        let first = page(request(.before(0)), head: 7)
        #expect(places(first) == [7, 6, 5] && first.before == 5 && !first.isLast)
        let second = page(request(.before(5)), head: 9)
        #expect(places(second) == [4, 3, 2] && !second.isLast)
        let third = page(request(.before(2)), head: 9)
        #expect(places(third) == [1] && third.isLast)
    }

    @Test("by offset, a row that arrives meanwhile pushes another onto the next page")
    func offset() {
        #expect(places(page(request(.skipping(pages: 0)), head: 7)) == [7, 6, 5])
        #expect(places(page(request(.skipping(pages: 1)), head: 8)) == [5, 4, 3])
        let last = page(request(.skipping(pages: 2)), head: 8)
        #expect(places(last) == [2, 1] && last.isLast)
        let beyond = page(request(.skipping(pages: 9)), head: 8)
        #expect(beyond.rows.isEmpty && beyond.isLast)
    }

    @Test("a conversation has the rows of one other user, and pages of it skip no row that belongs to it")
    func conversation() {
        #expect(places(page(request(.before(0), with: 1), head: 8)) == [7, 5, 3])
        #expect(places(page(request(.before(0), with: 2), head: 8)) == [8, 6, 4])
        #expect(places(page(request(.skipping(pages: 1), with: 1), head: 8)) == [1])
        let none = page(request(.before(0), with: 3), head: 8)
        #expect(none.rows.isEmpty && none.isLast)
    }

    @Test("a conversation of two has no message of a thread, whoever sent it")
    func noThreads() {
        let plain = row(1)
        let copy = MailboxRow(
            record: MessageRecord(
                id: plain.record.id, recipient: plain.record.recipient, contentBytes: 1, sequence: 1,
                part: ThreadPart(ThreadID(1))), isRecipients: true)
        #expect(request(.before(0), with: 1).wants(plain) && !request(.before(0), with: 1).wants(copy))
        #expect(request(.before(0)).wants(copy), "the mailbox has it")
    }

    @Test("only what was received after a time is wanted")
    func since() {
        let job = page(request(.before(0), since: 60), head: 8)
        #expect(places(job) == [8, 7] && job.isLast)
    }

    @Test("an empty mailbox has one page, without rows")
    func empty() {
        let job = page(request(.before(0)), head: 0)
        #expect(job.rows.isEmpty && job.isLast)
    }

    @Test("rows from the storage are looked at from the newest, and what it has not is passed over")
    func storage() {
        var job = PageJob(request(.before(0), size: 5), head: 4)
        #expect(job.storageRowsMax == 4)
        job.take(storageRows: [row(3), row(4)], after: 1)
        #expect(places(job) == [4, 3] && !job.isDone && job.nextPlace == 1)
        job.take(storageRows: [row(1)], after: 0)
        #expect(places(job) == [4, 3, 1] && job.isLast)
    }

    @Test("no more rows are read than a page needs, unless most of them may not be wanted")
    func reads() {
        #expect(PageJob(request(.before(0), size: 5), head: 1000).storageRowsMax == 5)
        #expect(
            PageJob(request(.before(0), size: 900), head: 1000).storageRowsMax == ChatServerConfiguration.pageRowsMax)
        #expect(
            PageJob(request(.before(0), size: 5, with: 1), head: 1000).storageRowsMax
                == ChatServerConfiguration.pageRowsMax)
    }
}
