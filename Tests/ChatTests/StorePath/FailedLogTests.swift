import Testing

@testable import Chat

@Suite("Log of failed requests")
struct FailedLogTests {
    private func row(_ user: UInt32, _ place: UInt32) -> MailboxRow {
        MailboxRow(
            record: MessageRecord(
                id: MessageID(
                    sender: UserID(99), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: user * 100 + place)),
                recipient: UserID(user), contentBytes: 10, sequence: place), isRecipients: true)
    }

    @Test("records keep their numbers, and are dropped once they and those before them are done")
    func numbers() {
        var log = FailedLog()
        let numbers = [row(1, 1), row(2, 1), row(1, 2)].map { log.append($0) }
        #expect(numbers == [0, 1, 2] && log.count == 3)
        log.finish(1)
        #expect(log.numberedRows.map(\.number) == [0, 2])
        log.finish(0)
        #expect(log.append(row(3, 1)) == 3)
        #expect(log.numberedRows.map(\.row) == [row(1, 2), row(3, 1)] && log.count == 2)
    }

    @Test("each storage server has a lane, of which one row at a time is on its way, in the order of the log")
    func lanes() {
        var replay = FailedLogReplay(serverCount: 2)
        let lane = replay.append(row(1, 1), number: 0, server: 1)
        _ = replay.append(row(1, 2), number: 1, server: 1)
        _ = replay.append(row(2, 1), number: 2, server: 0)
        let first = replay.start(lane)
        let second = replay.start(lane)
        let elsewhere = replay.start(0)
        #expect(first == row(1, 1) && second == nil && elsewhere == row(2, 1))
        let done = replay.finish(row(1, 1))
        #expect(done.number == 0 && done.lane == lane && replay.isAnswering(lane))
        let next = replay.start(lane)
        #expect(next == row(1, 2))
    }

    @Test("a row that was not answered is the first again")
    func failed() {
        var replay = FailedLogReplay(serverCount: 1)
        let lane = replay.append(row(1, 1), number: 0, server: 0)
        _ = replay.append(row(2, 1), number: 1, server: 0)
        let first = replay.start(lane)
        replay.fail(row(1, 1))
        let again = replay.start(lane)
        #expect(first == row(1, 1) && again == first && !replay.isAnswering(lane))
    }

    @Test("the rows of a mailbox stay in one lane, even if another storage server takes it over")
    func mailboxStaysInLane() {
        var replay = FailedLogReplay(serverCount: 2)
        let before = replay.append(row(1, 1), number: 0, server: 0)
        let after = replay.append(row(1, 2), number: 1, server: 1)
        #expect(before == 0 && after == 0)
        for place: UInt32 in 1...2 {
            let started = replay.start(0)
            #expect(started == row(1, place))
            _ = replay.finish(row(1, place))
        }
        #expect(replay.isEmpty)
        #expect(replay.append(row(1, 3), number: 2, server: 1) == 1)
    }

    @Test("a dedicated writer has one request outstanding")
    func dedicatedWriter() {
        var writer = DedicatedWriter()
        for place: UInt32 in 1...2 {
            writer.enqueue(.init(request: .put(row(place, 1), epoch: 1), askedNanoseconds: 0))
        }
        let first = writer.start()?.request
        let second = writer.start()?.request
        #expect(first == .put(row(1, 1), epoch: 1) && second == nil && writer.count == 1)
        writer.finish()
        let afterwards = writer.start()?.request
        #expect(afterwards == .put(row(2, 1), epoch: 1))
    }
}
