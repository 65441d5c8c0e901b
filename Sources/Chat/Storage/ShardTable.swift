internal import CProcessor

/// Something for each logical shard that has it, in the order in which they came to have it.
struct ShardTable<Value: Sendable>: Sendable {
    private static var none: UInt16 { .max }

    /// The index of each logical shard's value; empty until there is one.
    private var indexOfShard: [UInt16] = []
    /// The logical shards.
    private(set) var shards: [UInt32] = []
    /// Their values.
    var values: [Value] = []

    /// The index of a logical shard's value; nothing if it has none.
    func index(of shard: UInt32) -> Int? {
        guard !indexOfShard.isEmpty, indexOfShard[Int(shard)] != Self.none else { return nil }
        return Int(indexOfShard[Int(shard)])
    }

    /// Calls `body` with the value of a logical shard where it is; nothing if it has none.
    ///
    /// - Parameter body: Is to change nothing. It is handed the value to change because then nothing of it is copied, whose parts would be
    ///   counted for that.
    @inline(__always)
    func withValue<Result>(of shard: UInt32, _ body: (inout Value) -> Result) -> Result? {
        guard let index = index(of: shard) else { return nil }
        return values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return nil }
            return body(&UnsafeMutablePointer(mutating: base + index).pointee)
        }
    }

    /// Asks for the memory that says where the value of a logical shard is, and for that of the first values.
    func prefetch(_ shard: UInt32?) {
        if let shard {
            indexOfShard.withUnsafeBufferPointer { indices in
                if let base = indices.baseAddress { confab_prefetch(base + Int(shard)) }
            }
        }
        values.withUnsafeBufferPointer { values in
            guard let base = values.baseAddress else { return }
            let byteCount = min(values.count * MemoryLayout<Value>.stride, 512)
            for offset in stride(from: 0, to: byteCount, by: 64) { confab_prefetch(UnsafeRawPointer(base) + offset) }
        }
    }

    /// The index of a logical shard's value, which it gets if it has none.
    mutating func index(of shard: UInt32, making value: @autoclosure () -> Value) -> Int {
        if let index = index(of: shard) { return index }
        if indexOfShard.isEmpty {
            indexOfShard = Array(repeating: Self.none, count: Int(Placement.logicalShards))
        }
        indexOfShard[Int(shard)] = UInt16(values.count)
        shards.append(shard)
        values.append(value())
        return values.count - 1
    }
}
