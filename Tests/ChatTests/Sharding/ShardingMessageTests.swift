import Testing

@testable import Chat

@Suite("Messages about shards")
struct ShardingMessageTests {
    /// One of each kind, with every field at its limit.
    static let messages: [ShardingMessage] = [
        .moved(shard: .max, server: .max, version: .max), .lookUp(shard: .max),
        .relayed(source: Address(process: .max, port: .max)), .heartbeat(server: .max, toldNanoseconds: .max),
        .whatIsMine(server: .max),
        .assignments(toldNanoseconds: .max),
        .assign(shard: .max, ShardAssignment(version: .max, members: ShardMembers([0, 65_534, 7, 9]))),
        .assigned(shard: .max, version: .max, server: .max),
        .bring(shard: .max, version: .max, target: .max, replaces: .max - 1),
        .bring(shard: .max, version: .max, target: .max, replaces: nil),
        .caughtUp(shard: .max, version: .max, target: .max),
        .probe(shard: .max, version: .max, ShardPosition(number: .max, hash: .max)),
        .probed(shard: .max, version: .max, matches: true), .probed(shard: .max, version: .max, matches: false),
        .copy(shard: .max, version: .max, chunk: .max, start: .max >> 1, isLast: true, contentBytes: .max),
        .copied(shard: .max, version: .max, chunk: .max, start: .max),
        .append(shard: .max, version: .max, first: .max, count: .max, contentBytes: .max),
        .appended(shard: .max, version: .max, last: .max), .superseded(shard: .max, version: .max),
    ]

    @Test("what is packed comes out as it was", arguments: messages)
    func roundTrip(message: ShardingMessage) {
        #expect(Payload(.sharding(message)).message == .sharding(message))
        #expect(MessageArea(kind: Payload(.sharding(message)).kind) == .sharding)
    }

    @Test("every kind is covered by the messages above")
    func everyKind() {
        #expect(
            Set(Self.messages.map { $0.payload.kind - ShardingMessage.kindBase })
                == Set(ShardingMessage.Kind.allCases.map(\.rawValue)))
    }

    @Test("a message that carries more leaves the last word to it")
    func attachments() {
        for message in Self.messages {
            switch message {
            case .relayed, .assignments, .copy, .append: #expect(message.payload.words.3 == 0)
            default: continue
            }
        }
    }

    @Test("the contents that rows and records stand for count on the link")
    func sizes() {
        let copy = ShardingMessage.copy(shard: 1, version: 1, chunk: 0, start: 0, isLast: true, contentBytes: 100)
        #expect(WireMessage.sharding(copy).sizeBytes == 180)
        #expect(WireMessage.sharding(.lookUp(shard: 1)).sizeBytes == 80)
    }
}
