/// A stream of random words that belongs to one component and one purpose.
///
/// The seed is the key of ``Philox``; the component and the purpose are one word of its counter, half the number of the
/// draw is the other: a block of Philox is two draws. Philox permutes counters under a key, so that two streams of a seed never share a pair of words, and a new
/// component changes the draws of no other.
@frozen
public struct RandomStream: Sendable {
    @usableFromInline let key: UInt64
    @usableFromInline let identity: UInt64
    @usableFromInline var drawn: UInt64 = 0
    /// The second word of the last block, which is the next draw if the number of draws is odd.
    @usableFromInline var second: UInt64 = 0

    /// The stream of a component for a purpose.
    ///
    /// - Parameters:
    ///   - seed: The seed of the run.
    ///   - component: The number of the component.
    ///   - purpose: What the draws are for.
    @inlinable
    public init(seed: UInt64, component: UInt32, purpose: UInt32) {
        key = seed
        identity = UInt64(purpose) << 32 | UInt64(component)
    }

    /// One draw of a stream, without the stream.
    @inlinable
    public static func word(seed: UInt64, component: UInt32, purpose: UInt32, index: UInt64) -> UInt64 {
        let words = Philox.words(counter: (index >> 1, UInt64(purpose) << 32 | UInt64(component)), key: seed)
        return index & 1 == 0 ? words.0 : words.1
    }

    /// The next word, even over all 64-bit values.
    @inlinable
    public mutating func next() -> UInt64 {
        drawn &+= 1
        if drawn & 1 == 0 { return second }
        let words = Philox.words(counter: (drawn >> 1, identity), key: key)
        second = words.1
        return words.0
    }

    /// An even draw from zero to `bound` less one, without bias (Lemire 2019).
    ///
    /// - Precondition: `bound` is not zero.
    @inlinable
    public mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0, "nothing is below zero")
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return product.high
    }

    /// An even draw from the open interval between zero and one: one of 2^53 equally spaced values.
    @inlinable
    public mutating func unit() -> Double {
        Self.unit(ofWord: next())
    }

    /// The draw that a word stands for.
    @inlinable
    static func unit(ofWord word: UInt64) -> Double {
        // Half a step more than the largest number of 53 bits rounds to one.
        min((Double(word >> 11) + 0.5) * 0x1p-53, 1 - 0x1p-53)
    }
}
