/// A permutation of the numbers below a size, in both directions, that is computed from a key and not stored: a Feistel network of
/// six rounds (Luby and Rackoff 1988) over the next even number of bits, walked along until the number is below the size (cycle
/// walking, Black and Rogaway 2002).
struct KeyedPermutation: Hashable, Sendable {
    /// How many numbers there are.
    let size: UInt64
    private let key: UInt64
    private let halfBits: UInt64

    private static let roundCount: UInt64 = 6

    /// A permutation of the numbers from zero to `size` less one.
    ///
    /// - Precondition: `size` is at most 2^62.
    init(size: UInt64, key: UInt64) {
        precondition(size <= 1 << 62, "a permutation has up to 2^62 numbers")
        self.size = size
        self.key = key
        let bits = UInt64(64 - (max(size, 2) - 1).leadingZeroBitCount)
        halfBits = (bits + 1) / 2
    }

    /// Where a number goes.
    ///
    /// - Complexity: O(1); fewer than four walks on average.
    func image(of number: UInt64) -> UInt64 {
        precondition(number < size, "a permutation of \(size) numbers")
        var current = number
        repeat {
            var (left, right) = halves(of: current)
            for round in 0..<Self.roundCount { (left, right) = (right, left ^ mix(right, round)) }
            current = left << halfBits | right
        } while current >= size
        return current
    }

    /// Which number goes there: the inverse of ``image(of:)``.
    func preimage(of number: UInt64) -> UInt64 {
        precondition(number < size, "a permutation of \(size) numbers")
        var current = number
        repeat {
            var (left, right) = halves(of: current)
            for round in (0..<Self.roundCount).reversed() { (left, right) = (right ^ mix(left, round), left) }
            current = left << halfBits | right
        } while current >= size
        return current
    }

    private func halves(of number: UInt64) -> (left: UInt64, right: UInt64) {
        (number >> halfBits, number & (1 << halfBits - 1))
    }

    /// The round function: the finalizer of SplitMix64 (Steele, Lea and Flood 2014), cut to a half.
    private func mix(_ half: UInt64, _ round: UInt64) -> UInt64 {
        var word = half &+ key &+ (round &+ 1) &* 0x9e37_79b9_7f4a_7c15
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return (word ^ (word >> 31)) & (1 << halfBits - 1)
    }
}
