import Testing

@testable import Chat

@Suite("Shard table")
struct ShardTableTests {
    @Test("each shard has the value that it got, however many there are, and no other shard has one")
    func values() {
        var table = ShardTable<UInt32>()
        var shards: [UInt32] = []
        for shard in [999, 0, 7, 500, 3, 8, 998, 1] as [UInt32] {
            #expect(table.index(of: shard, making: shard * 2) == shards.count)
            shards.append(shard)
            #expect(table.index(of: shard, making: 0) == shards.count - 1, "it has one by now")
            #expect(table.shards == shards && table.values == shards.map { $0 * 2 })
            for other in 0..<Placement.logicalShards {
                #expect(table.index(of: other) == shards.firstIndex(of: other))
                #expect(table.withValue(of: other) { $0 } == (shards.contains(other) ? other * 2 : nil))
            }
        }
    }
}
