import Testing

@testable import Chat

@Suite("Thread")
struct GroupThreadTests {
    static let id = ThreadID(7)
    static let origin = Address(process: 1)

    static func message(
        _ ordinal: UInt32, from sender: UInt32, _ action: ThreadPart.Action = .say, of subject: UInt32? = nil
    ) -> MessageRecord {
        MessageRecord(
            id: MessageID(sender: UserID(sender), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: ordinal)),
            recipient: UserID(subject ?? sender), contentBytes: 10, timestampNanoseconds: 5,
            part: ThreadPart(id, action))
    }

    private func thread(_ members: [UInt32] = [1, 2]) -> GroupThread {
        GroupThread(Self.id, members: members.map(UserID.init), nowNanoseconds: 100)
    }

    @Test("messages get places in the order in which they come; who is no member is refused")
    func places() {
        var thread = thread()
        #expect(thread.append(Self.message(0, from: 1), origin: Self.origin) == true)
        #expect(thread.append(Self.message(0, from: 3), origin: Self.origin) == false)
        #expect(thread.append(Self.message(0, from: 2), origin: Self.origin) == true)
        #expect(thread.lastPlace == 2 && thread.entry(at: 2)?.record.sender == UserID(2))
        #expect(thread.entry(of: Self.message(0, from: 1).id)?.record.sequence == 1)
    }

    @Test("a change takes effect with its place, and one that changes nothing is refused")
    func changes() {
        var thread = thread()
        #expect(thread.append(Self.message(0, from: 1, .add, of: 2), origin: Self.origin) == false)
        #expect(thread.append(Self.message(1, from: 1, .add, of: 3), origin: Self.origin) == true)
        #expect(thread.append(Self.message(0, from: 3), origin: Self.origin) == true)
        #expect(thread.append(Self.message(0, from: 2, .remove), origin: Self.origin) == true, "2 leaves")
        #expect(thread.append(Self.message(1, from: 2), origin: Self.origin) == false)
        #expect(thread.membership.members(at: 3).map(\.rawValue) == [1, 2, 3])
        #expect(thread.membership.current.map(\.rawValue) == [1, 3])
    }

    @Test("the first batch has the header, the members, the messages and how far the thread is done")
    func firstRows() {
        var thread = thread()
        _ = thread.append(Self.message(0, from: 1), origin: Self.origin)
        let batch = thread.rowsToWrite(epoch: 3, nowNanoseconds: 9)
        #expect(batch.lastPlace == 1)
        #expect(
            batch.rows == [
                StoredRow(threadMessage: thread.entry(at: 1)!.record, in: Self.id),
                StoredRow(
                    headerOf: Self.id, membershipHash: thread.membership.currentHash, createdNanoseconds: 100, epoch: 3),
                StoredRow(thread.membership.stays[0], in: Self.id), StoredRow(thread.membership.stays[1], in: Self.id),
                StoredRow(progressOf: Self.id, finishedHead: 0, updatedNanoseconds: 9),
            ])
        #expect(!thread.needsWriting, "one request is under way at a time")
    }

    @Test("later batches have what has changed; that all is done is written once nothing else is to be done")
    func laterRows() {
        var thread = thread()
        _ = thread.append(Self.message(0, from: 1), origin: Self.origin)
        _ = thread.rowsToWrite(epoch: 1, nowNanoseconds: 9)
        thread.wrote(upTo: 1)
        #expect(!thread.needsWriting)
        thread.fannedOut(1, serverCount: 2)
        thread.answered(1)
        #expect(thread.finishedHead == 0)
        thread.answered(1)
        #expect(thread.finishedHead == 1 && thread.needsWriting)
        #expect(
            thread.rowsToWrite(epoch: 1, nowNanoseconds: 10).rows == [
                StoredRow(progressOf: Self.id, finishedHead: 1, updatedNanoseconds: 10)
            ])
        thread.wrote(upTo: 1)
        #expect(!thread.needsWriting)
    }

    @Test("a thread that is restored from its rows is as it was, and a row of it comes out as it was put in")
    func restored() {
        var thread = thread()
        _ = thread.append(Self.message(0, from: 1), origin: Self.origin)
        _ = thread.append(Self.message(0, from: 2, .remove, of: 1), origin: Self.origin)
        let rows = thread.rowsToWrite(epoch: 1, nowNanoseconds: 9).rows
        let again = GroupThread(
            Self.id, createdNanoseconds: 100, stays: rows.filter { $0.table == .thread }.compactMap(\.stay),
            finishedHead: 0, messages: rows.filter { $0.table == .groupMessage }.map(\.threadMessage))
        #expect(again.lastPlace == 2 && again.storedHead == 2 && again.finishedHead == 0)
        #expect(again.entry(at: 2)?.record == thread.entry(at: 2)?.record)
        #expect(again.membership.current == [UserID(2)])
        #expect(again.membership.members(at: 2).map(\.rawValue) == [1, 2])
    }

    @Test("a change whose message was never stored has not happened")
    func phantoms() {
        var thread = GroupThread(
            Self.id, createdNanoseconds: 100,
            stays: [
                Membership.Stay(user: UserID(1), first: 0, last: 6),
                Membership.Stay(user: UserID(2), first: 5, last: .max),
                Membership.Stay(user: UserID(3), first: 0, last: .max),
            ], finishedHead: 0, messages: [])
        #expect(thread.membership.current.map(\.rawValue) == [1, 3])
        _ = thread.append(Self.message(0, from: 3), origin: Self.origin)
        let rows = thread.rowsToWrite(epoch: 2, nowNanoseconds: 9).rows
        #expect(rows.contains { $0.isDeleted && $0.place == 6 << 32 | 2 })
        #expect(rows.contains { $0.stay == Membership.Stay(user: UserID(1), first: 0, last: .max) })
    }

    @Test("messages that are done are forgotten beyond the recent ones, those that are not never")
    func trims() {
        var thread = thread()
        let count = UInt32(GroupConfiguration.recentEntriesMax) + 10
        for ordinal in 0..<count { _ = thread.append(Self.message(ordinal, from: 1), origin: Self.origin) }
        while thread.needsWriting {
            let last = thread.rowsToWrite(epoch: 1, nowNanoseconds: 0).lastPlace
            thread.wrote(upTo: last)
        }
        #expect(thread.storedHead == count)
        for place in 1...count where place != 5 { thread.fannedOut(place, serverCount: 0) }
        #expect(thread.finishedHead == 4 && thread.entries.count == Int(count - 4))
        thread.fannedOut(5, serverCount: 0)
        #expect(thread.finishedHead == count && thread.entries.count == GroupConfiguration.recentEntriesMax)
    }
}
