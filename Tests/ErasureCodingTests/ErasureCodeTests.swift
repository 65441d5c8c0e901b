import ErasureCoding
import Testing

@Suite("Erasure code")
struct ErasureCodeTests {
    static let codes = [(1, 1), (2, 1), (4, 2), (6, 3), (10, 4)].map { ErasureCode(dataCount: $0, parityCount: $1) }

    /// Words that look random and are the same in every run.
    private func words(_ count: Int, seed: UInt64 = 1) -> [UInt64] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    /// All choices of up to `most` of `count` things.
    private func choices(of count: Int, most: Int) -> [[Int]] {
        (0..<(1 << count)).filter { $0.nonzeroBitCount <= most }.map { bits in
            (0..<count).filter { bits >> $0 & 1 == 1 }
        }
    }

    @Test("whatever is lost, up to the number of parity fragments, comes back bit by bit", arguments: codes)
    func everyLoss(code: ErasureCode) {
        for count in [1, 7, 64, 333] {
            let original = words(count, seed: UInt64(count))
            let fragments = code.encode(original)
            #expect(fragments.count == code.fragmentCount)
            for lost in choices(of: code.fragmentCount, most: code.parityCount) {
                var rest: [[UInt64]?] = fragments
                for index in lost { rest[index] = nil }
                let all = code.reconstruct(rest)
                #expect(all == fragments, "\(count) words, lost \(lost)")
                #expect(code.join(all ?? [], wordCount: count) == original)
            }
        }
    }

    @Test("with one more lost there is nothing to be had", arguments: codes)
    func tooManyLost(code: ErasureCode) {
        var rest: [[UInt64]?] = code.encode(words(20))
        for index in 0...code.parityCount { rest[index] = nil }
        #expect(code.reconstruct(rest) == nil)
    }

    @Test("data fragments are the data as it is; a damaged one shows")
    func systematic() {
        let code = ErasureCode(dataCount: 4, parityCount: 2)
        let original = words(10)
        let fragments = code.encode(original)
        #expect(code.fragmentWordCount(ofWords: 10) == 3)
        #expect(fragments[0] == Array(original[0..<3]) && fragments[3] == [original[9], 0, 0])
        var damaged: [[UInt64]?] = fragments
        damaged[1]?[0] ^= 1 << 17
        damaged[2] = nil
        #expect(code.reconstruct(damaged) != fragments)
    }

    @Test("the code is linear: the parity of a sum is the sum of the parities")
    func linear() {
        let code = ErasureCode(dataCount: 2, parityCount: 1)
        let one = code.encode(words(8, seed: 3))
        let two = code.encode(words(8, seed: 4))
        let sum = code.encode(zip(words(8, seed: 3), words(8, seed: 4)).map { $0 ^ $1 })
        #expect(sum[2] == zip(one[2], two[2]).map { $0 ^ $1 })
        #expect(code.encode(Array(repeating: 0, count: 8))[2] == [0, 0, 0, 0])
    }
}
