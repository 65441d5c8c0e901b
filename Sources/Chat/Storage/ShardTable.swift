internal import CProcessor

/// Something for each logical shard that has it, in the order in which they came to have it.
struct ShardTable<Value: Sendable>: Sendable {
    private static var none: UInt16 { .max }
    /// So many are searched one by one, which takes a look at one place only.
    private static var searchedCountMax: Int { 4 }

    /// The index of each logical shard's value; empty until there are more than a few.
    private var indexOfShard: [UInt16] = []
    /// The logical shards.
    private(set) var shards: [UInt32] = []
    /// Their values.
    var values: [Value] = []

    /// The index of a logical shard's value; nothing if it has none.
    func index(of shard: UInt32) -> Int? {
        guard shards.count > Self.searchedCountMax else { return shards.firstIndex(of: shard) }
        let index = indexOfShard[Int(shard)]
        return index == Self.none ? nil : Int(index)
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

    /// Asks for the memory that says where the value of a logical shard is, and for that of the first value. Nothing is read.
    func prefetch(_ shard: UInt32?) {
        shards.withUnsafeBufferPointer { $0.prefetchArray() }
        if let shard {
            indexOfShard.withUnsafeBufferPointer { indices in
                if let base = indices.baseAddress { confab_prefetch(base + Int(shard)) }
            }
        }
        values.withUnsafeBufferPointer { $0.prefetchArray(byteCount: MemoryLayout<Value>.stride) }
    }

    /// The index of a logical shard's value, which it gets if it has none.
    mutating func index(of shard: UInt32, making value: @autoclosure () -> Value) -> Int {
        if let index = index(of: shard) { return index }
        shards.append(shard)
        values.append(value())
        if shards.count == Self.searchedCountMax + 1 {
            indexOfShard = Array(repeating: Self.none, count: Int(Placement.logicalShards))
            for (index, shard) in shards.enumerated() { indexOfShard[Int(shard)] = UInt16(index) }
        } else if shards.count > Self.searchedCountMax {
            indexOfShard[Int(shard)] = UInt16(shards.count - 1)
        }
        return values.count - 1
    }
}
