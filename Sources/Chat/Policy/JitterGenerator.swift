/// The source of the random part of a component's waits: SplitMix64 (Steele, Lea and Flood 2014), eight bytes of state.
/// Whoever creates the component gives it the seed, so that a component draws the same in every run.
@frozen
public struct JitterGenerator: Hashable, Sendable {
    private var state: UInt64

    /// A generator whose draws are a function of the seed alone.
    public init(seed: UInt64) {
        state = seed
    }

    /// An even draw from zero to `bound` less one, by multiplication; the bias is below `bound` / 2^64.
    ///
    /// - Precondition: `bound` is not zero.
    public mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0, "nothing is below zero")
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return (word ^ (word >> 31)).multipliedFullWidth(by: bound).high
    }
}
