/// A hash that is the same in every run, on every machine: the finalizer of SplitMix64 (Steele, Lea and Flood 2014). It maps 64 bits to 64
/// bits one to one, and neighbouring keys far apart.
public enum StableHash {
    /// Hashes a key. Different salts give hashes that have nothing to do with one another.
    @inlinable
    public static func hash(_ key: UInt64, salt: UInt64 = 0) -> UInt64 {
        mix(key &+ mix(salt &+ 0x9e37_79b9_7f4a_7c15))
    }

    /// An even draw from zero to `bound` less one, made from a hash by multiplication; the bias is below `bound` / 2^64.
    @inlinable
    public static func reduce(_ hash: UInt64, below bound: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(bound)).high)
    }

    @inlinable
    static func mix(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
