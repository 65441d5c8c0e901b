import Testing

@testable import Chat

@Suite("Kinds of messages")
struct MessageKindTests {
    @Test("every number that a message can have on the wire has a name, and only those")
    func complete() {
        let numbers = MessageKind.all.map(\.rawValue)
        #expect(Set(numbers).count == numbers.count)
        #expect(Set(numbers.map { MessageArea(kind: $0) }) == Set(MessageArea.allCases))
        // A number without a message is a defect that ends the program, so that numbers are counted instead of tried.
        let count =
            Payload.Kind.allCases.count + Payload.PresenceKind.allCases.count + GroupMessage.Kind.allCases.count
            + CacheMessage.Kind.allCases.count + ShardingMessage.Kind.allCases.count
            + ReplicationMessage.Kind.allCases.count + MediaMessage.Kind.allCases.count
            + PageMessage.Kind.allCases.count
            + BalancingMessage.Kind.allCases.count + TablesMessage.Kind.allCases.count
        #expect(numbers.count == count)
    }

    @Test("no two kinds have one name, and a name is plain words")
    func names() {
        let names = MessageKind.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(name.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil, "\(name)")
        }
    }

    @Test(
        "a name is that of the message",
        arguments: [
            (WireMessage.putDone(UserID(1), sequence: 1, epoch: 1, fenced: false), "put_done"),
            (.heartbeat(DeviceID(user: UserID(1), index: 0)), "heartbeat"),
            (.sharding(.heartbeat(server: 1, toldNanoseconds: 0)), "sharding_heartbeat"),
            (.sharding(.whatIsMine(server: 1)), "sharding_what_is_mine"),
            (.replication(.check(FragmentID(word: 0))), "replication_check"),
            (.cache(.readRecent(DeviceID(user: UserID(1), index: 0), reading: 1)), "cache_read_recent"),
            (.media(.uploaded(MessageID(rawValue: 1))), "media_uploaded"),
            (.tables(.written(request: 1, isFenced: false)), "tables_written"),
            (.balancing(.kept(UserID(1))), "balancing_kept"),
            (.presence(.answer(pull: 1, part: 0, online: 0)), "presence_answer"),
            (.groups(.delivered(number: 1)), "groups_delivered"),
        ])
    func ofMessage(message: WireMessage, name: String) {
        #expect(MessageKind.all.first { $0.rawValue == Payload(message).kind }?.name == name)
    }
}
