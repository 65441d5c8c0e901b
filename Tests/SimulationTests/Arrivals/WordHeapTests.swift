import Simulation
import Testing

@Suite("Words of which the least is at hand")
struct WordHeapTests {
    private static let words = (0..<1000).map {
        RandomStream.word(seed: 1, component: 0, purpose: 0, index: $0) >> 48
    }

    @Test("they come out in order, however they were put in")
    func order() {
        let (given, inserted) = (Self.words.prefix(400), Self.words.dropFirst(400))
        var heap = WordHeap(Array(given))
        for word in inserted { heap.insert(word) }
        #expect(heap.count == 1000)
        var taken: [UInt64] = []
        while let first = heap.first {
            #expect(heap.removeFirst() == first)
            taken.append(first)
        }
        #expect(taken == Self.words.sorted())
        #expect(heap.removeFirst() == nil && heap.bytes == 0, "an empty heap takes nothing")
    }

    @Test("the least is replaced by any other")
    func replaces() {
        var heap = WordHeap([5, 3, 9])
        heap.replaceFirst(by: 7)
        #expect((0..<3).map { _ in heap.removeFirst() } == [5, 7, 9])
    }
}
