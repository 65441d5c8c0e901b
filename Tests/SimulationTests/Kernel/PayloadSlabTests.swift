import Testing

@testable import Simulation

@Suite("Payload slab")
struct PayloadSlabTests {
    private struct Block {
        let number: UInt32
        let words: [UInt64]
    }

    @Test("blocks keep their words while others come and go, and memory is used again", arguments: 1...10)
    func contents(seed: UInt64) {
        var stream = RandomStream(seed: seed, component: 0, purpose: 0)
        var slab = PayloadSlab()
        var live: [Block] = []
        var places: Set<UInt32> = []
        for round in 0..<20_000 {
            if stream.below(100) < (round / 2000 % 2 == 0 ? 60 : 40) {
                let length = stream.below(50) == 0 ? stream.below(3000) + 1 : stream.below(20) + 1
                let words = (0..<length).map { _ in stream.next() }
                let number = words.withUnsafeBufferPointer { slab.allocate(copying: $0) }
                live.append(Block(number: number, words: words))
                places.insert(number)
            } else if !live.isEmpty {
                let block = live.swapRemove(at: Int(stream.below(UInt64(live.count))))
                let kept = Array(UnsafeBufferPointer(start: slab.words(of: block.number), count: block.words.count))
                #expect(kept == block.words, "seed \(seed), round \(round)")
                slab.release(block.number, wordCount: block.words.count)
            }
            #expect(slab.blockCount == live.count)
        }
        for block in live { slab.release(block.number, wordCount: block.words.count) }
        #expect(slab.blockCount == 0)
        #expect(places.count < 10_000, "blocks that were given back are used again")
    }

    @Test("the longest attachment fits, and nothing longer")
    func longest() async {
        var slab = PayloadSlab()
        let words = [UInt64](repeating: 7, count: PayloadSlab.wordCountMax)
        for _ in 0..<5 { _ = words.withUnsafeBufferPointer { slab.allocate(copying: $0) } }
        #expect(slab.blockCount == 5)
        await #expect(processExitsWith: .failure) {
            var slab = PayloadSlab()
            let words = [UInt64](repeating: 7, count: PayloadSlab.wordCountMax + 1)
            _ = words.withUnsafeBufferPointer { slab.allocate(copying: $0) }
        }
    }
}

extension Array {
    /// Takes an element out and puts the last in its place.
    fileprivate mutating func swapRemove(at index: Int) -> Element {
        swapAt(index, count - 1)
        return removeLast()
    }
}
