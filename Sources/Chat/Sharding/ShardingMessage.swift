/// What is said about logical shards: who has which, and what is copied from one storage server to another.
@frozen
public enum ShardingMessage: Hashable, Sendable {
    // MARK: Those who ask the storage

    /// The shard is at `server`. To a connection of a pool: the request there was not carried out; ask again there. Elsewhere: for
    /// the next time.
    case moved(shard: UInt32, server: UInt32, version: UInt32)
    /// To the coordinator, when a storage server does not answer: who has the shard?
    case lookUp(shard: UInt32)
    /// A request of `source`, which is attached, for a shard that the receiver has: answer it to there.
    case relayed(source: Address)

    // MARK: Storage server and coordinator

    /// The storage server lives. It was last told all assignments at a time of the coordinator's clock, in nanoseconds; zero for never.
    case heartbeat(server: UInt32, toldNanoseconds: UInt64)
    /// The storage server has restarted, or heard of a version that it did not know: which shards does it have?
    case whatIsMine(server: UInt32)
    /// The answer: the assignments of all shards, two words each, attached in the order of their numbers. It is known by a time of the
    /// coordinator's clock, in nanoseconds.
    case assignments(toldNanoseconds: UInt64)
    /// The shard is assigned anew.
    case assign(shard: UInt32, ShardAssignment)
    /// The storage server knows it.
    case assigned(shard: UInt32, version: UInt32, server: UInt32)
    /// To the primary: bring a new copy at `target` up to date. If it `replaces` the primary itself, stop taking writes once it is.
    case bring(shard: UInt32, version: UInt32, target: UInt32, replaces: UInt32?)
    /// The copy is up to date, and stays so.
    case caughtUp(shard: UInt32, version: UInt32, target: UInt32)

    // MARK: Primary and copy

    /// The primary is at this position: is the copy as well?
    case probe(shard: UInt32, version: UInt32, ShardPosition)
    /// The answer.
    case probed(shard: UInt32, version: UInt32, matches: Bool)
    /// Rows of the shard, attached behind the hash of the position at which the copy began, whose number is `start`. The first chunk
    /// replaces what the copy had; the last one gives it that position.
    case copy(shard: UInt32, version: UInt32, chunk: UInt32, start: UInt64, isLast: Bool, contentBytes: UInt32)
    /// The chunk, of the copy that began at the position with the number `start`, is durable.
    case copied(shard: UInt32, version: UInt32, chunk: UInt32, start: UInt64)
    /// `count` log records, attached; the first one has the number `first`.
    case append(shard: UInt32, version: UInt32, first: UInt64, count: UInt16, contentBytes: UInt32)
    /// Everything up to a number is durable.
    case appended(shard: UInt32, version: UInt32, last: UInt64)
    /// The receiver of a message to a copy knows a greater version.
    case superseded(shard: UInt32, version: UInt32)

    /// The bytes of the message beside its overhead and its attachment.
    var contentBytes: UInt32 {
        switch self {
        case .copy(_, _, _, _, _, let bytes), .append(_, _, _, _, let bytes): bytes
        default: 0
        }
    }
}
