import Testing

@testable import Chat

@Suite("Keyed permutations")
struct KeyedPermutationTests {
    @Test(
        "every number comes once, and the inverse brings it back",
        arguments: [1, 2, 3, 17, 256, 1000, 4097] as [UInt64])
    func bijection(size: UInt64) {
        let permutation = KeyedPermutation(size: size, key: 42)
        let images = (0..<size).map(permutation.image(of:))
        #expect(images.sorted() == Array(0..<size))
        #expect(images.map(permutation.preimage(of:)) == Array(0..<size))
    }

    @Test("large sizes work, up to the largest", arguments: [95_500_000_000, 1 << 62] as [UInt64])
    func large(size: UInt64) {
        let permutation = KeyedPermutation(size: size, key: 7)
        for number in [0, 1, size / 3, size - 1] {
            let image = permutation.image(of: number)
            #expect(image < size && permutation.preimage(of: image) == number)
        }
    }

    @Test("another key gives another order, the same key the same")
    func keys() {
        func order(_ key: UInt64) -> [UInt64] { (0..<100).map(KeyedPermutation(size: 100, key: key).image(of:)) }
        #expect(order(1) == order(1) && order(1) != order(2))
    }

    @Test("numbers that are near do not stay near: the mean step is a third of the size, as of random pairs")
    func mixing() {
        let size: UInt64 = 10_000
        let permutation = KeyedPermutation(size: size, key: 3)
        let images = (0..<size).map { Int(permutation.image(of: $0)) }
        let steps = zip(images, images.dropFirst()).map { abs($0 - $1) }
        let mean = Double(steps.reduce(0, +)) / Double(steps.count)
        // The standard deviation of a step is size / sqrt(18); of the mean of 10,000, 24.
        #expect(abs(mean - Double(size) / 3) < 100)
    }
}
