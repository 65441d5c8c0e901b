/// Philox2x64-10: a counter-based random generator (Salmon, Moraes, Dror and Shaw 2011). Two words of counter and one of key
/// give two random words; there is no state, so that any draw of any stream can be had without those before it.
@frozen
public enum Philox {
    /// The two random words of a counter under a key.
    @inlinable
    public static func words(counter: (UInt64, UInt64), key: UInt64) -> (UInt64, UInt64) {
        var (low, high) = counter
        var roundKey = key
        for _ in 0..<10 {
            let product = low.multipliedFullWidth(by: 0xd2b7_4407_b1ce_6e93)
            low = product.high ^ roundKey ^ high
            high = product.low
            roundKey &+= 0x9e37_79b9_7f4a_7c15
        }
        return (low, high)
    }
}
