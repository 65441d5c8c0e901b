/// How far a copy of a shard has got: how many log records were written to it, and a hash over all of them in order. Two copies
/// at the same position have the same records.
@frozen
public struct ShardPosition: Hashable, Sendable {
    /// How many records.
    public var number: UInt64
    /// The hash over them, each mixed into that of those before it.
    public var hash: UInt64

    /// A position; without arguments that of a shard to which nothing was written.
    public init(number: UInt64 = 0, hash: UInt64 = 0) {
        self.number = number
        self.hash = hash
    }

    /// The position after one more record.
    func advanced(by record: LogRecord) -> ShardPosition {
        var words: [UInt64] = []
        record.append(to: &words)
        return ShardPosition(number: number + 1, hash: words.reduce(hash) { StableHash.hash($0 ^ $1) })
    }
}
