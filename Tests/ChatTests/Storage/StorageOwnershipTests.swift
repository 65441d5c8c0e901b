import Testing

@testable import Chat

@Suite("The storage names one owner of a mailbox")
struct StorageOwnershipTests {
    private static let user = UserID(7)

    private func ask(_ server: inout StorageServer, _ message: WireMessage) -> [WireMessage] {
        var outbox = Outbox()
        server.receive(message, from: Address(process: 9), atPort: 3, nowNanoseconds: 0, outbox: &outbox)
        if outbox.effects.contains(where: { if case .sync = $0 { true } else { false } }) {
            outbox.removeAll()
            server.synced(nowNanoseconds: 0, outbox: &outbox)
        }
        return outbox.effects.compactMap { if case .send(let answer, _, _) = $0 { answer } else { nil } }
    }

    private func claim(by server: UInt32, from previous: UInt32) -> WireMessage {
        .balancing(.claim(Self.user, server: server, previous: previous, limit: 10))
    }

    private func put(_ token: FencingToken, place: UInt32) -> WireMessage {
        let id = MessageID(
            sender: UserID(1), clientMessageID: ClientMessageID(deviceIndex: 0, ordinal: token.term * 100 + place))
        let record = MessageRecord(id: id, recipient: Self.user, contentBytes: 1, sequence: place)
        return .put(MailboxRow(record: record, isRecipients: true), epoch: token.rawValue)
    }

    private func claimed(_ token: FencingToken, count: UInt32 = 0, isContinued: Bool) -> WireMessage {
        .balancing(
            .claimed(Self.user, count: count, head: count, token: token, isContinued: isContinued))
    }

    @Test("the first that asks owns it; another does once it names the owner, with a greater token")
    func claims() {
        var storage = StorageServer()
        let first = FencingToken(term: 1, owner: 4)
        let second = FencingToken(term: 2, owner: 5)
        #expect(ask(&storage, claim(by: 4, from: 4)) == [claimed(first, isContinued: true)])
        #expect(ask(&storage, claim(by: 5, from: 5)) == [.balancing(.owned(Self.user, by: 4))])
        #expect(ask(&storage, claim(by: 5, from: 3)) == [.balancing(.owned(Self.user, by: 4))])
        #expect(ask(&storage, claim(by: 5, from: 4)) == [claimed(second, isContinued: false)])
        #expect(first < second && second.owner == 5)
    }

    @Test("an owner that asks again, having lost its memory, goes on where it was, and its earlier writes are refused")
    func again() {
        var storage = StorageServer()
        let first = FencingToken(term: 1, owner: 4)
        _ = ask(&storage, claim(by: 4, from: 4))
        #expect(ask(&storage, claim(by: 4, from: 4)) == [claimed(first.next(owner: 4), isContinued: true)])
        #expect(
            ask(&storage, put(first, place: 1)) == [
                .putDone(Self.user, sequence: 1, epoch: first.rawValue, fenced: true)
            ])
    }

    @Test(
        "what an earlier owner writes is refused, also after a crash of the storage; without fencing it is taken",
        arguments: [true, false])
    func fencing(isFencing: Bool) {
        var storage = StorageServer(isFencing: isFencing)
        let first = FencingToken(term: 1, owner: 4)
        _ = ask(&storage, claim(by: 4, from: 4))
        #expect(
            ask(&storage, put(first, place: 1)) == [
                .putDone(Self.user, sequence: 1, epoch: first.rawValue, fenced: false)
            ])
        _ = ask(&storage, claim(by: 5, from: 4))
        storage.crash()
        var outbox = Outbox()
        storage.restart(nowNanoseconds: 0, outbox: &outbox)
        #expect(
            ask(&storage, put(first, place: 2)) == [
                .putDone(Self.user, sequence: 2, epoch: first.rawValue, fenced: isFencing)
            ])
    }
}
