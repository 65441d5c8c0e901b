import Testing

@testable import Simulation

@Suite("Random numbers")
struct RandomTests {
    @Test("Philox2x64-10 gives the published words for a counter and a key of zero")
    func philoxKnownAnswer() {
        let words = Philox.words(counter: (0, 0), key: 0)
        #expect(words.0 == 0xca00_a045_9843_d731)
        #expect(words.1 == 0x66c2_4222_c9a8_45b5)
    }

    @Test("a stream and its stateless draws are the same")
    func streamsAreFunctions() {
        var stream = RandomStream(seed: 42, component: 7, purpose: 3)
        for index in 0..<100 {
            #expect(
                stream.next() == RandomStream.word(seed: 42, component: 7, purpose: 3, index: UInt64(index)))
        }
    }

    @Test("streams of other components and purposes share no word")
    func streamsDiffer() {
        var seen: Set<UInt64> = []
        for component: UInt32 in 0..<20 {
            for purpose: UInt32 in 0..<20 {
                for index: UInt64 in 0..<20 {
                    seen.insert(RandomStream.word(seed: 1, component: component, purpose: purpose, index: index))
                }
            }
        }
        // 8,000 of 2^64 words: two equal ones by chance are as likely as one in 5 * 10^11.
        #expect(seen.count == 8000)
    }

    @Test("a bounded draw reaches every value and no other", arguments: [1, 2, 3, 7, 1000] as [UInt64])
    func boundedDraws(bound: UInt64) {
        var stream = RandomStream(seed: 5, component: 0, purpose: 0)
        var counts = Array(repeating: 0, count: Int(bound))
        for _ in 0..<Int(bound) * 400 {
            counts[Int(stream.below(bound))] += 1
        }
        // 400 expected each, standard deviation 20: seven of them either way is a chance below 10^-8 for 1000 values.
        #expect(counts.allSatisfy { abs($0 - 400) <= 140 }, "seed 5")
    }

    @Test("a probability happens as often as it says, and without a draw when it is certain")
    func probabilities() {
        var stream = RandomStream(seed: 9, component: 1, purpose: 1)
        var count = 0
        for _ in 0..<100_000 where Probability(partsPerBillion: 250_000_000).happens(drawing: &stream) { count += 1 }
        // 25,000 expected, standard deviation 137.
        #expect(abs(count - 25_000) < 137 * 6, "seed 9")
        var untouched = RandomStream(seed: 9, component: 1, purpose: 2)
        var reference = untouched
        #expect(!Probability.never.happens(drawing: &untouched))
        #expect(Probability(partsPerBillion: 1_000_000_000).happens(drawing: &untouched))
        #expect(untouched.next() == reference.next())
    }

    @Test("an even draw is strictly between zero and one, whatever the word")
    func openInterval() {
        #expect(RandomStream.unit(ofWord: 0) == 0x1p-54)
        #expect(RandomStream.unit(ofWord: .max) == 1 - 0x1p-53)
    }
}
