import Testing

@testable import Chat

@Suite("Chat server: the owner of a thread")
struct GroupServerTests {
    @Test("a thread is loaded behind a raised fence; the message is stored before anyone hears of it")
    func storesFirst() {
        var bench = GroupBench()
        bench.post(GroupBench.message(0, from: 1))
        #expect(bench.storageRequests.count == 1 && bench.sent(to: GroupBench.other).isEmpty)
        bench.answerStorage()
        #expect(bench.stored[RowKey(.thread, partition: 3, place: 0)]?.number == 1, "the fence is at the first epoch")
        #expect(bench.stored.values.count { $0.stay != nil && $0.table == .thread } == 3)
        #expect(bench.stored[RowKey(.groupMessage, partition: 3, place: 1)]?.threadMessage.sender == UserID(1))
        #expect(bench.sent(to: GroupBench.other).first == .posted(GroupBench.message(0, from: 1).id))
        #expect(bench.batches(to: GroupBench.other).map(\.copies) == [["1.0 for 1"]])
        #expect(bench.batches(to: GroupBench.third).map(\.copies) == [["1.0 for 2"]])
        #expect(bench.observed(.placed).map(\.sequence) == [1])
        #expect(bench.observed(.memberSince).map(\.device.user.rawValue) == [0, 1, 2, 0, 1, 2])
    }

    @Test("a chat server is sent one batch at a time, in the order of the places; the next has what came meanwhile")
    func lanes() {
        var bench = GroupBench(members: [1])
        bench.post(GroupBench.message(0, from: 1))
        bench.answerStorage()
        let first = bench.batches(to: GroupBench.other)[0].number
        for ordinal: UInt32 in 1...2 {
            bench.post(GroupBench.message(ordinal, from: 1))
            bench.answerStorage()
            #expect(bench.batches(to: GroupBench.other).isEmpty)
        }
        bench.receive(.groups(.delivered(number: first)), from: GroupBench.other)
        #expect(bench.batches(to: GroupBench.other).map(\.copies) == [["1.1 for 1", "1.2 for 1"]])
        bench.receive(.groups(.delivered(number: first)), from: GroupBench.other)
        #expect(bench.effects.isEmpty, "an answer that comes twice changes nothing")
    }

    @Test("without an order each message goes out at once, on a connection of its own")
    func noOrder() {
        var bench = GroupBench(members: [1], order: .none)
        var ports: Set<UInt32> = []
        for ordinal: UInt32 in 0...1 {
            bench.post(GroupBench.message(ordinal, from: 1))
            bench.answerStorage()
            #expect(bench.batches(to: GroupBench.other).map(\.copies) == [["1.\(ordinal) for 1"]])
            for case .sendAttached(.groups, GroupBench.other, let port, _, _) in bench.effects { ports.insert(port) }
        }
        #expect(ports.count == 2)
    }

    @Test("what is not answered is sent again, and counted")
    func repeats() {
        var bench = GroupBench(members: [1])
        bench.post(GroupBench.message(0, from: 1))
        bench.answerStorage()
        let number = bench.batches(to: GroupBench.other)[0].number
        bench.fire(.groupDelivery)
        #expect(bench.batches(to: GroupBench.other).map(\.number) == [number])
        #expect(bench.server.groupFigures.retries == 1)
    }

    @Test("a message that is posted again is recognised, and answered once it is stored")
    func duplicates() {
        var bench = GroupBench()
        let message = GroupBench.message(0, from: 1)
        bench.post(message)
        bench.answerStorage()
        bench.post(message)
        #expect(bench.sent(to: GroupBench.other) == [.posted(message.id)])
        #expect(bench.observed(.duplicateSuppressed).count == 1)
        #expect(bench.server.groupFigures.messages == 1)
    }

    @Test("what comes from no member, changes nothing or is for no thread is rejected")
    func rejects() {
        var bench = GroupBench()
        for message in [
            GroupBench.message(0, from: 4), GroupBench.message(0, from: 1, .add, of: 2),
            GroupBench.message(0, from: 1, .remove, of: 4), GroupBench.message(0, from: 1, to: ThreadID(9)),
        ] {
            bench.post(message)
            if !bench.storageRequests.isEmpty { bench.answerStorage() }
            #expect(bench.sent(to: GroupBench.other) == [.rejected(message.id)])
        }
    }

    @Test("a message goes to those who are members at its place, whatever happens until it is sent again")
    func membersAtPlace() {
        var bench = GroupBench(members: [1, 2])
        bench.post(GroupBench.message(0, from: 1))
        bench.answerStorage()
        var out = bench.effects
        var words = bench.words
        bench.post(GroupBench.message(1, from: 1, .remove, of: 2))
        bench.answerStorage()
        swap(&bench.effects, &out)
        swap(&bench.words, &words)
        bench.fire(.groupDelivery)
        #expect(bench.batches(to: GroupBench.third).map(\.copies) == [["1.0 for 2"]])
    }

    @Test("with `membership: unordered`, who is no longer a member gets nothing that was not sent yet")
    func membersNow() {
        var bench = GroupBench(members: [1, 2], membership: .unordered)
        bench.post(GroupBench.message(0, from: 1))
        bench.answerStorage()
        let out = (bench.effects, bench.words)
        bench.post(GroupBench.message(1, from: 1, .remove, of: 2))
        bench.answerStorage()
        (bench.effects, bench.words) = out
        bench.fire(.groupDelivery)
        #expect(bench.batches(to: GroupBench.third).isEmpty)
        #expect(bench.batches(to: GroupBench.other).map(\.copies) == [["1.0 for 1"]])
    }

    @Test("after a crash what the storage has and does not know to be fanned out is sent again, and nothing else")
    func resumes() {
        var bench = GroupBench(members: [1])
        for ordinal: UInt32 in 0...1 {
            bench.post(GroupBench.message(ordinal, from: 1))
            bench.answerStorage()
            if ordinal == 0 {
                bench.receive(
                    .groups(.delivered(number: bench.batches(to: GroupBench.other)[0].number)), from: GroupBench.other)
                bench.answerStorage()
            }
        }
        bench.restart()
        bench.answerStorage()
        #expect(bench.stored[RowKey(.thread, partition: 3, place: 0)]?.number == 2, "the fence is at the second epoch")
        #expect(bench.batches(to: GroupBench.other).map(\.copies) == [["1.1 for 1"]])
        #expect(bench.observed(.placed).map(\.sequence) == [1, 2])
        bench.post(GroupBench.message(2, from: 1))
        bench.answerStorage()
        #expect(bench.observed(.placed).map(\.sequence) == [3], "places go on where they stood")
    }

    @Test("what is not fanned out is reported as held")
    func held() {
        var bench = GroupBench(members: [1])
        bench.post(GroupBench.message(0, from: 1))
        bench.answerStorage()
        var outbox = Outbox()
        bench.server.reportHeld(outbox: &outbox)
        #expect(outbox.effects == [.observe(.heldForThread(GroupBench.message(0, from: 1)))])
    }

    @Test("figures are reported where there are groups")
    func figures() {
        var bench = GroupBench()
        bench.post(GroupBench.message(0, from: 1, .add, of: 4))
        bench.answerStorage()
        var metrics = Metrics()
        bench.server.report(into: &metrics)
        #expect(metrics["groups.messages"] == 1 && metrics["groups.membership_changes"] == 1)
        #expect(metrics["groups.fan_out_greatest"] == 4)
    }
}

@Suite("Chat server: users who are members of threads")
struct GroupMemberTests {
    private static let phone = DeviceID(user: UserID(0), index: 0)
    private static let address = Address(process: 100)

    private func connected(_ acknowledge: AcknowledgeMode = .afterReceive) -> GroupBench {
        var bench = GroupBench(acknowledge: acknowledge)
        bench.receive(.open(Self.phone), from: Self.address)
        bench.answerStorage()
        return bench
    }

    /// A batch of messages of thread 1, which chat server 1 owns.
    private func batch(_ senders: [UInt32], for members: [UInt32]) -> [UInt64] {
        var batch = GroupBatch()
        for (index, sender) in senders.enumerated() {
            var record = GroupBench.message(0, from: sender, to: ThreadID(1))
            record.sequence = UInt32(index + 1)
            batch.append(record, to: members.map(UserID.init))
        }
        return batch.words
    }

    private let deliver = WireMessage.groups(.deliver(thread: ThreadID(1), number: 5, contentBytes: 20))

    @Test("a message of a device goes to the thread's chat server until that answers; the device is not told yet")
    func posts() {
        var bench = connected()
        let message = GroupBench.message(0, from: 0, to: ThreadID(1))
        bench.receive(.submit(message), from: Self.address)
        guard case .post(let posted) = bench.sent(to: GroupBench.other).first else {
            Issue.record("nothing is posted")
            return
        }
        #expect(posted.id == message.id && posted.timestampNanoseconds == 50)
        bench.fire(.groupPost)
        #expect(bench.sent(to: GroupBench.other) == [.post(posted)])
        bench.receive(.submit(message), from: Self.address)
        #expect(bench.sent(to: GroupBench.other).isEmpty && bench.observed(.duplicateSuppressed).count == 1)
        bench.receive(.groups(.posted(message.id)), from: GroupBench.other)
        #expect(bench.effects.isEmpty)
    }

    @Test("the sender's own copy comes as everybody's does, and with it the acknowledgement")
    func ownCopy() {
        var bench = connected()
        let laptop = DeviceID(user: UserID(0), index: 1)
        bench.receive(.open(laptop), from: Address(process: 101))
        bench.receive(deliver, words: batch([0], for: [0]), from: GroupBench.other)
        let id = GroupBench.message(0, from: 0).id
        #expect(
            bench.effects.contains(
                .send(
                    .accepted(id, sequence: 1, timestampNanoseconds: 0), to: Self.address, fromPort: 0)))
        #expect(
            bench.effects.contains { effect in
                if case .send(.push(let row, _), Address(process: 101), _) = effect {
                    row.record.thread == ThreadID(1) && row.record.sequence == 1
                } else {
                    false
                }
            })
    }

    @Test("what the thread does not take is refused, and the device is told for good")
    func refused() {
        var bench = connected()
        let message = GroupBench.message(0, from: 0, to: ThreadID(1))
        bench.receive(.submit(message), from: Self.address)
        bench.receive(.groups(.rejected(message.id)), from: GroupBench.other)
        #expect(bench.sent(to: Self.address) == [.refused(message.id)])
    }

    @Test("a batch is answered once every copy is taken, each with the next place of its mailbox")
    func takes() {
        var bench = connected(.afterLog)
        bench.receive(deliver, words: batch([1, 4], for: [0]), from: GroupBench.other)
        #expect(bench.observed(.assigned).isEmpty && bench.sent(to: GroupBench.other).isEmpty)
        var answers: [GroupMessage] = []
        for _ in 0..<2 {
            var outbox = Outbox()
            bench.server.synced(nowNanoseconds: 60, outbox: &outbox)
            bench.effects = outbox.effects
            answers += bench.sent(to: GroupBench.other)
        }
        #expect(answers == [.delivered(number: 5)])
        bench.receive(deliver, words: batch([1, 4], for: [0]), from: GroupBench.other)
        #expect(bench.sent(to: GroupBench.other) == [.delivered(number: 5)], "the answer was lost")
        #expect(bench.observed(.assigned).isEmpty && bench.observed(.duplicateSuppressed).count == 2)
    }

    @Test("copies for members who are offline wait in their mailboxes, which are loaded for that")
    func offlineMember() {
        var bench = GroupBench()
        bench.receive(deliver, words: batch([1], for: [3, 6]), from: GroupBench.other)
        #expect(bench.storageRequests.map(\.message).count == 2 && bench.sent(to: GroupBench.other).isEmpty)
        bench.answerStorage()
        #expect(bench.sent(to: GroupBench.other) == [.delivered(number: 5)])
        #expect(bench.observed(.assigned).map(\.device.user.rawValue) == [3, 6])
    }

    @Test("a server that owns the thread and has the members hands copies to itself without the network")
    func ownThread() {
        var bench = connected()
        bench.receive(.submit(GroupBench.message(0, from: 0)), from: Self.address)
        bench.answerStorage()
        #expect(
            bench.effects.contains {
                if case .send(.accepted, Self.address, _) = $0 { true } else { false }
            })
        #expect(!bench.sent(to: GroupBench.placement.chatServerAddress(0)).contains { _ in true })
        #expect(bench.batches(to: GroupBench.other).map(\.copies) == [["0.0 for 1"]])
    }
}
